import { ownNames } from '#domain/curriculum/index.ts'
import {
  type DrawnEdge,
  displayName,
  type LinkedDrawing,
  parseDrawing,
  resolve,
  type Vocabulary,
  withNames,
} from '#domain/diagram/index.ts'
import { nearest } from '#lib/text.ts'
import type { DesignFile, EdgeNumbers, NodeNumbers } from './design.ts'
import { assumedBeside } from './design-assume.ts'
import { ROLE_TABLE, type Role, roleOf } from './design-defaults.ts'
import { readFault, type WrittenFault } from './design-fault.ts'
import { type DesignProblem, findEdge, findNode } from './design-places.ts'
import { type Regions, resolveRegions } from './design-regions.ts'
import {
  checkAsked,
  kindNames,
  type ResolvedWorkload,
  resolveWorkloads,
  unknownWorkload,
} from './design-resolve-load.ts'

export interface DesignNode {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly group: string | null
  /** With the table's numbers where the file gives none. */
  readonly numbers: NodeNumbers
}

export interface DesignEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly numbers: EdgeNumbers
}

/** A number that the file does not give. */
export interface Assumption {
  readonly where: string
  readonly says: string
}

/** A design whose every number has found its place in the drawing. */
export interface Design {
  readonly file: DesignFile
  readonly drawing: LinkedDrawing
  readonly vocabulary: Vocabulary
  readonly nodes: ReadonlyMap<string, DesignNode>
  /** In the drawing's order: the order in which a node calls others. */
  readonly edges: readonly DesignEdge[]
  readonly workloads: readonly ResolvedWorkload[]
  readonly regions: Regions
  readonly faults: readonly WrittenFault[]
  readonly assumptions: readonly Assumption[]
}

export interface ResolvedDesign {
  readonly design: Design | null
  readonly problems: readonly DesignProblem[]
}

/** Joins the drawing and the numbers; every fault is found, not only the first. */
export function resolveDesign(file: DesignFile, field: Vocabulary): ResolvedDesign {
  const problems: DesignProblem[] = []
  const { drawing, problems: misread } = parseDrawing(file.drawing, 'topology')
  for (const { line, message, suggestion } of misread) {
    const mend = suggestion === null ? 'see docs/notation.md' : `did you mean \`${suggestion}\`?`
    problems.push({ path: ['drawing'], drawingLine: line, message, mend })
  }
  if (drawing.form === 'timeline' || drawing.form === 'matrix') return { design: null, problems }
  const vocabulary = withNames(field, ownNames(file))
  const assumptions: Assumption[] = []
  const nodes = resolveNodes(file, drawing, vocabulary, { problems, assumptions })
  const edges = resolveEdges(file, drawing, nodes, problems)
  const workloads = resolveWorkloads(file, drawing, nodes, problems)
  const faults = file.faults.flatMap((text, i) => {
    const fault = readFault(text)
    if (fault.ok) return [fault.value]
    problems.push({ path: ['faults', i], message: fault.error, mend: 'docs/designs.md lists the faults' })
    return []
  })
  checkAsked(file, problems)
  const regions = resolveRegions(file, drawing, problems)
  for (const id of unreached(nodes, edges, workloads)) {
    const name = nodes.get(id)?.name ?? id
    assumptions.push({ where: name, says: 'no request reaches it, so it does nothing in this run' })
  }
  assumptions.push(...assumedBeside(file, nodes, edges, workloads))
  const design: Design = { file, drawing, vocabulary, nodes, edges, workloads, regions, faults, assumptions }
  return { design: problems.length === 0 ? design : null, problems }
}

interface Notes {
  readonly problems: DesignProblem[]
  readonly assumptions: Assumption[]
}

function resolveNodes(
  file: DesignFile,
  drawing: LinkedDrawing,
  vocabulary: Vocabulary,
  { problems, assumptions }: Notes,
): ReadonlyMap<string, DesignNode> {
  const given = new Map<string, { key: string; numbers: NodeNumbers }>()
  for (const [key, numbers] of Object.entries(file.nodes)) {
    const id = findNode(drawing, key)
    const path = ['nodes', key]
    if (!id.ok) problems.push({ path, message: id.error, mend: 'name a node of the drawing' })
    else if (given.has(id.value))
      problems.push({ path, message: `\`${key}\` has numbers twice`, mend: 'join the two' })
    else given.set(id.value, { key, numbers })
  }
  const nodes = new Map<string, DesignNode>()
  const names = namesOf(drawing, vocabulary)
  for (const { id, label, group } of drawing.nodes) {
    const concept = resolve(vocabulary, label)?.concept ?? null
    const layer = concept === null ? 'none' : (vocabulary.concepts.get(concept)?.layer ?? 'none')
    const own = given.get(id)
    const { role: asked, ...numbers } = own?.numbers ?? {}
    const role = asked ?? roleOf(concept, layer)
    const name = names.get(id) ?? label
    const { takes, defaults } = ROLE_TABLE[role]
    for (const field of Object.keys(numbers)) {
      if (takes.some((one) => one === field)) continue
      const near = nearest(field, takes)
      const mend =
        near === null ? `a ${role} takes ${takes.join(', ') || 'none'}` : `did you mean \`${near}\`?`
      const message = `${name} is a ${role}, which has no \`${field}\``
      problems.push({ path: ['nodes', own?.key ?? id, field], message, mend })
    }
    if (role === 'limiter' && numbers.limit === undefined)
      problems.push({
        path: own === undefined ? ['drawing'] : ['nodes', own.key],
        message: `${name} limits requests and has no \`limit\``,
        mend: `write \`nodes: { ${id}: { limit: 100/s } }\``,
      })
    // A cache with room for entries decides by them what it hits.
    const { hits, ...rest } = defaults
    const assumed = numbers.entries !== undefined || hits === undefined ? rest : { ...rest, hits }
    nodes.set(id, { id, name, role, group, numbers: { ...assumed, ...numbers } })
    assumptions.push(...assume(name, role, assumed, numbers, concept === null && asked === undefined))
  }
  return nodes
}

