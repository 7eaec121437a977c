import {
  type Diagram,
  type DrawnNode,
  displayName,
  type ElementId,
  hiddenWith,
  isLinked,
  joinPath,
  type LinkedDrawing,
  occluded,
  printDrawing,
} from '#domain/diagram/index.ts'
import type { Confusion } from '#domain/progress/index.ts'
import { normalise } from '#lib/text.ts'
import { layoutOf } from './diagrams.ts'
import { type Learner, standingOf } from './learner.ts'
import type { World } from './ports.ts'
import { thingOf } from './takings.ts'
import type { ContrastSide } from './views-mistakes.ts'

/** A diagram of a drill with what is taken out of it. */
export interface Side {
  readonly diagram: Diagram
  readonly drawing: LinkedDrawing
  /** The nodes that are one of the two, in the order of their numbers from 1. */
  readonly blanks: readonly DrawnNode[]
  /** Those nodes and, but for a sequence, their connections. */
  readonly hidden: ReadonlySet<ElementId>
}

/** So many elements are as great a flaw as any by their number: nearly a redraw of its own. */
const HIDDEN_MANY = 8

/** The diagram with all nodes blank that are one of these things; null where it has none, or is no graph. */
export function sideOf(
  { catalogue }: Pick<World, 'catalogue'>,
  diagram: Diagram,
  things: readonly string[],
): Side | null {
  const { drawing } = diagram
  if (!isLinked(drawing)) return null
  const blanks = drawing.nodes.filter(({ label }) => things.includes(thingOf(catalogue, diagram, label)))
  if (blanks.length === 0) return null
  const nodes = new Set(blanks.map(({ id }): ElementId => `node:${id}`))
  // The order of messages is a question of its own: of a sequence only the names are asked.
  const hidden = drawing.form === 'sequence' ? nodes : hiddenWith(drawing, nodes)
  return { diagram, drawing, blanks, hidden }
}

/**
 * A diagram in which the one was expected and another that shows the other one: met before and not due now if there is one,
 * else one that does not name what it asks. One side alone, where it shows both. Null where no diagram shows the other.
 */
export function sidesOf(world: World, learner: Learner, confusion: Confusion): readonly Side[] | null {
  const { expected, drawn, takings } = confusion
  const confused = takings.filter((one) => one.expected === expected).map(({ diagram }) => diagram)
  const side = bestOf(world, learner, [...new Set(confused.reverse())], expected, drawn)
  if (!side) return null
  const here = side.diagram.item.id
  const others = [...world.catalogue.items.keys()]
    .filter((id) => id !== here)
    .sort((a, b) => metRank(learner, a) - metRank(learner, b) || (a < b ? -1 : 1))
  const best = bestOf(world, learner, others, drawn, expected)
  if (best) return [side, best]
  const has = side.blanks.some(({ label }) => thingOf(world.catalogue, side.diagram, label) === drawn)
  return has ? [side] : null
}

const MET = { resting: 0, due: 1, new: 2 } as const
const metRank = (learner: Learner, id: string): number => MET[standingOf(learner, id).state]

/**
 * The first of the best rank that shows a thing: best is one whose connections can be asked too, with few of them, and that
 * does not say what a blank is called. Where `ids` stand in the order of how well they are known, the known come first.
 */
function bestOf(
  world: World,
  learner: Learner,
  ids: readonly string[],
  thing: string,
  other: string,
): Side | null {
  let best: { readonly side: Side; readonly rank: number } | null = null
  for (const id of ids) {
    const known = metRank(learner, id)
    // Nothing further down can be better.
    if (best && best.rank < 10 * known) break
    const diagram = world.catalogue.diagrams.get(id)
    const side = diagram && sideOf(world, diagram, [thing, other])
    if (!side?.blanks.some(({ label }) => thingOf(world.catalogue, side.diagram, label) === thing)) continue
    const rank = 10 * known + flaws(side)
    if (best === null || rank < best.rank) best = { side, rank }
  }
  return best?.side ?? null
}

