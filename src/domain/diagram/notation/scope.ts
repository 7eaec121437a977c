import { nearest } from '#lib/text.ts'
import type { DrawnGroup, DrawnNode } from '../model.ts'
import { joinPath, sameName } from './names.ts'
import type { NotationProblem } from './problem.ts'
import type { Word } from './scanner.ts'
import type { Path } from './statements.ts'

/** A node or a group while names are being resolved. */
export interface Entity {
  readonly parent: Entity | null
  name: string
  label: string | null
  group: boolean
  /** Where it is first mentioned: line × 2^20 + column. */
  first: number
  readonly children: Map<string, Entity>
}

const placeOf = (word: Word): number => word.line * 2 ** 20 + word.column

/** All the names of one drawing, by the group that they stand in. */
export class Scope {
  readonly #root: Entity = { parent: null, name: '', label: null, group: true, first: 0, children: new Map() }
  readonly #byName = new Map<string, Entity[]>()
  readonly #problems: NotationProblem[]

  constructor(problems: NotationProblem[]) {
    this.#problems = problems
  }

  get root(): Entity {
    return this.#root
  }

  get size(): number {
    let size = 0
    for (const entities of this.#byName.values()) size += entities.length
    return size
  }

  /** The entity of that name in that very group, made if need be. */
  declare(group: Entity, word: Word): Entity {
    const key = sameName(word.text)
    const known = group.children.get(key)
    if (known) return this.#mention(known, word)
    const entity: Entity = {
      parent: group,
      name: word.text,
      label: null,
      group: false,
      first: placeOf(word),
      children: new Map(),
    }
    group.children.set(key, entity)
    group.group = true
    this.#byName.set(key, [...(this.#byName.get(key) ?? []), entity])
    return entity
  }

  /**
   * What a path means from inside `from`: in the enclosing groups from the inside out, else the only one of that name
   * anywhere, else a new one in `from`. Null, with a problem, when it is ambiguous or its group is probably mistyped.
   */
  find(path: Path, from: Entity): Entity | null {
    const [head, ...rest] = path
    if (!head) return null
    for (let group: Entity | null = from; group; group = group.parent) {
      const found = this.#descend(group, path)
      if (found) return found
    }
    const last = path.at(-1) ?? head
    const candidates = (this.#byName.get(sameName(last.text)) ?? []).filter((entity) =>
      endsWith(entity, path),
    )
    if (candidates.length > 1) return this.#ambiguous(last, candidates)
    const [only] = candidates
    if (only) return this.#mention(only, last)
    return rest.length === 0 ? this.declare(from, head) : this.#create(path, from)
  }

  #descend(group: Entity, path: Path): Entity | null {
    let entity: Entity | undefined = group
    for (const word of path) entity = entity?.children.get(sameName(word.text))
    if (!entity || entity === group) return null
    let mentioned: Entity = entity
    for (const word of [...path].reverse()) {
      this.#mention(mentioned, word)
      mentioned = mentioned.parent ?? mentioned
    }
    return entity
  }

  #create(path: Path, from: Entity): Entity | null {
    const head = path[0]
    if (!head) return null
    const known = (this.#byName.get(sameName(head.text)) ?? []).filter((entity) => entity.group)
    if (known.length > 1) return this.#ambiguous(head, known)
    if (known.length === 0) {
      const all = [...this.#byName.values()].flat()
      // `az1` and `az2` are two names, not one with a typo.
      const groups = /\d/.test(head.text) ? [] : all.filter((entity) => entity.group)
      const near = nearest(
        head.text,
        groups.map((group) => group.name),
      )
      if (near !== null) {
        this.#fail(head, `unknown group \`${head.text}\``, near)
        return null
      }
    }
    let entity = known[0] ?? this.declare(from, head)
    for (const word of path.slice(1)) entity = this.declare(entity, word)
    return entity
  }

  #ambiguous(word: Word, candidates: readonly Entity[]): null {
    const names = candidates.map((entity) => `\`${idOf(entity)}\``)
    this.#fail(word, `\`${word.text}\` could be ${names.join(' or ')}; write its path`, null)
    return null
  }

  #mention(entity: Entity, word: Word): Entity {
    const place = placeOf(word)
    if (place < entity.first) {
      entity.first = place
      entity.name = word.text
    }
    return entity
  }

  #fail(word: Word, message: string, suggestion: string | null): void {
    this.#problems.push({ line: word.line, column: word.column, message, suggestion })
  }

  /** Nodes and groups, each in the order of their first mention. */
  elements(): { nodes: DrawnNode[]; groups: DrawnGroup[] } {
    const all = [...this.#byName.values()]
      .flat()
      .sort((a, b) => firstOf(a) - firstOf(b) || depthOf(a) - depthOf(b))
    const parentOf = (entity: Entity) => (entity.parent?.parent ? idOf(entity.parent) : null)
    const labelOf = (entity: Entity) => entity.label ?? entity.name
    return {
      nodes: all
        .filter((entity) => !entity.group)
        .map((entity) => ({ id: idOf(entity), label: labelOf(entity), group: parentOf(entity) })),
      groups: all
        .filter((entity) => entity.group)
        .map((entity) => ({ id: idOf(entity), label: labelOf(entity), parent: parentOf(entity) })),
    }
  }
}

/** A group is mentioned as soon as one of its members is. */
const firstOf = (entity: Entity): number =>
  Math.min(entity.first, ...[...entity.children.values()].map(firstOf))

const depthOf = (entity: Entity): number => (entity.parent ? depthOf(entity.parent) + 1 : 0)

export function idOf(entity: Entity): string {
  const group = entity.parent?.parent ? idOf(entity.parent) : null
  return joinPath(group, entity.name)
}

function endsWith(entity: Entity, path: Path): boolean {
  let current: Entity | null = entity
  for (const word of [...path].reverse()) {
    if (!current || sameName(current.name) !== sameName(word.text)) return false
    current = current.parent
  }
  return true
}
