import { displayName, resolve, type Vocabulary } from '#domain/diagram/index.ts'
import { type Accepted, readAccepted } from '#domain/grading/index.ts'
import { type AppealRecord, standingAppeals } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { normalise } from '#lib/text.ts'
import { loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import type { AppealSuggestion, AppealView, Problem } from './views.ts'

/** The appeals that stand, oldest first. */
export async function appeals(world: World): Promise<Result<readonly AppealView[], Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  return ok(standingAppeals(learner.value.state).map((appeal) => appealView(world, appeal)))
}

export function appealView({ catalogue }: Pick<World, 'catalogue'>, appeal: AppealRecord): AppealView {
  const { id, at, attempt, diagram, kind, label, given, says } = appeal
  const title = catalogue.items.get(diagram)?.title ?? diagram
  const accepts = acceptsInWords({ catalogue }, appeal)
  return { id, at: new Date(at).toISOString(), attempt, diagram, title, kind, label, given, says, accepts }
}

/** `“token ring” counts as Ring`; null for words alone. */
export function acceptsInWords(
  { catalogue }: Pick<World, 'catalogue'>,
  { accepts, diagram, label }: AppealRecord,
): string | null {
  const accepted = accepts === null ? null : readAccepted(accepts)
  if (accepted === null) return null
  const vocabulary = catalogue.diagrams.get(diagram)?.vocabulary
  const name = (text: string) => (vocabulary ? displayName(vocabulary, text) : text)
  if (accepted.kind === 'label') return `“${accepted.drawn}” counts as ${name(accepted.reference)}`
  if (accepted.kind === 'edge') return `${name(accepted.from)} → ${name(accepted.to)} is right`
  if (accepted.kind === 'cell')
    return `“${accepted.text}” is right in ${name(accepted.row)} × ${name(accepted.column)}`
  return `“${accepted.given}” answers: ${label}`
}

/** What the standing appeals suggest for the content, most often appealed first within a diagram. */
export async function appealSuggestions(world: World): Promise<Result<readonly AppealSuggestion[], Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const found = new Map<string, AppealSuggestion>()
  for (const appeal of standingAppeals(learner.value.state)) {
    const one = suggestion(world, appeal)
    const key = JSON.stringify([one.diagram, one.sort, one.of, normalise(one.given)])
    const known = found.get(key)
    const says = [...new Set([...(known?.says ?? []), ...one.says])]
    found.set(key, { ...(known ?? one), times: (known?.times ?? 0) + 1, says })
  }
  return ok(
    [...found.values()].sort(
      (a, b) => (a.diagram < b.diagram ? -1 : a.diagram > b.diagram ? 1 : 0) || b.times - a.times,
    ),
  )
}

function suggestion({ catalogue }: World, appeal: AppealRecord): AppealSuggestion {
  const { diagram, accepts, kind, label } = appeal
  const accepted = accepts === null ? null : readAccepted(accepts)
  const said = appeal.says.trim()
  const common = { diagram, times: 1, says: said === '' ? [] : [said] }
  const words = { ...common, sort: 'words', of: `${kind} ${label}`, given: appeal.given } as const
  if (accepted === null) return words
  if (accepted.kind === 'answer')
    return { ...common, sort: kind === 'fact' ? 'fact' : 'context', of: accepted.id, given: accepted.given }
  if (accepted.kind === 'edge')
    return { ...common, sort: 'edge', of: `${accepted.from} -> ${accepted.to}`, given: '' }
  if (accepted.kind === 'cell')
    return { ...common, sort: 'cell', of: `${accepted.row} × ${accepted.column}`, given: accepted.text }
  return { ...common, ...labelSuggestion(catalogue.diagrams.get(diagram)?.vocabulary, accepted) }
}

/**
 * A label that names nothing in the field may be one more alias of its concept; one that names another concept is no
 * synonym, and can only be accepted instead of it in this one diagram.
 */
function labelSuggestion(
  vocabulary: Vocabulary | undefined,
  { drawn, reference }: Extract<Accepted, { kind: 'label' }>,
): Pick<AppealSuggestion, 'sort' | 'of' | 'given'> {
  const concept = vocabulary ? resolve(vocabulary, reference)?.concept : undefined
  const isNew = vocabulary !== undefined && resolve(vocabulary, drawn) === null
  return concept !== undefined && isNew
    ? { sort: 'alias', of: concept, given: drawn }
    : { sort: 'accept', of: reference, given: drawn }
}
