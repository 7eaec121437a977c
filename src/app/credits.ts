import type { DiagramItem } from '#domain/curriculum/index.ts'
import type { Learner } from './learner.ts'
import type { World } from './ports.ts'
import type { ResultView } from './views.ts'

type Titles = Pick<World, 'catalogue'>

const percent = (weight: number): string => `${Math.max(1, Math.round(weight * 100))}%`

const titleOf = ({ catalogue }: Titles, id: string): string => catalogue.items.get(id)?.title ?? id

/**
 * When a diagram comes back, with what moved that through others: `covers` lets a redraw count for what it holds, and a fail
 * against what holds it. `attempt` is the time of the attempt that is looked at, Unix ms.
 */
export function withCredits(
  world: Titles,
  learner: Learner,
  { id }: DiagramItem,
  attempt: number,
  comesBack: ResultView['comesBack'],
): ResultView['comesBack'] {
  const says = [...received(world, learner, id), ...given(world, learner, id, attempt)]
  if (says.length === 0) return comesBack
  const more = ` ${says.join(' ')}`
  return { ...comesBack, because: comesBack.because + more, why: comesBack.why + more }
}

/** What others did to this diagram since it was recalled itself: each of them once, with all that it did. */
function received(world: Titles, { memories }: Learner, id: string): string[] {
  const credits = memories.get(id)?.credits ?? []
  const groups = Map.groupBy(credits, ({ from, rating }) => `${rating === 'again'} ${from}`)
  return [...groups.values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const title = titleOf(world, first.from)
    const share = percent(all.reduce((sum, { weight }) => sum + weight, 0))
    const often = all.length === 1 ? '' : ` ${all.length} times`
    const recall = `${share} of a ${first.rating === 'again' ? 'failed ' : ''}recall${often === '' ? '' : ' in all'}.`
    if (first.rating === 'again')
      return `Since then “${title}”, which stands in it, was not remembered${often}: that counted as ${recall}`
    return often === ''
      ? `Since then redrawing “${title}”, which holds it, counted as ${recall}`
      : `Since then “${title}”, which holds it, was redrawn${often}: that counted as ${recall}`
  })
}

/** What this attempt did to others. */
function given(world: Titles, { memories }: Learner, id: string, attempt: number): string[] {
  return [...memories].flatMap(([other, { credits }]) =>
    credits
      .filter(({ from, at }) => from === id && at === attempt)
      .map(({ weight, rating }) =>
        rating === 'again'
          ? `It counted as ${percent(weight)} of a failed recall of “${titleOf(world, other)}” too, which holds it.`
          : `It counted as ${percent(weight)} of a recall of “${titleOf(world, other)}” too, which stands in it.`,
      ),
  )
}
