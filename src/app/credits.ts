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

/** What others did to this diagram since it was recalled itself, the last of each. */
function received(world: Titles, { memories }: Learner, id: string): string[] {
  const last = new Map((memories.get(id)?.credits ?? []).map((credit) => [credit.from, credit]))
  return [...last.values()].map(({ from, weight, rating }) =>
    rating === 'again'
      ? `Since then “${titleOf(world, from)}”, which stands in it, was not remembered: ` +
        `that counted as ${percent(weight)} of a failed recall.`
      : `Since then redrawing “${titleOf(world, from)}”, which holds it, counted as ${percent(weight)} of a recall.`,
  )
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
