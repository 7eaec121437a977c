import type { LinkedDrawing } from '#domain/diagram/index.ts'
import { type Arc, type ArcPair, type LabelRule, labelRule, pairArcs } from './arcs.ts'
import { bestMapping, WORK_LIMIT } from './branch-and-bound.ts'
import { element } from './element.ts'
import type { GradedElement } from './grade.ts'
import { graphProblem } from './graph-problem.ts'
import type { Labels } from './labels.ts'
import * as say from './sentences.ts'
import { settle } from './settle.ts'
import { extras, holders, type Solved, type Structure, tellNodes } from './solved.ts'
import { canonical, type Side, sideOf, withEitherWay } from './things.ts'
import { type Counts, SHARES, unitsOf } from './weights.ts'

const countsOf = (side: Side): Counts => ({
  elements: side.things.filter(({ kind }) => kind === 'node').length,
  relations: side.arcs.length,
  groups: side.things.filter(({ kind }) => kind === 'group').length,
})

/**
 * Structure of a topology, a state machine or a decision: the mapping with most points, and what each element earned.
 * A connection that an appeal accepts is right either way; one that the reference does not have is taken out, and the
 * rest is graded without it, so that it costs nothing.
 */
export function gradeGraph(
  reference: LinkedDrawing,
  drawing: LinkedDrawing,
  labels: Labels,
  effort: number,
): Structure {
  const theirs = withEitherWay(sideOf(reference), labels)
  const rule = labelRule(labels, reference.form !== 'topology')
  const free: GradedElement[] = []
  let mine = canonical(withAccepted(sideOf(drawing), labels), labels, rule)
  for (;;) {
    const { solved, proven } = solve(mine, theirs, labels, rule, effort)
    const pairs = pairsOf(solved)
    const used = new Set([...pairs.values()].map((pair) => pair.drawn))
    const spare = mine.arcs.filter((arc) => arc.accepted && !used.has(arc))
    if (spare.length === 0 || theirs.arcs.length === 0) {
      const elements = [...tellNodes(solved), ...tellGroups(solved), ...tellArcs(solved, pairs), ...free]
      return { elements, proven }
    }
    free.push(...spare.map((arc) => tellFree(arc, solved)))
    mine = canonical({ ...mine, arcs: mine.arcs.filter((arc) => !spare.includes(arc)) }, labels, rule)
  }
}

function withAccepted(side: Side, labels: Labels): Side {
  const accepts = (from: number, to: number) =>
    labels.edgeOnAppeal(side.things[from]?.label ?? '', side.things[to]?.label ?? '')
  const arcs = side.arcs.map((arc): Arc => {
    const accepted = accepts(arc.from, arc.to) || (arc.undirected && accepts(arc.to, arc.from))
    return accepted ? { ...arc, accepted } : arc
  })
  return { ...side, arcs }
}

function solve(
  mine: Side,
  theirs: Side,
  labels: Labels,
  rule: LabelRule,
  effort: number,
): { readonly solved: Solved; readonly proven: boolean } {
  const units = unitsOf(countsOf(theirs), countsOf(mine), SHARES.graph)
  const { problem, options } = graphProblem(mine, theirs, units, labels, rule)
  const { placing, proven } = bestMapping(problem, effort * WORK_LIMIT)
  settle(problem, placing, options.named, mine.things, theirs.things)
  const holder = holders(placing, theirs)
  return { solved: { drawn: mine, reference: theirs, units, labels, rule, placing, holder }, proven }
}

const tellFree = (arc: Arc, solved: Solved): GradedElement =>
  element({
    kind: 'edge',
    label: say.arcTitle(solved.drawn, arc, solved),
    verdict: 'matched',
    points: 0,
    of: 0,
    because: say.freeOnAppeal,
    drawn: `edge:${arc.edge}`,
  })

