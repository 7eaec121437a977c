import { normalise } from '#lib/text.ts'
import type { Arc, LabelRule } from './arcs.ts'
import type { Verdict } from './grade.ts'
import type { Labels } from './labels.ts'
import type { Side } from './things.ts'

/** Why an element earned or lost what it did: one short sentence each, the same in every place that shows a grade. */
export const missingNode = 'It is in the reference and not in your drawing.'
export const missingGroup = 'The reference has this group and your drawing does not.'
export const extraThing = 'The reference does not have it.'
export const freeGroup = 'The reference has no groups, so this one costs nothing.'
export const freeArc = 'The reference has no connections, so this one costs nothing.'
export const extraArc = 'The reference has no such connection here.'

export const freeOnAppeal = 'The reference has no such connection; accepted on your appeal, it costs nothing.'

export function rightName(drawn: string, reference: string, labels: Labels): string {
  const name = labels.name(reference)
  if (labels.onAppeal(drawn, reference)) return `“${drawn}” counts as ${name}, accepted on your appeal.`
  if (labels.inOwnWords(drawn)) return takenFor(drawn, name)
  const same = [normalise(reference), normalise(name)].includes(normalise(drawn))
  return same ? 'It stands as in the reference.' : `“${drawn}” counts as ${name}.`
}

/** The label holds the words of what it is taken for, and is no wording that the content lists. */
const takenFor = (drawn: string, name: string): string => `“${drawn}” is taken to mean “${name}”.`

export const wrongName = (drawn: string, name: string): string =>
  drawn.trim() === ''
    ? `You left it without a name; it is ${name}, and what connects it still counts.`
    : `You called it “${drawn}”; it is ${name}, and what connects it still counts.`

export function members(common: number, drawn: number, reference: number, onAppeal: boolean): string {
  const appeal = onAppeal ? 'Its name is accepted on your appeal; it' : 'It'
  if (common === drawn && common === reference) return `${appeal} holds what the reference puts in it.`
  return `${appeal} shares ${common} of its members with the reference: you put ${drawn} in it, the reference ${reference}.`
}

export const noBetterThanBlind =
  'No more of your connections are right than blind ones would be: none earns anything.'

export const missingArc = (bothEnds: boolean): string =>
  bothEnds ? 'Both ends are there; the connection is not.' : 'One of its ends is not in your drawing.'

interface Naming {
  readonly labels: Labels
  readonly rule: LabelRule
}

export const missingMessage = 'Your drawing does not have it.'
export const messageElsewhere = 'You have it, but out of order: another message stands here.'
export const messageOutOfOrder = 'It is out of order: the reference sends it at another point.'
export const extraMessage = 'The reference sends no such message.'

/** How a pair of arcs fared, and why; `labelled` says that the drawn label will do. */
export function pairedArc(
  reference: Side,
  arc: Arc,
  pair: { readonly drawn: Arc; readonly credit: number; readonly turned: boolean },
  labelled: boolean,
  { labels, rule }: Naming,
): { readonly verdict: Verdict; readonly because: string } {
  if (pair.credit === 1) return { verdict: 'matched', because: rightArc(reference, arc, pair, labels) }
  if (!labelled) return { verdict: 'wrong', because: wrongLabel(pair.drawn.label, rule.name(arc.label)) }
  const [from, to] = [arc.from, arc.to].map((i) => labels.name(reference.things[i]?.label ?? ''))
  const because = pair.drawn.undirected
    ? `It has no arrow head; it runs from ${from} to ${to}.`
    : `It runs from ${from} to ${to}, not back.`
  return { verdict: 'reversed', because }
}

/** Of a topology the labels are free, and no appeal is about them. */
function rightArc(
  reference: Side,
  arc: Arc,
  { drawn, turned }: { readonly drawn: Arc; readonly turned: boolean },
  labels: Labels,
): string {
  if (drawn.label.trim() !== '' && labels.onAppeal(drawn.label, arc.label))
    return `“${drawn.label}” counts as “${labels.name(arc.label)}”, accepted on your appeal.`
  if (arc.label.trim() !== '' && labels.same(drawn.label, arc.label) && labels.inOwnWords(drawn.label))
    return takenFor(drawn.label, labels.name(arc.label))
  if (arc.eitherWay !== undefined && (turned || drawn.undirected))
    return `It is as right this way round. ${arc.eitherWay}`.trim()
  if (!drawn.accepted) return 'It stands as in the reference.'
  const [from, to] = [arc.from, arc.to].map((i) => labels.name(reference.things[i]?.label ?? ''))
  return `The reference runs from ${from} to ${to}; yours is accepted on your appeal.`
}

const wrongLabel = (drawn: string, right: string): string =>
  drawn.trim() === ''
    ? `The ends are right; its label, “${right}”, is missing.`
    : `The ends are right; its label is “${right}”, not “${drawn}”.`

/** `CDN → Load balancer: HTTPS`. */
export function arcTitle(side: Side, arc: Arc, { labels, rule }: Naming): string {
  const [from, to] = [arc.from, arc.to].map((i) => labels.name(side.things[i]?.label ?? ''))
  const line = `${from} ${arc.undirected ? '—' : '→'} ${to}`
  return arc.label.trim() === '' ? line : `${line}: ${rule.name(arc.label)}`
}

export const missingEvent = 'Your timeline does not have it.'
export const extraEvent = 'The reference has no such event.'
export const inOrder = 'It stands in its order.'
export const outOfOrder = 'It stands before or after events that it should not.'
export const rightLane = (drawn: string, right: string, onAppeal: boolean): string =>
  onAppeal ? `“${drawn}” counts as ${right}, accepted on your appeal.` : 'The right one is named.'
export const wrongLane = (drawn: string, right: string): string =>
  drawn.trim() === '' ? `You named nobody; it is ${right}.` : `You wrote “${drawn}”; it is ${right}.`

export const missingHeader = 'The reference has it and your matrix does not.'
export const wrongHeader = (drawn: string, name: string): string =>
  `You called it “${drawn}”; it is ${name}, and its cells still count.`
export const turnedTable = 'Your rows are the columns of the reference, which loses nothing.'
export const missingCell = (right: string): string => `It is empty in your matrix; it says “${right}”.`
export const cellOnAppeal = (drawn: string, right: string): string =>
  `“${drawn}” counts as “${right}”, accepted on your appeal.`
export function rightCell(drawn: string, right: string, labels: Labels): string {
  if (normalise(drawn) === normalise(right)) return 'It says what the reference says.'
  return labels.inOwnWords(drawn) ? takenFor(drawn, right) : `“${drawn}” counts as “${right}”.`
}
export const wrongCell = (drawn: string, right: string): string => `It says “${right}”, not “${drawn}”.`
export const extraCell = 'The reference has nothing in this cell, or no such row or column.'
