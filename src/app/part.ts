import {
  type Diagram,
  type ElementId,
  elementsOf,
  hiddenWith,
  occluded,
  type Places,
  printDrawing,
} from '#domain/diagram/index.ts'
import { type GradedElement, lineName, referenceGrade } from '#domain/grading/index.ts'
import { asksPart, recallsOf } from '#domain/memory/index.ts'
import { type AttemptRecord, ratingOfAttempt, standingAttempts } from '#domain/progress/index.ts'
import { fnv1a64 } from '#lib/hash.ts'
import { layoutOf } from './diagrams.ts'
import type { Asked } from './graded.ts'
import type { Learner } from './learner.ts'
import type { World } from './ports.ts'

/** What a partial redraw asks of a diagram, now. */
export interface PartAsked extends Asked {
  readonly asked: readonly string[]
  /** Stands for what is asked without saying it; an attempt brings it back, so that both mean the same part. */
  readonly key: string
  readonly hidden: ReadonlySet<ElementId>
}

/** Null where all of the diagram is to be asked: too much is weak or nothing is, or it is the turn of a whole redraw. */
export const partAsked = (learner: Learner, diagram: Diagram): PartAsked | null =>
  learner.settings.partialRedraws ? weakPart(learner, diagram) : null

/** The same, whether the learner wants to be asked in parts or not: what was begun so ends so. */
export function weakPart({ state }: Pick<Learner, 'state'>, diagram: Diagram): PartAsked | null {
  const attempts = standingAttempts(state, diagram.item.id)
  const whole = attempts.findLastIndex(({ asked }) => asked === null)
  const last = attempts[whole]
  if (last === undefined || last.revision !== diagram.item.revision) return null
  const weak = weakLines(attempts.slice(whole))
  if (weak.size === 0) return null
  const part = completed(diagram, weak)
  if (part === null) return null
  const recalls = recallsOf(
    attempts.map((one) => ({ part: one.asked !== null, passed: ratingOfAttempt(one) !== 'again' })),
  )
  return asksPart(recalls, part.share) ? part : null
}

/** What lost points at the last whole recall or in a partial one since: `missing node node:cache` is `node node:cache`. */
function weakLines(attempts: readonly AttemptRecord[]): Set<string> {
  return new Set(
    attempts.flatMap(({ lost }) =>
      (lost ?? []).flatMap((line) => {
        const [verdict = '', ...rest] = line.split(' ')
        return verdict === 'extra' ? [] : [rest.join(' ')]
      }),
    ),
  )
}

/** With what hides together with it; null where nothing of it can be hidden or asked. */
function completed(diagram: Diagram, weak: ReadonlySet<string>): PartAsked | null {
  const { drawing } = diagram
  const lines = referenceGrade(diagram).elements.filter(({ kind }) => kind !== 'speed')
  const isElement = new Set<string>(elementsOf(drawing))
  const canHide = ({ kind, reference }: GradedElement) =>
    reference !== null && isElement.has(reference) && kind !== 'group' && kind !== 'order'
  const named = lines.filter((one) => weak.has(lineName(one)))
  const hidden = hiddenWith(
    drawing,
    new Set(named.flatMap((one) => (canHide(one) && one.reference !== null ? [one.reference] : []))),
  )
  const isAsked = (one: GradedElement) =>
    one.kind === 'fact' || one.kind === 'context'
      ? weak.has(lineName(one))
      : one.reference !== null && hidden.has(one.reference)
  const asked = lines.filter(isAsked)
  if (asked.length === 0) return null
  const worth = (some: readonly GradedElement[]) => some.reduce((sum, { of }) => sum + of, 0)
  const names = asked.map(lineName)
  return {
    asked: names,
    share: Math.min(1, worth(asked) / worth(lines)),
    key: fnv1a64(names.join('\n')),
    hidden,
  }
}

/** What the learner is given of the drawing, in the notation, and where it stands. */
export async function givenOf(
  world: Pick<World, 'catalogue' | 'runElk'>,
  diagram: Diagram,
  { hidden }: PartAsked,
): Promise<{ readonly drawing: string; readonly places: Places }> {
  const laidOut = await layoutOf(world, diagram)
  const nodes = laidOut.kind === 'linked' ? laidOut.nodes.filter(({ el }) => !hidden.has(el)) : []
  const places = Object.fromEntries(
    nodes.map(({ el, box }) => [
      el.slice('node:'.length),
      { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    ]),
  )
  return { drawing: printDrawing(occluded(diagram.drawing, hidden)), places }
}
