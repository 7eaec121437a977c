import type { Concept, DiagramItem } from '#domain/curriculum/index.ts'
import {
  buildVocabulary,
  type Diagram,
  type Drawing,
  type DrawnEdge,
  type Form,
  type LinkedDrawing,
  type LinkedForm,
} from '#domain/diagram/index.ts'
import type { Random } from '#lib/random.ts'

/** Seeded drawings and attempts, for the properties and for the benchmark: never for a learner. */

const WORDS =
  'amber birch cedar delta ember flint grove haven ivory jade krill lotus maple north ocean pearl'.split(' ')
const concept = (id: string): Concept => {
  const name = id.replace('-', ' ')
  return { id, name, kind: 'component', layer: 'none', icon: null, aliases: [`the ${name}`, `${name} unit`] }
}

/** 256 concepts of two words, each with two synonyms. */
export const CONCEPTS = WORDS.flatMap((one) => WORDS.map((two) => `${one}-${two}x`))
const VOCABULARY = buildVocabulary(CONCEPTS.map(concept)).vocabulary

export const int = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1))

export const pick = <T>(random: Random, list: readonly T[]): T => list[int(random, 0, list.length - 1)] as T

export function shuffle<T>(random: Random, list: readonly T[]): T[] {
  const mixed = [...list]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = int(random, 0, i)
    const held = mixed[i] as T
    mixed[i] = mixed[j] as T
    mixed[j] = held
  }
  return mixed
}

export interface Shape {
  readonly nodes: number
  readonly edges: number
  readonly groups: number
  /** Share of the labels that are instances of one concept (`node a`, `node b`). */
  readonly instances?: number
}

const edge = (id: string, from: string, to: string, arrow: DrawnEdge['arrow'], label: string): DrawnEdge => {
  return { id, from, to, arrow, label }
}

/** A connected drawing: a random tree, then further edges; nodes in groups where there are some. */
export function randomLinked(random: Random, form: LinkedForm, shape: Shape): LinkedDrawing {
  const names = shuffle(random, CONCEPTS)
  const groups = Array.from({ length: shape.groups }, (_, i) => {
    const parent = i > 0 && random() < 0.2 ? `g${int(random, 0, i - 1)}` : null
    return { id: `g${i}`, label: names[200 + i] as string, parent }
  })
  const nodes = Array.from({ length: shape.nodes }, (_, i) => {
    const again = i > 0 && random() < (shape.instances ?? 0)
    const label = again ? `${names[0]} ${String.fromCharCode(97 + (i % 26))}` : (names[i] as string)
    const group = groups.length > 0 && random() < 0.7 ? pick(random, groups).id : null
    return { id: `n${i}`, label, group }
  })
  const guarded = form !== 'topology'
  const label = () => (guarded && random() < 0.8 ? (names[100 + int(random, 0, 8)] as string) : '')
  const arrow = (): DrawnEdge['arrow'] =>
    form === 'topology' && random() < 0.1 ? pick(random, ['both', 'undirected'] as const) : 'directed'
  const edges = Array.from({ length: nodes.length < 2 ? 0 : shape.edges }, (_, e) => {
    const [from, to] = e + 1 < nodes.length ? [int(random, 0, e), e + 1] : twoOf(random, nodes.length)
    const end = groups.length > 0 && random() < 0.05 ? pick(random, groups).id : `n${to}`
    return edge(`e${e}`, `n${from}`, end, arrow(), label())
  })
  return { form, nodes, edges: form === 'sequence' ? shuffle(random, edges) : edges, groups }
}

function twoOf(random: Random, size: number): [number, number] {
  const one = int(random, 0, size - 1)
  return [one, (one + int(random, 1, size - 1)) % size]
}

export function randomReference(random: Random, form: Form, small = false): Drawing {
  const names = shuffle(random, CONCEPTS)
  if (form === 'timeline') {
    const lanes = random() < 0.6
    const events = Array.from({ length: int(random, 3, small ? 5 : 12) }, (_, i) => {
      const lane = lanes && random() < 0.8 ? (names[100 + int(random, 0, 3)] as string) : ''
      return { id: `t${i}`, at: '', label: names[i] as string, lane }
    })
    return { form, events }
  }
  if (form === 'matrix') {
    const columns = names.slice(0, int(random, 2, small ? 3 : 5))
    const rows = names.slice(20, 20 + int(random, 2, small ? 3 : 6)).map((label) => {
      const cell = () => pick(random, ['', '5 ms', '3 TB', names[40] as string, names[41] as string])
      return { label, cells: columns.map(cell) }
    })
    return { form, columns, rows }
  }
  const nodes = int(random, 3, small ? 5 : 10)
  const groups = form === 'sequence' ? 0 : int(random, 0, small ? 2 : 3)
  const edges = int(random, nodes - 1, nodes + (small ? 2 : 6))
  return randomLinked(random, form, { nodes, edges, groups, instances: random() < 0.5 ? 0.3 : 0 })
}

