import type { Diagram } from '#domain/diagram/index.ts'
import { referenceAnswers } from './answers.ts'
import { exact, partOf } from './element.ts'
import type { Grade, GradedElement, Part } from './grade.ts'
import { type Attempt, gradeAttempt } from './grade-attempt.ts'
import { gradeSpeed, parSeconds } from './speed.ts'

/**
 * A partial redraw asks some elements and questions; the rest is given. Its grade counts what was asked and whatever else
 * went wrong (something extra, something given that was deleted), put on a scale of 100.
 */

/** `node node:cache`: what a line of a grade is about, the same in every grade of a diagram. */
export const lineName = ({ kind, reference, drawn, answer }: GradedElement): string =>
  `${kind} ${reference ?? drawn ?? answer?.id ?? ''}`

/** The grade of the reference itself: every line that there is, with the points that it is worth. */
export const referenceGrade = (diagram: Diagram): Grade =>
  gradeAttempt(diagram, { drawing: diagram.drawing, answers: referenceAnswers(diagram), seconds: null })

/** The time in which a partial redraw still earns all of speed, seconds: what its share of the drawing takes, at least a third. */
export const partialPar = (diagram: Diagram, share: number): number =>
  Math.round(parSeconds(diagram.drawing) * Math.min(1, Math.max(1 / 3, share)))

/**
 * `asked` are names of lines (`lineName`), `share` what they are worth of the whole. The attempt's drawing holds what was
 * given as well; answers that were not asked are taken as right.
 */
export function gradePart(
  diagram: Diagram,
  attempt: Attempt,
  asked: ReadonlySet<string>,
  share: number,
): Grade {
  const answers = withGiven(diagram, attempt.answers, asked)
  const whole = gradeAttempt(diagram, { ...attempt, answers, seconds: null })
  const counts = (one: GradedElement) =>
    one.kind !== 'speed' && (asked.has(lineName(one)) || one.of - one.points > 1e-9)
  // Of what was given only the loss counts: having it earns nothing.
  const lines = whole.elements
    .filter(counts)
    .map((one) => (asked.has(lineName(one)) ? one : { ...one, points: 0, of: one.of - one.points }))
  const worth = (kinds: (one: GradedElement) => boolean) =>
    lines.filter(kinds).reduce((sum, { of }) => sum + of, 0)
  const drawn = worth(isStructure)
  // Another variant of the content than the one that was asked, and nothing wrong with it.
  if (lines.length === 0) return { ...whole, elements: [] }
  // Speed is a quarter of structure, as in a whole grade.
  const scale = 100 / (worth(() => true) + drawn / 4)
  const scaled = lines.map((one) => ({ ...one, points: one.points * scale, of: one.of * scale }))
  const part = (kinds: (one: GradedElement) => boolean): Part => {
    const own = scaled.filter(kinds)
    return partOf(
      own,
      own.reduce((sum, { of }) => sum + of, 0),
    )
  }
  const structure = part(isStructure)
  const technical = part(({ kind }) => kind === 'fact')
  const context = part(({ kind }) => kind === 'context')
  const speed = speedOf(structure, attempt.seconds, partialPar(diagram, share))
  return {
    ...whole,
    total: exact(structure.score + technical.score + context.score + speed.part.score),
    structure,
    technical,
    context,
    speed: speed.part,
    elements: [...scaled, ...speed.elements],
  }
}

const isStructure = ({ kind }: GradedElement): boolean =>
  kind !== 'fact' && kind !== 'context' && kind !== 'speed'

/** What the drawing asked is worth, and a quarter of it again for speed; nothing where no drawing was asked. */
function speedOf(
  structure: Part,
  seconds: number | null,
  par: number,
): { part: Part; elements: readonly GradedElement[] } {
  if (structure.max === 0) return { part: { score: 0, max: 0 }, elements: [] }
  const max = structure.max / 4
  const whole = gradeSpeed((40 * structure.score) / structure.max, seconds, par)
  const by = max / 10
  return {
    part: { score: exact(whole.part.score * by), max },
    elements: whole.elements.map((one) => ({ ...one, points: exact(one.points * by), of: one.of * by })),
  }
}

function withGiven(
  diagram: Diagram,
  given: Attempt['answers'],
  asked: ReadonlySet<string>,
): Attempt['answers'] {
  const right = referenceAnswers(diagram)
  const filled = (kind: 'fact' | 'context', own: Readonly<Record<string, string>>, all: typeof own) =>
    Object.fromEntries(
      Object.entries(all).map(([id, answer]) => [id, asked.has(`${kind} ${id}`) ? (own[id] ?? '') : answer]),
    )
  return {
    facts: filled('fact', given.facts, right.facts),
    context: filled('context', given.context, right.context),
  }
}
