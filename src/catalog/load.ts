import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Catalogue } from '#app/ports.ts'
import { buildVocabulary, type Diagram } from '#domain/diagram/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type Finding, printFinding } from './finding.ts'
import { type Content, listContent, readContent } from './read-content.ts'
import { resolveDiagram } from './resolve.ts'

export interface LoadOptions {
  readonly contentFolder: string
  /** Keeps the parsed content, so that only a change of a file costs its parsing. Null: no cache. */
  readonly cacheFile: string | null
}

/** The whole catalogue, or the reasons why it is none. */
export function loadCatalogue(options: LoadOptions): Result<Catalogue, readonly Finding[]> {
  const content = cachedContent(options)
  if (!content.ok) return content
  const { items, concepts, sources } = content.value
  const field = buildVocabulary(concepts).vocabulary
  const byId = new Map(items.map((item) => [item.id, item]))
  const diagrams = lazyMap(byId, (item) => resolveDiagram(item, field).diagram)
  let icons: Catalogue['icons'] | null = null
  return ok({
    items: byId,
    diagrams,
    concepts: new Map(concepts.map((concept) => [concept.id, concept])),
    sources: new Map(sources.map((source) => [source.id, source])),
    get icons() {
      icons ??= readJson(join(options.contentFolder, 'icons.json')) as Catalogue['icons']
      return icons
    },
    bakedLayout: (id: string) =>
      byId.has(id) ? readJson(join(options.contentFolder, 'layouts', `${id}.json`)) : null,
  })
}

/** Drawings are parsed when they are first asked for: most commands need few of them. */
function lazyMap<T>(from: ReadonlyMap<string, T>, make: (value: T) => Diagram): ReadonlyMap<string, Diagram> {
  const made = new Map<string, Diagram>()
  const get = (id: string): Diagram | undefined => {
    const known = made.get(id)
    const source = from.get(id)
    if (known || source === undefined) return known
    const value = make(source)
    made.set(id, value)
    return value
  }
  const all = function* (): MapIterator<[string, Diagram]> {
    for (const id of from.keys()) yield [id, get(id) as Diagram]
    return undefined
  }
  const lazy: ReadonlyMap<string, Diagram> = {
    size: from.size,
    has: (id) => from.has(id),
    get,
    keys: () => from.keys(),
    entries: all,
    [Symbol.iterator]: all,
    values: function* (): MapIterator<Diagram> {
      for (const [, diagram] of all()) yield diagram
      return undefined
    },
    forEach: (callback) => {
      for (const [id, diagram] of all()) callback(diagram, id, lazy)
    },
  }
  return lazy
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function cachedContent({ contentFolder, cacheFile }: LoadOptions): Result<Content, readonly Finding[]> {
  const print = fingerprint(contentFolder)
  if (cacheFile !== null) {
    const cached = readJson(cacheFile) as { fingerprint?: string; content?: Content } | null
    if (cached?.fingerprint === print && cached.content) return ok(cached.content)
  }
  const { items, concepts, sources, findings } = readContent(contentFolder)
  if (findings.length > 0) return err(findings)
  const content: Content = { items, concepts, sources }
  if (cacheFile !== null) keep(cacheFile, JSON.stringify({ fingerprint: print, content }))
  return ok(content)
}

const CACHE_VERSION = 2

const fingerprint = (folder: string): string =>
  [
    CACHE_VERSION,
    ...listContent(folder).map(({ file, bytes, modifiedMs }) => `${file} ${bytes} ${modifiedMs}`),
  ].join('\n')

/** A cache that cannot be written costs time, never the work. */
function keep(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const fresh = `${file}.${process.pid}`
    writeFileSync(fresh, text)
    renameSync(fresh, file)
  } catch {}
}

export const printFindings = (findings: readonly Finding[]): string => findings.map(printFinding).join('\n')