function tellGroups({ drawn, reference, units, labels, holder, placing }: Solved): GradedElement[] {
  const u = units.groups
  const told = reference.things.flatMap((thing, j): GradedElement[] => {
    if (thing.kind !== 'group') return []
    const label = labels.name(thing.label)
    const id = `group:${thing.id}` as const
    const at = holder[j] as number
    const by = drawn.things[at]
    if (!by)
      return [
        element({
          kind: 'group',
          label,
          verdict: 'missing',
          points: 0,
          of: u,
          because: say.missingGroup,
          reference: id,
        }),
      ]
    const named = labels.same(by.label, thing.label)
    const common = drawn.things.filter((member, i) => {
      const place = reference.things[placing[i] as number]
      return member.within.includes(at) && place?.within.includes(j)
    }).length
    const sum = by.holds + thing.holds
    const share = !named ? 0 : 0.5 + (sum === 0 ? 0.5 : common / sum)
    return [
      element({
        kind: 'group',
        label,
        verdict: share === 1 ? 'matched' : 'wrong',
        points: 2 * u * share,
        of: 2 * u,
        because: named
          ? say.members(common, by.holds, thing.holds, labels.onAppeal(by.label, thing.label))
          : say.wrongName(by.label, label),
        reference: id,
        drawn: `group:${by.id}`,
      }),
    ]
  })
  return [...told, ...extras('group', drawn, placing, u, labels)]
}

/** Every arc of both drawings, once: in pairs where the mapping pairs them. */
function tellArcs(solved: Solved, pairs: ReadonlyMap<Arc, ArcPair>): GradedElement[] {
  const { drawn, reference, rule, units, holder } = solved
  const u = units.relations
  const told = reference.arcs.map((arc): GradedElement => {
    const label = say.arcTitle(reference, arc, solved)
    const id = `edge:${arc.edge}` as const
    const pair = pairs.get(arc)
    if (!pair) {
      const both = (holder[arc.from] ?? -1) >= 0 && (holder[arc.to] ?? -1) >= 0
      const because = say.missingArc(both)
      return element({ kind: 'edge', label, verdict: 'missing', points: 0, of: u, because, reference: id })
    }
    return element({
      kind: 'edge',
      label,
      ...say.pairedArc(reference, arc, pair, rule.fits(pair.drawn, arc), solved),
      points: 2 * u * pair.credit,
      of: 2 * u,
      reference: id,
      drawn: `edge:${pair.drawn.edge}`,
    })
  })
  const used = new Set([...pairs.values()].map((pair) => pair.drawn))
  const because = reference.arcs.length > 0 ? say.extraArc : say.freeArc
  const extra = drawn.arcs
    .filter((arc) => !used.has(arc))
    .map((arc) =>
      element({
        kind: 'edge',
        label: say.arcTitle(drawn, arc, solved),
        verdict: 'extra',
        points: 0,
        of: u,
        because,
        drawn: `edge:${arc.edge}`,
      }),
    )
  return [...told, ...extra]
}

/** The pairs that the mapping makes, by the reference's arc. */
function pairsOf({ drawn, reference, holder, rule }: Solved): ReadonlyMap<Arc, ArcPair> {
  const drawnBetween = byEnds(drawn)
  const found = [...byEnds(reference).values()].flatMap((arcs) => {
    const [first] = arcs
    const [a, b] = first ? [holder[first.from] ?? -1, holder[first.to] ?? -1] : [-1, -1]
    if (!first || a < 0 || b < 0) return []
    return pairArcs(drawnBetween.get(ends(a, b)) ?? [], arcs, a, first.from, rule)
  })
  return new Map(found.map((pair) => [pair.reference, pair]))
}

const ends = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

function byEnds(side: Side): Map<string, Arc[]> {
  const found = new Map<string, Arc[]>()
  for (const arc of side.arcs) {
    if (arc.from < 0 || arc.to < 0) continue
    const key = ends(arc.from, arc.to)
    found.set(key, [...(found.get(key) ?? []), arc])
  }
  return found
}
