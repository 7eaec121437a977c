import { type Arc, type LabelRule, pairArcs } from './arcs.ts'
import type { Labels } from './labels.ts'
import { type Link, type LinkTable, linkTable, type MappingProblem } from './mapping.ts'
import { type Options, optionsOf } from './options.ts'
import type { Side, Thing } from './things.ts'
import type { Units } from './weights.ts'

/** All that stands between two things, seen from the first: the arcs, and whether one is a group that holds the other. */
interface Bundle {
  readonly at: number
  readonly other: number
  readonly arcs: readonly Arc[]
  readonly holds: 'in' | 'has' | null
}

export interface GraphProblem {
  readonly problem: MappingProblem
  readonly options: Options
}

/** The graph forms as a mapping problem: points of structure as gains and links. */
export function graphProblem(
  drawn: Side,
  reference: Side,
  units: Units,
  labels: Labels,
  rule: LabelRule,
): GraphProblem {
  const mine = bundlesOf(drawn)
  const theirs = bundlesOf(reference)
  const options = optionsOf(labelled(drawn, mine), labelled(reference, theirs), labels)
  const size = reference.things.length
  const gain = gains(drawn, reference, units, options, rule)
  const tables = new Map<string, LinkTable>()
  const links = drawn.things.map((_, i) =>
    [...(mine.get(i)?.values() ?? [])].map((bundle): Link => {
      const key = signature(bundle, drawn, labels, rule)
      const known = tables.get(key)
      if (known) return { other: bundle.other, table: known }
      const worth = new Float64Array(size * size)
      for (const place of theirs.values())
        for (const b of place.values()) {
          const points = bundleWorth(bundle, b, drawn, reference, units, labels, rule)
          worth[b.at * size + b.other] = points
        }
      const table = linkTable(worth, size)
      tables.set(key, table)
      return { other: bundle.other, table }
    }),
  )
  return {
    problem: {
      drawn: drawn.things.length,
      reference: size,
      options: options.options,
      required: options.required,
      gain,
      links,
    },
    options,
  }
}

type Bundles = ReadonlyMap<number, ReadonlyMap<number, Bundle>>

function bundlesOf(side: Side): Bundles {
  const all = new Map<
    number,
    Map<number, { at: number; other: number; arcs: Arc[]; holds: Bundle['holds'] }>
  >()
  const between = (at: number, other: number) => {
    const from = all.get(at) ?? new Map()
    all.set(at, from)
    const found = from.get(other) ?? { at, other, arcs: [], holds: null }
    from.set(other, found)
    return found
  }
  for (const arc of side.arcs) {
    if (arc.from < 0 || arc.to < 0 || arc.from === arc.to) continue
    between(arc.from, arc.to).arcs.push(arc)
    between(arc.to, arc.from).arcs.push(arc)
  }
  side.things.forEach((thing, i) => {
    for (const group of thing.within) {
      between(i, group).holds = 'in'
      between(group, i).holds = 'has'
    }
  })
  return all
}

const labelled = (side: Side, bundles: Bundles) =>
  side.things.map(({ kind, label }, i) => ({
    kind,
    label,
    linked: kind === 'node' ? bundles.has(i) : side.arcs.some((arc) => arc.from === i || arc.to === i),
  }))

/** What placing earns by itself: the name, arcs to itself, and for two groups with nothing in them, that they are as empty. */
function gains(
  drawn: Side,
  reference: Side,
  units: Units,
  { options, named }: Options,
  rule: LabelRule,
): Float64Array {
  const size = reference.things.length
  const gain = new Float64Array(drawn.things.length * size)
  const loopsAt = (side: Side, i: number) => side.arcs.filter((arc) => arc.from === i && arc.to === i)
  const theirLoops = reference.things.map((_, j) => loopsAt(reference, j))
  drawn.things.forEach((thing, i) => {
    const loops = loopsAt(drawn, i)
    for (const j of options[i] ?? []) {
      let points = 0
      if (named[i * size + j]) {
        if (thing.kind === 'node') points += 2 * units.elements
        else points += units.groups * (thing.holds + (reference.things[j]?.holds ?? 0) === 0 ? 2 : 1)
      }
      for (const pair of pairArcs(loops, theirLoops[j] ?? [], i, j, rule))
        points += 2 * units.relations * pair.credit
      gain[i * size + j] = points
    }
  })
  return gain
}

const way = (arc: Arc, at: number): string =>
  arc.accepted ? '=' : arc.undirected ? '-' : arc.from === at ? '>' : '<'

/** Two bundles with one signature are worth the same everywhere. */
function signature({ at, other, arcs, holds }: Bundle, side: Side, labels: Labels, rule: LabelRule): string {
  const words = arcs.map((arc) => `${way(arc, at)}${rule.meaning(arc.label)}`)
  const group = holds === 'in' ? other : holds === 'has' ? at : -1
  const box = side.things[group]
  return [...words.sort(), box ? `${holds} ${box.holds} ${labels.meaning(box.label)}` : ''].join('|')
}

function bundleWorth(
  drawn: Bundle,
  place: Bundle,
  from: Side,
  to: Side,
  units: Units,
  labels: Labels,
  rule: LabelRule,
): number {
  let points = 0
  for (const pair of pairArcs(drawn.arcs, place.arcs, drawn.at, place.at, rule))
    points += 2 * units.relations * pair.credit
  if (drawn.holds !== null && drawn.holds === place.holds) {
    const end = drawn.holds === 'in' ? ('other' as const) : ('at' as const)
    const group = from.things[drawn[end]] as Thing
    const box = to.things[place[end]] as Thing
    if (labels.same(group.label, box.label)) points += units.groups * memberShare(group, box)
  }
  return points
}

/**
 * What one common member adds to the F1 of two groups' members, 2·common / (holds + holds). Half of a group's credit
 * is its name, half this F1: so the credit is a sum over placements, and a rightly named group never costs anything.
 */
const memberShare = (drawn: Thing, reference: Thing): number => 2 / (drawn.holds + reference.holds)
