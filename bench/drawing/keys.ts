import { loadCatalogue } from '#catalog/load.ts'
import {
  buildCompletions,
  type CompletionIndex,
  complete,
  type Diagram,
  displayName,
  isLinked,
  type LinkedDrawing,
  type OwnName,
  resolve,
} from '#domain/diagram/index.ts'
import { parSeconds } from '#domain/grading/index.ts'
import { invariant } from '#lib/invariant.ts'

/** A word is five keys; 40 words a minute. */
export const WORDS_A_MINUTE = 40
export const KEY_MS = 60_000 / (5 * WORDS_A_MINUTE)

/** From reading the question to the first key. */
const THINKING_S = 15

export interface Modelled {
  readonly id: string
  readonly keys: number
  /** Typing and thinking, as a share of the diagram's clock. */
  readonly share: number
}

/** Every diagram of the curriculum by the keystroke-level model: what a practised hand types, and for how long. */
export function modelled(contentFolder: string): Modelled[] {
  const loaded = loadCatalogue({ contentFolder, cacheFile: null })
  invariant(loaded.ok, 'the content does not load')
  const { concepts, diagrams } = loaded.value
  const index = buildCompletions([...concepts.values()])
  return [...diagrams.values()].map((diagram) => {
    const keys = new Typist(diagram, index).keys()
    const seconds = THINKING_S + (keys * KEY_MS) / 1000
    return { id: diagram.item.id, keys, share: seconds / parSeconds(diagram.drawing) }
  })
}

/**
 * Names are typed out by their shortest wording, or begun and taken with Tab from the first two suggestions; a line goes on from
 * the last node where it can. Labels that are not graded are left out.
 */
class Typist {
  readonly #diagram: Diagram
  readonly #index: CompletionIndex
  readonly #drawn: OwnName[] = []

  constructor(diagram: Diagram, index: CompletionIndex) {
    this.#diagram = diagram
    this.#index = index
  }

  keys(): number {
    const { drawing } = this.#diagram
    const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)
    if (drawing.form === 'timeline')
      return sum(
        drawing.events.map(({ at, label, lane }) => at.length + 3 + this.#name(label) + this.#rest(lane) + 1),
      )
    if (drawing.form === 'matrix') {
      const columns = sum(drawing.columns.map((label) => this.#rest(label)))
      const rows = drawing.rows.map(
        ({ label, cells }) => this.#name(label) + sum(cells.map((cell) => this.#rest(cell))) + 1,
      )
      return columns + 1 + sum(rows)
    }
    invariant(isLinked(drawing), 'what is neither has nodes')
    return this.#linked(drawing)
  }

  #linked({ form, nodes, edges, groups }: LinkedDrawing): number {
    const labels = new Map([...groups, ...nodes].map(({ id, label }) => [id, label]))
    const name = (id: string) => this.#name(labels.get(id) ?? '')
    let keys = 0
    let last = ''
    for (const { from, to, label } of edges) {
      keys += (from === last ? '-> '.length : name(from) + ' -> '.length) + name(to) + 1
      if (form !== 'topology' && label !== '') keys += ': '.length + this.#begun(label, true)
      last = to
    }
    const linked = new Set(edges.flatMap(({ from, to }) => [from, to]))
    for (const { id } of nodes) if (!linked.has(id)) keys += name(id) + 2
    for (const { id } of groups) {
      keys += name(id) + ': {}'.length + 1
      for (const node of nodes) if (node.group === id) keys += name(node.id) + 2
    }
    return keys
  }

  #rest = (label: string): number => (label === '' ? 0 : ' | '.length + this.#name(label))

  #name(label: string): number {
    const keys = this.#begun(label, false)
    const shown = displayName(this.#diagram.vocabulary, label)
    if (!this.#drawn.some((one) => one.label === shown)) this.#drawn.push({ label: shown, concept: null })
    return keys
  }

  #begun(label: string, onEdge: boolean): number {
    const { vocabulary } = this.#diagram
    const means = resolve(vocabulary, label)?.concept
    const wordings = [label, ...((means && vocabulary.concepts.get(means)?.aliases) || [])]
    const shown = displayName(vocabulary, label)
    let fewest = Math.min(...wordings.map(({ length }) => length))
    for (let typed = 1; typed + 1 < fewest; typed++) {
      const typing = { from: 0, text: shown.slice(0, typed), label: onEdge }
      const at = complete(this.#index, this.#drawn, typing)
        .slice(0, 2)
        .findIndex((one) => one.label === shown)
      if (at >= 0) fewest = Math.min(fewest, typed + 1 + at)
    }
    return fewest
  }
}
