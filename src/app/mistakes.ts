import { type LearnerState, type Mistake, mistakesOf, standingAttempts } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { confusionViews } from './contrast.ts'
import { extraElement, namedElements } from './element-names.ts'
import { type Learner, loadLearner, standingOf } from './learner.ts'
import type { World } from './ports.ts'
import { badInput, notFound } from './problem.ts'
import { lastSaid, record } from './record.ts'
import type { Problem } from './views.ts'
import type { MistakeNote, MistakesView, MistakeView } from './views-mistakes.ts'

/** So many of each standing are shown on a page: an empty attempt loses a whole drawing at once. */
const PAGE_MOST = 300

/** And so many losses of each. */
const LOSSES_MOST = 5

const STANDINGS = ['again', 'open', 'mended'] as const

/** The error log. With `most`, only the newest ones of each standing. */
export async function mistakes(
  world: World,
  { most = PAGE_MOST }: { readonly most?: number } = {},
): Promise<Result<MistakesView, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const all = mistakesIn(world, learner.value.state)
  const by = (standing: MistakeView['standing']) => all.filter((one) => one.standing === standing)
  return ok({
    mistakes: STANDINGS.flatMap((standing) => by(standing).slice(0, most)).flatMap(
      (one) => viewOf(world, learner.value, one, most === PAGE_MOST ? LOSSES_MOST : most) ?? [],
    ),
    counts: { again: by('again').length, open: by('open').length, mended: by('mended').length },
    confusions: await confusionViews(world, learner.value),
  })
}

/** The entries that one attempt has added to, for the page of its result. */
export async function mistakesOfAttempt(
  world: World,
  { attempt }: { readonly attempt: string },
): Promise<Result<readonly MistakeView[], Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const all = mistakesIn(world, learner.value.state)
  return ok(
    all
      .filter(({ losses }) => losses.some((loss) => loss.attempt === attempt))
      .flatMap((one) => viewOf(world, learner.value, one, Number.POSITIVE_INFINITY) ?? []),
  )
}

export interface NoteInput {
  readonly attempt: string
  /** The line of the grade that it is about. */
  readonly line: string
  readonly kind: MistakeView['kind']
  readonly cause: string
  readonly correction: string
}

/** The learner's word about one loss; it stands for the element until they say another. */
export async function noteMistake(world: World, input: NoteInput): Promise<Result<MistakeView, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const { attempt, line, kind } = input
  if (!hasLost(learner.value.state, attempt, line))
    return notFound(
      'This attempt has lost no such thing, or does not count any more.',
      'The error log lists what can be noted.',
    )
  const [cause, correction] = [input.cause.trim(), input.correction.trim()]
  if (cause.length > 1000 || correction.length > 1000)
    return badInput('That is more than 1,000 characters.', 'A sentence or two will do.')
  const payload = { attempt, lost: line, kind, cause, correction }
  const before = lastSaid(learner.value.state.mistakes)
  const noted = await record(world, { type: 'mistake.noted', payload }, { after: before })
  if (!noted.ok) return noted
  const after = await mistakesOfAttempt(world, { attempt })
  if (!after.ok) return after
  const view = after.value.find(({ losses }) => losses.some((one) => same(one, attempt, line)))
  return view
    ? ok(view)
    : notFound('What this was about is no part of the diagram any more.', 'The note is kept in your log.')
}

const same = (loss: { attempt: string; line: string }, attempt: string, line: string): boolean =>
  loss.attempt === attempt && loss.line === line

function hasLost(state: LearnerState, attempt: string, line: string): boolean {
  for (const diagram of Object.keys(state.items)) {
    const one = standingAttempts(state, diagram).find(({ id }) => id === attempt)
    if (one === undefined) continue
    if (line !== 'missed mutation') return one.lost?.includes(line) ?? false
    const mark = state.mutations[attempt]?.mark
    return mark === 'missed' || mark === 'partly'
  }
  return false
}

/** All that the catalogue still knows: what a correction took out of a diagram cannot be mended any more. */
function mistakesIn({ catalogue }: Pick<World, 'catalogue'>, state: LearnerState): Mistake[] {
  const namesOf = (id: string) => {
    const diagram = catalogue.diagrams.get(id)
    return diagram && namedElements(diagram)
  }
  return mistakesOf(state, (id, name) => namesOf(id)?.get(name)?.needs ?? []).filter(
    ({ diagram, name, verdict }) =>
      namesOf(diagram)?.has(name) || (verdict === 'extra' && catalogue.items.has(diagram)),
  )
}

function viewOf(world: World, learner: Learner, mistake: Mistake, most: number): MistakeView | null {
  const { diagram: id, name, verdict, losses, note, mended } = mistake
  const diagram = world.catalogue.diagrams.get(id)
  if (diagram === undefined) return null
  const { due } = standingOf(learner, id)
  return {
    diagram: id,
    title: diagram.item.title,
    name,
    element: name.split(' ')[0] as MistakeView['element'],
    label: namedElements(diagram).get(name)?.label ?? extraElement(diagram, name),
    verdict: verdict as MistakeView['verdict'],
    kind: mistake.kind,
    suggested: mistake.suggested,
    took: mistake.took,
    times: losses.length,
    losses: losses
      .slice(-most)
      .map(({ attempt, at, line }) => ({ attempt, at: iso(at), line }))
      .reverse(),
    note: note && noteOf(note),
    mended: mended === null ? null : iso(mended),
    standing: mistake.standing,
    due: due === null ? null : iso(due),
  }
}

const noteOf = ({ at, kind, cause, correction }: NonNullable<Mistake['note']>): MistakeNote => ({
  at: iso(at),
  kind,
  cause,
  correction,
})

const iso = (at: number): string => new Date(at).toISOString()
