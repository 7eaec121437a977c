import { type Diagram, type Drawing, type ElementId, occluded } from '#domain/diagram/index.ts'
import { referenceAnswers } from './answers.ts'
import { exact } from './element.ts'
import type { Grade, GradedElement, Part } from './grade.ts'
import { type Attempt, gradeAttempt } from './grade-attempt.ts'
import { gradeSpeed, parSeconds, SPEED } from './speed.ts'
import { STRUCTURE } from './weights.ts'

/**
 * A partial redraw asks some elements and questions; the rest is given. Its grade is what the attempt earns beyond what was
 * given alone, as a share of all that could be earned beyond it, on a scale of 100.
 */

/** `node node:cache`: what a line of a grade is about, the same in every grade of a diagram. */
export const lineName = ({ kind, reference, drawn, answer }: GradedElement): string =>
  `${kind} ${reference ?? drawn ?? answer?.id ?? ''}`

/** The grade of the reference itself: every line that there is, with the points that it is worth. */
export const referenceGrade = (diagram: Diagram): Grade =>
  gradeAttempt(diagram, { drawing: diagram.drawing, answers: referenceAnswers(diagram), seconds: null })

/** The seconds in which a partial redraw still earns all of speed: what its share of the drawing takes, at least a third. */
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
  const graded = (drawing: Drawing, answers: Attempt['answers']) =>
    gradeAttempt(diagram, { ...attempt, drawing, answers: withGiven(diagram, answers, asked), seconds: null })
  const given = graded(occluded(diagram.drawing, hiddenBy(asked)), { facts: {}, context: {} })
  const whole = graded(attempt.drawing, attempt.answers)
  const beyond = (part: 'structure' | 'technical' | 'context') => beyondGiven(part, given, whole, asked)
  const structure = beyond('structure')
  const technical = beyond('technical')
  const context = beyond('context')
  // Speed is a quarter of structure, as in a whole grade.
  const worth = structure.max * 1.25 + technical.max + context.max
  const speed = speedOf(structure, attempt.seconds, attempt.par ?? partialPar(diagram, share))
  const scale = worth === 0 ? 0 : 100 / worth
  const scaled = (part: Part): Part => ({ score: exact(part.score * scale), max: part.max * scale })
  const score = structure.score + technical.score + context.score + speed.score
  return {
    ...whole,
    // Nothing could be earned beyond what was given: then nothing was asked.
    total: worth === 0 ? 100 : exact(score * scale),
    structure: scaled(structure),
    technical: scaled(technical),
    context: scaled(context),
    speed: scaled(speed),
    elements: [structure, technical, context, speed].flatMap(({ lines }) =>
      lines.map((one) => ({ ...one, points: one.points * scale, of: one.of * scale })),
    ),
  }
}

interface PartLines extends Part {
  readonly lines: readonly GradedElement[]
}

const KINDS = {
  structure: ({ kind }: GradedElement): boolean => kind !== 'fact' && kind !== 'context' && kind !== 'speed',
  technical: ({ kind }: GradedElement): boolean => kind === 'fact',
  context: ({ kind }: GradedElement): boolean => kind === 'context',
} as const

/**
 * What a part of the grade earned beyond what was given. Its lines are those that lost something, each with what it lost,
 * and those that were asked and are right, which share what was earned by their points.
 */
function beyondGiven(
  part: keyof typeof KINDS,
  given: Grade,
  whole: Grade,
  asked: ReadonlySet<string>,
): PartLines {
  const max = whole[part].max - given[part].score
  const score = Math.min(max, Math.max(0, whole[part].score - given[part].score))
  if (max < 1e-9) return { score: 0, max: 0, lines: [] }
  const all = whole.elements.filter(KINDS[part])
  const own = all.filter((one) => asked.has(lineName(one)) && one.points > 0)
  const earning = new Set(own.length > 0 ? own : all.filter(({ points }) => points > 0))
  const points = [...earning].reduce((sum, one) => sum + one.points, 0)
  const lost = all.reduce((sum, { of, points: earned }) => sum + of - earned, 0)
  // More can be lost than was asked, where what was given is gone too.
  const byLoss = lost === 0 ? 0 : (max - score) / lost
  const lines = all.flatMap((one): GradedElement[] => {
    const earned = earning.has(one) && points > 0 ? (one.points / points) * score : 0
    const missed = (one.of - one.points) * byLoss
    return earned + missed < 1e-9 ? [] : [{ ...one, points: earned, of: earned + missed }]
  })
  return { score, max, lines }
}

/** The elements of the drawing among what was asked. */
const hiddenBy = (asked: ReadonlySet<string>): ReadonlySet<ElementId> =>
  new Set(
    [...asked].flatMap((name): ElementId[] => {
      const [kind = '', ...rest] = name.split(' ')
      return kind === 'fact' || kind === 'context' ? [] : [rest.join(' ') as ElementId]
    }),
  )

/** What the drawing that was asked is worth has a quarter of it again for speed. */
function speedOf(structure: Part, seconds: number | null, par: number): PartLines {
  const max = structure.max / 4
  if (max === 0) return { score: 0, max, lines: [] }
  const { part, elements } = gradeSpeed((STRUCTURE * structure.score) / structure.max, seconds, par)
  const by = max / SPEED
  const lines = elements.map((one) => ({ ...one, points: one.points * by, of: one.of * by }))
  return { score: part.score * by, max, lines }
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
