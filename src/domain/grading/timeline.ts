import type { TimelineDrawing, TimelineEvent } from '#domain/diagram/index.ts'
import { align } from './alignment.ts'
import { element } from './element.ts'
import type { GradedElement } from './grade.ts'
import { assign } from './hungarian.ts'
import type { Labels } from './labels.ts'
import * as say from './sentences.ts'
import type { Structure } from './solved.ts'
import { type Counts, SHARES, type Units, unitsOf } from './weights.ts'

interface Pair {
  readonly drawn: TimelineEvent
  readonly inOrder: boolean
}

const hasLane = (event: TimelineEvent): boolean => event.lane.trim() !== ''

/**
 * Structure of a timeline. Every event counts for itself, for its order and, where the reference has lanes, for its
 * lane. Order: the longest run of events that stand in the reference's order; what is not part of it is out of order.
 */
export function gradeTimeline(
  reference: TimelineDrawing,
  drawing: TimelineDrawing,
  labels: Labels,
): Structure {
  const lanes = reference.events.some(hasLane)
  const counts = (drawn: TimelineDrawing): Counts => {
    const events = drawn.events.length
    return { elements: events, relations: events, groups: lanes ? events : 0 }
  }
  const units = unitsOf(counts(reference), counts(drawing), SHARES.timeline)
  const laneFits = (drawn: TimelineEvent, right: TimelineEvent) =>
    !hasLane(right) || labels.same(drawn.lane, right.lane)
  const pairs = pairEvents(reference, drawing, labels, units, laneFits)
  const used = new Set([...pairs.values()].map((pair) => pair.drawn))
  const whole = units.elements + units.relations + units.groups
  const told = reference.events.flatMap((event): GradedElement[] => {
    const label = labels.name(event.label)
    const pair = pairs.get(event)
    const id = `event:${event.id}` as const
    if (!pair) {
      const because = say.missingEvent
      return [
        element({
          kind: 'event',
          label,
          verdict: 'missing',
          points: 0,
          of: units.missing * whole,
          because,
          reference: id,
        }),
      ]
    }
    return tellPair(event, pair, units, labels, laneFits(pair.drawn, event))
  })
  const extra = drawing.events
    .filter((event) => !used.has(event))
    .map((event) =>
      element({
        kind: 'event',
        label: labels.name(event.label),
        verdict: 'extra',
        points: 0,
        of: whole,
        because: say.extraEvent,
        drawn: `event:${event.id}`,
      }),
    )
  return { elements: [...told, ...extra], proven: true }
}

function tellPair(
  event: TimelineEvent,
  { drawn, inOrder }: Pair,
  units: Units,
  labels: Labels,
  laneFits: boolean,
): GradedElement[] {
  const label = labels.name(event.label)
  const both = { reference: `event:${event.id}`, drawn: `event:${drawn.id}` } as const
  const graded = hasLane(event)
  const own = units.pair * (units.elements + (graded ? 0 : units.groups))
  const order = units.pair * units.relations
  const lane = units.pair * units.groups
  const lines = [
    element({
      kind: 'event',
      label,
      verdict: 'matched',
      points: own,
      of: own,
      because: say.rightName(drawn.label, event.label, labels),
      ...both,
    }),
    element({
      kind: 'order',
      label,
      verdict: inOrder ? 'matched' : 'wrong',
      points: inOrder ? order : 0,
      of: order,
      because: inOrder ? say.inOrder : say.outOfOrder,
      ...both,
    }),
  ]
  if (!graded) return lines
  const right = labels.name(event.lane)
  return [
    ...lines,
    element({
      kind: 'group',
      label: `${label}: ${right}`,
      verdict: laneFits ? 'matched' : 'wrong',
      points: laneFits ? lane : 0,
      of: lane,
      because: laneFits
        ? say.rightLane(drawn.lane, right, labels.onAppeal(drawn.lane, event.lane))
        : say.wrongLane(drawn.lane, right),
      ...both,
    }),
  ]
}

/** Events in order first, then those that stand elsewhere, each where its lane fits if it can. */
function pairEvents(
  reference: TimelineDrawing,
  drawing: TimelineDrawing,
  labels: Labels,
  units: Units,
  laneFits: (drawn: TimelineEvent, right: TimelineEvent) => boolean,
): ReadonlyMap<TimelineEvent, Pair> {
  const points = (theirs: TimelineEvent, mine: TimelineEvent, name: number): number =>
    labels.same(mine.label, theirs.label) ? name + (laneFits(mine, theirs) ? units.groups : 0) : 0
  const table = (rows: readonly TimelineEvent[], columns: readonly TimelineEvent[], name: number) =>
    Float64Array.from(rows.flatMap((theirs) => columns.map((mine) => points(theirs, mine, name))))
  const pairs = new Map<TimelineEvent, Pair>()
  const order = table(reference.events, drawing.events, units.relations)
  for (const [i, j] of align(order, reference.events.length, drawing.events.length))
    pairs.set(reference.events[i] as TimelineEvent, {
      drawn: drawing.events[j] as TimelineEvent,
      inOrder: true,
    })
  const placed = new Set([...pairs.values()].map((pair) => pair.drawn))
  const left = reference.events.filter((event) => !pairs.has(event))
  const spare = drawing.events.filter((event) => !placed.has(event))
  const rest = table(left, spare, units.elements)
  assign(rest, left.length, spare.length).columnOf.forEach((j, i) => {
    if (j < 0 || (rest[i * spare.length + j] as number) <= 0) return
    pairs.set(left[i] as TimelineEvent, { drawn: spare[j] as TimelineEvent, inOrder: false })
  })
  return pairs
}