const flaws = (side: Side): number =>
  (isTold(side) ? 4 : 0) +
  (side.drawing.form === 'sequence' ? 3 : 0) +
  Math.min(2, side.hidden.size / HIDDEN_MANY)

/** `leader, isr` says Leader. */
const words = (text: string): string =>
  ` ${normalise(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

/** Whether what is still to be seen says what a blank is called. */
function isTold({ diagram, drawing, blanks, hidden }: Side): boolean {
  const { vocabulary, item } = diagram
  const names = blanks.map(({ label }) => words(displayName(vocabulary, label)))
  const seen = [
    item.title,
    item.question,
    ...[...drawing.nodes, ...drawing.groups]
      .filter(({ id }) => !hidden.has(`node:${id}`))
      .map(({ label }) => displayName(vocabulary, label)),
    // On a topology's lines words are free, and those that tell are left out.
    ...drawing.edges
      .filter(({ id }) => drawing.form !== 'topology' && !hidden.has(`edge:${id}`))
      .map(({ label }) => displayName(vocabulary, label)),
  ]
  return seen.some((text) => names.some((name) => words(text).includes(name)))
}

/** How long naming the blanks and drawing their connections takes, seconds; and reading the two drawings. */
export const secondsFor = (sides: readonly Side[]): number =>
  sides.reduce((sum, { hidden }) => sum + 20 + 8 * hidden.size, 0)

/** The id of the node that stands for a blank: its number, in the group where it stands. */
export const blankId = ({ group }: DrawnNode, place: number): string => joinPath(group, String(place + 1))

/** What is sent of a side: nothing of a blank but where it stands. */
export async function sideView(world: World, side: Side): Promise<ContrastSide> {
  const { diagram, drawing, blanks } = side
  const { vocabulary, item } = diagram
  const ids = new Map(blanks.map((node, place) => [node.id, blankId(node, place)]))
  const shown = (label: string) => displayName(vocabulary, label)
  const laidOut = await layoutOf(world, diagram)
  const nodes = laidOut.kind === 'linked' ? laidOut.nodes : []
  return {
    diagram: item.id,
    title: item.title,
    question: item.question,
    form: item.form,
    drawing: printDrawing(blanked(side, ids, shown)),
    places: Object.fromEntries(
      nodes.map(({ el, box }) => {
        const id = el.slice('node:'.length)
        return [ids.get(id) ?? id, { x: box.x + box.width / 2, y: box.y + box.height / 2 }]
      }),
    ),
    blanks: blanks.map((node, place) => ({ number: place + 1, node: blankId(node, place) })),
    connections: drawing.form !== 'sequence',
  }
}

function blanked(
  { drawing, blanks, hidden, diagram }: Side,
  ids: ReadonlyMap<string, string>,
  shown: (label: string) => string,
): LinkedDrawing {
  const names = blanks.map(({ label }) => words(displayName(diagram.vocabulary, label)))
  const rest = occluded(
    drawing,
    new Set([...hidden].filter((one) => !one.startsWith('node:'))),
  ) as LinkedDrawing
  const free = (label: string) =>
    drawing.form === 'topology' && names.some((name) => words(label).includes(name)) ? '' : label
  const end = (id: string) => ids.get(id) ?? id
  return {
    ...rest,
    nodes: rest.nodes.map((node) => {
      const at = blanks.findIndex(({ id }) => id === node.id)
      return at < 0
        ? { ...node, label: shown(node.label) }
        : { ...node, id: end(node.id), label: String(at + 1) }
    }),
    groups: rest.groups.map((group) => ({ ...group, label: shown(group.label) })),
    edges: rest.edges.map((edge) => ({
      ...edge,
      from: end(edge.from),
      to: end(edge.to),
      label: free(edge.label),
    })),
  }
}
