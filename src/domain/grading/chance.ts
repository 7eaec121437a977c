import { type Arc, arcCredit, type LabelRule } from './arcs.ts'
import type { Side } from './things.ts'

/** However dense the reference, this is the most: at half of a credit no drawing could earn anything. */
const BLIND_MAX = 0.4

/**
 * What a connection earns on average that is drawn blindly, with one head and no label, from one of the right things to
 * another: the best credit of each ordered pair, over all of them. It depends on the reference alone.
 */
export function blindCredit({ things, arcs }: Side, rule: LabelRule): number {
  const ends = new Set(arcs.flatMap(({ from, to }) => [from, to]))
  const size = things.filter(({ kind }, i) => kind === 'node' || ends.has(i)).length
  const best = new Map<string, number>()
  const note = (from: number, to: number, credit: number) => {
    const pair = `${from} ${to}`
    best.set(pair, Math.max(credit, best.get(pair) ?? 0))
  }
  for (const arc of arcs) {
    if (arc.from === arc.to) continue
    const blind: Arc = { edge: '', from: arc.from, to: arc.to, undirected: false, label: '' }
    note(arc.from, arc.to, arcCredit(blind, arc, true, rule))
    note(arc.to, arc.from, arcCredit(blind, arc, false, rule))
  }
  const sum = [...best.values()].reduce((all, credit) => all + credit, 0)
  return size < 2 ? 0 : Math.min(BLIND_MAX, sum / (size * (size - 1)))
}
