import type { DrawnGroup, LinkedDrawing } from '#domain/diagram/index.ts'
import { normalise } from '#lib/text.ts'
import { type Arc, arcsOf, type LabelRule } from './arcs.ts'
import type { Labels } from './labels.ts'

/** A node or a group of a drawing. */
export interface Thing {
  readonly kind: 'node' | 'group'
  readonly id: string
  readonly label: string
  /** The groups that it stands in, at any depth. */
  readonly within: readonly number[]
  /** How many nodes a group holds, at any depth; 0 for a node. */
  readonly holds: number
}

/** One drawing as numbered things and the arcs between them. */
export interface Side {
  readonly things: readonly Thing[]
  readonly arcs: readonly Arc[]
}

/** The things in the drawing's own order: nodes, then groups. */
export function sideOf(drawing: LinkedDrawing): Side {
  const groups = new Map(drawing.groups.map((group) => [group.id, group]))
  const indexOf = new Map<string, number>()
  for (const { id } of [...drawing.nodes, ...drawing.groups]) indexOf.set(id, indexOf.size)
  const holds = new Map<string, number>()
  const nodes = drawing.nodes.map((node): Thing => {
    const above = ancestors(groups, node.group)
    for (const id of above) holds.set(id, (holds.get(id) ?? 0) + 1)
    return {
      kind: 'node',
      id: node.id,
      label: node.label,
      within: above.map((id) => indexOf.get(id) ?? -1),
      holds: 0,
    }
  })
  const boxes = drawing.groups.map(
    ({ id, label }): Thing => ({ kind: 'group', id, label, within: [], holds: holds.get(id) ?? 0 }),
  )
  return { things: [...nodes, ...boxes], arcs: arcsOf(drawing.edges, indexOf) }
}

/** The connections of a reference of which the content says that they may be drawn either way round. */
export const withEitherWay = (side: Side, labels: Labels): Side => ({
  ...side,
  arcs: side.arcs.map((arc): Arc => {
    const eitherWay = labels.eitherWay.get(arc.edge)
    return eitherWay === undefined ? arc : { ...arc, eitherWay }
  }),
})

function ancestors(groups: ReadonlyMap<string, DrawnGroup>, innermost: string | null): string[] {
  const found: string[] = []
  for (let id = innermost; id !== null && !found.includes(id); ) {
    const group = groups.get(id)
    if (!group) break
    found.push(id)
    id = group.parent
  }
  return found
}

/**
 * The same side with its things in an order that depends on meanings and structure only, never on ids or on the order
 * of drawing, so that ties between mappings fall the same way for the same drawing. Colour refinement (Weisfeiler and
 * Leman, 1968), three rounds, then the label's own words.
 */
export function canonical(side: Side, labels: Labels, rule: LabelRule): Side {
  const around: string[][] = side.things.map(() => [])
  let colours = ranks(side.things.map(({ kind, label }) => `${kind} ${labels.meaning(label)}`))
  for (let round = 0; round < 3; round++) {
    for (const list of around) list.length = 0
    const say = (at: number, word: string, other: number) => {
      if (at >= 0) around[at]?.push(`${word} ${colours[other] ?? -1}`)
    }
    for (const arc of side.arcs) {
      const label = rule.meaning(arc.label)
      const mark = arc.accepted ? '=' : ''
      say(arc.from, `${mark}${arc.undirected ? '-' : '>'}${label}`, arc.to)
      say(arc.to, `${mark}${arc.undirected ? '-' : '<'}${label}`, arc.from)
    }
    side.things.forEach((thing, i) => {
      for (const group of thing.within) {
        say(i, 'in', group)
        say(group, 'has', i)
      }
    })
    colours = ranks(
      around.map((words, i) => `${String(colours[i]).padStart(6, '0')} ${words.sort().join(' ')}`),
    )
  }
  const plain = side.things.map(({ label }) => normalise(label))
  const order = side.things.map((_, i) => i)
  order.sort((a, b) => {
    const byColour = (colours[a] as number) - (colours[b] as number)
    return byColour !== 0 ? byColour : compare(plain[a] as string, plain[b] as string) || a - b
  })
  return reorder(side, order)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function ranks(words: readonly string[]): number[] {
  const rank = new Map([...new Set(words)].sort(compare).map((word, i) => [word, i]))
  return words.map((word) => rank.get(word) ?? 0)
}

function reorder(side: Side, order: readonly number[]): Side {
  const now = new Int32Array(order.length)
  order.forEach((before, i) => {
    now[before] = i
  })
  const moved = (i: number) => (i < 0 ? -1 : (now[i] as number))
  return {
    things: order.map((before) => {
      const thing = side.things[before] as Thing
      return { ...thing, within: thing.within.map(moved) }
    }),
    arcs: side.arcs.map((arc) => ({ ...arc, from: moved(arc.from), to: moved(arc.to) })),
  }
}
