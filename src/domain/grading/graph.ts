import type { LinkedDrawing } from '#domain/diagram/index.ts'
import { type Arc, type ArcPair, type LabelRule, labelRule, pairArcs } from './arcs.ts'
import { bestMapping, WORK_LIMIT } from './branch-and-bound.ts'
import { blindCredit } from './chance.ts'
import { element, partOf } from './element.ts'
import type { GradedElement } from './grade.ts'
import { graphProblem } from './graph-problem.ts'
import type { Labels } from './labels.ts'
import * as say from './sentences.ts'
import { settle } from './settle.ts'
import { extras, holders, type Solved, type Structure, tellNodes } from './solved.ts'
import { canonical, type Side, sideOf, type Thing, withEitherWay } from './things.ts'
import { type Counts, SHARES, STRUCTURE, type Units, unitsOf } from './weights.ts'

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
    const { solved, pairs, earned, proven } = solve(mine, theirs, labels, rule, effort)
    const used = new Set([...pairs.values()].map((pair) => pair.drawn))
    const spare = mine.arcs.filter((arc) => arc.accepted && !used.has(arc))
    if (spare.length === 0 || theirs.arcs.length === 0) {
      const elements = [
        ...tellNodes(solved),
        ...tellGroups(solved),
        ...tellArcs(solved, pairs, earned),
        ...free,
      ]
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

interface Found {
  readonly solved: Solved
  readonly pairs: ReadonlyMap<Arc, ArcPair>
  readonly earned: Earned
  readonly proven: boolean
  readonly total: number
}

/** What the pairs of arcs earn for each point of credit, once what as many blind ones would earn is taken away. */
interface Earned {
  readonly unit: number
  readonly share: number
}

/**
 * The mapping with most points. Connections earn what they have above chance, and never less than nothing: so the best
 * is either the best of all mappings with chance taken away, or the one that is best without any connection.
 */
function solve(mine: Side, theirs: Side, labels: Labels, rule: LabelRule, effort: number): Found {
  const blind = blindCredit(theirs, rule)
  const units = unitsOf(countsOf(theirs), countsOf(mine), SHARES.graph, blind)
  const find = (weighed: Units): Found => {
    const { problem, options } = graphProblem(mine, theirs, weighed, labels, rule)
    const { placing, proven } = bestMapping(problem, effort * WORK_LIMIT)
    settle(problem, placing, options.named, mine.things, theirs.things)
    const solved = {
      drawn: mine,
      reference: theirs,
      units,
      labels,
      rule,
      placing,
      holder: holders(placing, theirs),
    }
    const pairs = pairsOf(solved)
    const earned = aboveChance(solved, pairs, blind)
    const elements = [...tellNodes(solved), ...tellGroups(solved), ...tellArcs(solved, pairs, earned)]
    return { solved, pairs, earned, proven, total: partOf(elements, STRUCTURE).score }
  }
  const best = find(units)
  if (best.total >= namesAlone(mine, theirs, units, labels)) return best
  const plain = find({ ...units, relations: 0 })
  const proven = best.proven && plain.proven
  return { ...(plain.total > best.total ? plain : best), proven }
}

/** At least what names and groups could earn without a connection. */
function namesAlone(mine: Side, theirs: Side, units: Units, labels: Labels): number {
  const known = (kind: Thing['kind']) =>
    Math.min(
      theirs.things.filter((thing) => thing.kind === kind).length,
      mine.things.filter(
        (thing) =>
          thing.kind === kind &&
          theirs.things.some((other) => other.kind === kind && labels.same(thing.label, other.label)),
      ).length,
    )
  return 2 * units.elements * known('node') + 2 * units.groups * known('group')
}

/**
 * With R and L connections, credit c and e = L · blind expected: (c - e) / ((R + L) / 2 - e), Cohen's kappa of an F1. A
 * lost point of credit costs the same at every pair; the e that are taken away are shared by credit. Where c is not
 * above e nothing is earned, and the whole weight is lost in equal points of credit.
 */
function aboveChance(
  { drawn, reference, units }: Solved,
  pairs: ReadonlyMap<Arc, ArcPair>,
  blind: number,
): Earned {
  const credit = [...pairs.values()].reduce((sum, pair) => sum + pair.credit, 0)
  const expected = blind * drawn.arcs.length
  const all = reference.arcs.length + drawn.arcs.length
  if (credit > expected) return { unit: units.relations, share: 1 - expected / credit }
  const whole = units.relations * (all - 2 * expected)
  return { unit: all > 2 * credit ? whole / (all - 2 * credit) : 0, share: 0 }
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
function tellArcs(
  solved: Solved,
  pairs: ReadonlyMap<Arc, ArcPair>,
  { unit: u, share }: Earned,
): GradedElement[] {
  const { drawn, reference, rule, holder } = solved
  const told = reference.arcs.map((arc): GradedElement => {
    const label = say.arcTitle(reference, arc, solved)
    const id = `edge:${arc.edge}` as const
    const pair = pairs.get(arc)
    if (!pair) {
      const both = (holder[arc.from] ?? -1) >= 0 && (holder[arc.to] ?? -1) >= 0
      const because = say.missingArc(both)
      return element({ kind: 'edge', label, verdict: 'missing', points: 0, of: u, because, reference: id })
    }
    const { verdict, because } = say.pairedArc(reference, arc, pair, rule.fits(pair.drawn, arc), solved)
    return element({
      kind: 'edge',
      label,
      verdict,
      because: share > 0 ? because : say.noBetterThanBlind,
      points: 2 * u * pair.credit * share,
      of: 2 * u * (1 - pair.credit * (1 - share)),
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