/** A diagram around a drawing, with one fact and one context slot. */
export function diagramOf(
  drawing: Drawing,
  accept: DiagramItem['accept'] = [],
  alternatives: DiagramItem['alternatives'] = [],
): Diagram {
  const item: DiagramItem = {
    id: 'patterns/trial',
    category: 'patterns',
    title: 'A trial',
    form: drawing.form,
    question: 'What does it look like?',
    tier: 1,
    group: 'trial/trial',
    minutes: 10,
    complexity: 1,
    window: 'light',
    needs: [],
    covers: [],
    revision: 1,
    drawing: '…',
    names: {},
    accept,
    alternatives,
    facts: [
      {
        id: 'latency',
        ask: 'How slow?',
        value: '200 ms',
        tolerance: 0,
        accept: [],
        source: ['x'],
        as_of: '2020',
      },
    ],
    context: [{ slot: 'used-by', ask: 'Who uses it?', accept: ['amber-birchx'], source: ['x'] }],
    walkthrough: [],
    mutation: { ask: '…', answer: '…', because: '…' },
  }
  return { item, drawing, vocabulary: VOCABULARY }
}

/** How a learner's drawing differs from the reference: chances per element. */
export interface Slips {
  readonly drop: number
  readonly rename: number
  readonly reverse: number
  readonly relabel: number
  readonly move: number
  /** At most so many more nodes and edges. */
  readonly extra: number
}

export const SOME_SLIPS: Slips = {
  drop: 0.15,
  rename: 0.2,
  reverse: 0.15,
  relabel: 0.2,
  move: 0.15,
  extra: 2,
}

/** A label that means nothing: no concept, and near to none. */
export const unknown = (random: Random): string =>
  `nameless ${pick(random, ['qux', 'quux', 'corge'])}thing${int(random, 10, 99)}`

/** A linked drawing as somebody might remember it. */
export function misremember(random: Random, reference: LinkedDrawing, slips: Slips): LinkedDrawing {
  const chance = (share: number) => random() < share
  const groups = reference.groups.filter(() => !chance(slips.drop))
  const has = (id: string | null) => groups.some((group) => group.id === id)
  const nodes = reference.nodes
    .filter(() => !chance(slips.drop))
    .map((node) => {
      const moved = chance(slips.move) ? (groups.length > 0 ? pick(random, groups).id : null) : node.group
      return {
        id: node.id,
        label: chance(slips.rename) ? (chance(0.5) ? unknown(random) : pick(random, CONCEPTS)) : node.label,
        group: has(moved) ? moved : null,
      }
    })
  for (let i = int(random, 0, slips.extra); i > 0; i--)
    nodes.push({ id: `x${i}`, label: chance(0.5) ? unknown(random) : pick(random, CONCEPTS), group: null })
  const ends = new Set([...nodes, ...groups].map(({ id }) => id))
  const edges = reference.edges
    .filter(({ from, to }) => ends.has(from) && ends.has(to) && !chance(slips.drop))
    .map((one) => {
      const turned = chance(slips.reverse) ? { ...one, from: one.to, to: one.from } : one
      return chance(slips.relabel) ? { ...turned, label: chance(0.5) ? '' : pick(random, CONCEPTS) } : turned
    })
  for (let i = nodes.length < 2 ? 0 : int(random, 0, slips.extra); i > 0; i--) {
    const [from, to] = twoOf(random, nodes.length)
    edges.push(edge(`y${i}`, nodes[from]?.id ?? '', nodes[to]?.id ?? '', 'directed', ''))
  }
  const parent = (id: string | null) => (has(id) ? id : null)
  return {
    form: reference.form,
    nodes,
    edges,
    groups: groups.map((group) => ({ ...group, parent: parent(group.parent) })),
  }
}

/** Any drawing as somebody might remember it. */
export function misrememberAny(random: Random, reference: Drawing, slips: Slips): Drawing {
  const keep = () => random() >= slips.drop
  const word = (label: string) => (random() < slips.rename ? unknown(random) : label)
  if (reference.form === 'timeline') {
    const events = reference.events.filter(keep).map((event) => ({
      ...event,
      label: word(event.label),
      lane: random() < slips.move ? '' : event.lane,
    }))
    return { form: 'timeline', events: random() < slips.move ? shuffle(random, events) : events }
  }
  if (reference.form === 'matrix') {
    const kept = reference.columns.map(keep)
    const rows = reference.rows.filter(keep).map((row) => ({
      label: word(row.label),
      cells: row.cells.filter((_, c) => kept[c]).map((cell) => (keep() ? word(cell) : '')),
    }))
    return { form: 'matrix', columns: reference.columns.filter((_, c) => kept[c]).map(word), rows }
  }
  return misremember(random, reference, slips)
}

/** Every way to place things; `use` sees each. */
export function everyPlacing(
  options: readonly (readonly number[])[],
  use: (placing: Int32Array) => void,
): void {
  const placing = new Int32Array(options.length).fill(-1)
  const taken = new Set<number>()
  const place = (i: number): void => {
    if (i === options.length) {
      use(placing)
      return
    }
    place(i + 1)
    for (const j of options[i] ?? []) {
      if (taken.has(j)) continue
      taken.add(j)
      placing[i] = j
      place(i + 1)
      placing[i] = -1
      taken.delete(j)
    }
  }
  place(0)
}
