import type { LinkedDrawing } from '#domain/diagram/index.ts'
import { align } from './alignment.ts'
import { type Arc, arcCredit, type LabelRule, labelRule } from './arcs.ts'
import { element } from './element.ts'
import type { GradedElement } from './grade.ts'
import type { Labels } from './labels.ts'
import type { Placing } from './mapping.ts'
import { optionsOf } from './options.ts'
import * as say from './sentences.ts'
import { placeParticipants, SEQUENCE_WORK_LIMIT } from './sequence-search.ts'
import { holders, type Solved, type Structure, tellNodes } from './solved.ts'
import { canonical, type Side, sideOf, withEitherWay } from './things.ts'
import { type Counts, SHARES, unitsOf } from './weights.ts'

const countsOf = (side: Side): Counts => ({
  elements: side.things.length,
  relations: side.arcs.length,
  groups: 0,
})

/** Structure of a sequence: participants by name, messages by the alignment in order that earns most. */
export function gradeSequence(
  reference: LinkedDrawing,
  drawing: LinkedDrawing,
  labels: Labels,
  effort: number,
): Structure {
  const theirs = withEitherWay(sideOf({ ...reference, groups: [] }), labels)
  const rule = labelRule(labels, true, 'message')
  const mine = canonical(sideOf({ ...drawing, groups: [] }), labels, rule)
  const units = unitsOf(countsOf(theirs), countsOf(mine), SHARES.sequence)
  const options = optionsOf(labelled(mine), labelled(theirs), labels)
  const problem = { drawn: mine, reference: theirs, options, units, rule }
  const { placing, proven } = placeParticipants(problem, effort * SEQUENCE_WORK_LIMIT)
  const pairs = alignMessages(mine, theirs, placing, rule)
  leaveIdle(mine, placing, options.named, theirs.things.length, pairs)
  const solved = {
    drawn: mine,
    reference: theirs,
    units,
    labels,
    rule,
    placing,
    holder: holders(placing, theirs),
  }
  const told = tellMessages(solved, new Map([...pairs, ...turnedPairs(solved, pairs)]))
  return { elements: [...tellNodes(solved), ...told], proven }
}

const labelled = (side: Side) =>
  side.things.map(({ kind, label }, i) => ({
    kind,
    label,
    linked: side.arcs.some((arc) => arc.from === i || arc.to === i),
  }))

/** For each message of the reference the drawn one that stands for it. */
type Pairs = ReadonlyMap<Arc, Pair>
interface Pair {
  readonly drawn: Arc
  readonly credit: number
  readonly turned: boolean
}

function credit(drawn: Arc, reference: Arc, placing: Placing, rule: LabelRule): number {
  const [from, to] = [placing[drawn.from] ?? -1, placing[drawn.to] ?? -1]
  if (from < 0 || to < 0) return 0
  if (from === reference.from && to === reference.to) return arcCredit(drawn, reference, true, rule)
  if (from === reference.to && to === reference.from) return arcCredit(drawn, reference, false, rule)
  return 0
}

function alignMessages(mine: Side, theirs: Side, placing: Placing, rule: LabelRule): Pairs {
  const [rows, columns] = [mine.arcs.length, theirs.arcs.length]
  const worth = Float64Array.from(
    mine.arcs.flatMap((one) => theirs.arcs.map((other) => credit(one, other, placing, rule))),
  )
  return new Map(
    align(worth, rows, columns).map(([i, j]): [Arc, Pair] => {
      const [drawn, reference] = [mine.arcs[i] as Arc, theirs.arcs[j] as Arc]
      const turned = placing[drawn.from] !== reference.from
      return [reference, { drawn, credit: worth[i * columns + j] as number, turned }]
    }),
  )
}

/** A wrongly named participant without a message that counts is no misnamed one but an extra one. */
function leaveIdle(mine: Side, placing: Placing, named: Uint8Array, size: number, pairs: Pairs): void {
  const busy = new Set([...pairs.values()].flatMap(({ drawn }) => [drawn.from, drawn.to]))
  mine.things.forEach((_, i) => {
    const j = placing[i] as number
    if (j >= 0 && !named[i * size + j] && !busy.has(i)) placing[i] = -1
  })
}

/** Messages that earn nothing because they run the wrong way: told as one fault each, not as one missing and one extra. */
function turnedPairs({ drawn, reference, rule, placing }: Solved, pairs: Pairs): Pairs {
  const found = new Map<Arc, Pair>()
  const used = new Set([...pairs.values()].map((pair) => pair.drawn))
  const free = reference.arcs.filter((arc) => !pairs.has(arc))
  for (const arc of free) {
    const turned = drawn.arcs.find(
      (one) =>
        !used.has(one) &&
        placing[one.from] === arc.to &&
        placing[one.to] === arc.from &&
        arc.label.trim() !== '' &&
        rule.fits(one, arc) &&
        !free.some((other) => credit(one, other, placing, rule) === 1),
    )
    if (!turned) continue
    used.add(turned)
    found.set(arc, { drawn: turned, credit: 0, turned: true })
  }
  return found
}

function tellMessages(solved: Solved, pairs: Pairs): GradedElement[] {
  const { drawn, reference, rule, units, placing } = solved
  const u = units.relations
  const titled = (side: Side, arc: Arc) => say.arcTitle(side, arc, solved)
  const used = new Set([...pairs.values()].map((pair) => pair.drawn))
  const spare = drawn.arcs.filter((arc) => !used.has(arc))
  const right = (one: Arc, other: Arc) => credit(one, other, placing, rule) === 1
  const told = reference.arcs.map((arc): GradedElement => {
    const label = titled(reference, arc)
    const id = `edge:${arc.edge}` as const
    const pair = pairs.get(arc)
    if (pair) {
      return element({
        kind: 'message',
        label,
        ...say.pairedArc(reference, arc, pair, rule.fits(pair.drawn, arc), solved),
        points: units.pair * u * pair.credit,
        of: units.pair * u,
        reference: id,
        drawn: `edge:${pair.drawn.edge}`,
      })
    }
    const elsewhere = spare.some((one) => right(one, arc))
    const because = elsewhere ? say.messageElsewhere : say.missingMessage
    return element({
      kind: 'message',
      label,
      verdict: 'missing',
      points: 0,
      of: units.missing * u,
      because,
      reference: id,
    })
  })
  const free = reference.arcs.filter((arc) => !pairs.has(arc))
  const extra = spare.map((arc) =>
    element({
      kind: 'message',
      label: titled(drawn, arc),
      verdict: 'extra',
      points: 0,
      of: u,
      because: free.some((other) => right(arc, other)) ? say.messageOutOfOrder : say.extraMessage,
      drawn: `edge:${arc.edge}`,
    }),
  )
  return [...told, ...extra]
}