/** What each node is called in a report: with its group, where others have the same name. */
function namesOf(drawing: LinkedDrawing, vocabulary: Vocabulary): ReadonlyMap<string, string> {
  const names = drawing.nodes.map(({ label }) => displayName(vocabulary, label))
  return new Map(
    drawing.nodes.map(({ id, group }, i) => {
      const name = names[i] ?? id
      const alone = names.filter((one) => one === name).length === 1
      return [id, alone || group === null ? name : `${name} (${group})`]
    }),
  )
}

function assume(
  name: string,
  role: Role,
  assumed: NodeNumbers,
  given: NodeNumbers,
  unknown: boolean,
): Assumption[] {
  if (role === 'source') return []
  const missing = Object.entries(assumed).filter(([field]) => given[field as keyof NodeNumbers] === undefined)
  const role_ = unknown ? [{ where: name, says: `taken for a ${role}: the vocabulary does not know it` }] : []
  if (missing.length === 0) return role_
  const says = missing.map(([field, value]) => `${field} ${showNumber(field, value)}`).join(', ')
  return [...role_, { where: name, says: `${role}: ${says}` }]
}

const SECONDS = new Set(['service', 'write', 'lag', 'ttl', 'slow_start', 'failover', 'health_check'])

function showNumber(field: string, value: unknown): string {
  if (typeof value !== 'number') return String(value)
  if (SECONDS.has(field)) return `${value * 1000} ms`
  if (field === 'memory') return `${value / 1e9} GB`
  return field === 'hits' ? `${value * 100}%` : String(value)
}

function resolveEdges(
  file: DesignFile,
  drawing: LinkedDrawing,
  nodes: ReadonlyMap<string, DesignNode>,
  problems: DesignProblem[],
): DesignEdge[] {
  const given = new Map<string, EdgeNumbers>()
  for (const [key, numbers] of Object.entries(file.edges)) {
    const edge = findEdge(drawing, key)
    const path = ['edges', key]
    if (edge.ok) given.set(edge.value.id, { ...given.get(edge.value.id), ...numbers })
    else problems.push({ path, message: edge.error, mend: 'name a connection of the drawing, `a -> b`' })
    for (const one of [numbers.only ?? []].flat()) {
      if (!kindNames(file).includes(one))
        problems.push(unknownWorkload([...path, 'only'], one, kindNames(file)))
    }
    if (numbers.miss_of === undefined) continue
    const cache = findNode(drawing, numbers.miss_of)
    if (!cache.ok)
      problems.push({
        path: [...path, 'miss_of'],
        message: cache.error,
        mend: 'name the cache that is asked first',
      })
    else if (!['cache', 'cdn'].includes(nodes.get(cache.value)?.role ?? ''))
      problems.push({
        path: [...path, 'miss_of'],
        message: `\`${numbers.miss_of}\` is no cache`,
        mend: 'name a cache, or give that node `role: cache`',
      })
  }
  return drawing.edges.flatMap((edge) => resolveEdge(edge, nodes, given.get(edge.id) ?? {}, problems))
}

function resolveEdge(
  edge: DrawnEdge,
  nodes: ReadonlyMap<string, DesignNode>,
  numbers: EdgeNumbers,
  problems: DesignProblem[],
): DesignEdge[] {
  if (edge.arrow === 'undirected' || numbers.when === 'never') return []
  if (!nodes.has(edge.from) || !nodes.has(edge.to)) {
    const message = `\`${edge.id}\` ends at a group`
    problems.push({
      path: ['drawing'],
      message,
      mend: 'connect the nodes in it, or set `when: never` for it',
    })
    return []
  }
  // An answer to a client goes back the way its request came.
  if (nodes.get(edge.to)?.role === 'source') return []
  return [{ id: edge.id, from: edge.from, to: edge.to, numbers }]
}

function unreached(
  nodes: ReadonlyMap<string, DesignNode>,
  edges: readonly DesignEdge[],
  workloads: Design['workloads'],
): string[] {
  const seen = new Set(workloads.map(({ entry }) => entry))
  // Ids are added to the set while it is walked: a set hands those out too.
  for (const id of seen) for (const { from, to } of edges) if (from === id) seen.add(to)
  return [...nodes.values()].filter(({ id, role }) => role !== 'source' && !seen.has(id)).map(({ id }) => id)
}
