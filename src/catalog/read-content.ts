import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  CATEGORIES,
  type Concept,
  conceptFile,
  type DiagramItem,
  diagramItem,
  type Source,
  sourceFile,
} from '#domain/curriculum/index.ts'
import type { Finding } from './finding.ts'
import { type LineOf, readYaml } from './yaml-file.ts'

/** All of content/ as its files say it, before anything is resolved. Plain JSON, but for `lineOf`. */
export interface Content {
  readonly items: readonly DiagramItem[]
  readonly concepts: readonly Concept[]
  readonly sources: readonly Source[]
}

export interface ReadContent extends Content {
  /** By diagram, concept or source id: the file that holds it and where in it each value stands. */
  readonly places: ReadonlyMap<string, { readonly file: string; readonly lineOf: LineOf }>
  readonly findings: readonly Finding[]
}

export interface ContentFile {
  readonly file: string
  readonly bytes: number
  readonly modifiedMs: number
}

/** Every YAML file below content/, in order. */
export function listContent(root: string): ContentFile[] {
  const list = (folder: string): ContentFile[] =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const file = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.isDirectory()) return file === 'layouts' ? [] : list(file)
        if (!entry.name.endsWith('.yaml')) return []
        const { size, mtimeMs } = statSync(join(root, file))
        return [{ file, bytes: size, modifiedMs: mtimeMs }]
      })
  return list('')
}

export function readContent(root: string): ReadContent {
  const items: DiagramItem[] = []
  const concepts: Concept[] = []
  const sources: Source[] = []
  const places = new Map<string, { file: string; lineOf: LineOf }>()
  const findings: Finding[] = []
  const claim = (key: string, file: string, lineOf: LineOf): boolean => {
    const other = places.get(key)
    if (!other) places.set(key, { file, lineOf })
    else
      findings.push({
        file,
        line: lineOf([key.replace(/^\w+:/, '')]),
        message: `\`${key}\` stands in ${other.file} too`,
        mend: 'keep one of them',
      })
    return !other
  }
  for (const { file } of listContent(root)) {
    const text = readFileSync(join(root, file), 'utf8')
    if (file.startsWith('concepts/')) {
      const read = readYaml(file, text, conceptFile)
      findings.push(...read.findings)
      for (const [id, entry] of Object.entries(read.value ?? {})) {
        if (claim(`concept:${id}`, file, read.lineOf))
          concepts.push({ id, ...entry, icon: entry.icon ?? null })
      }
    } else if (file.startsWith('sources')) {
      const read = readYaml(file, text, sourceFile)
      findings.push(...read.findings)
      for (const [id, entry] of Object.entries(read.value ?? {})) {
        if (claim(`source:${id}`, file, read.lineOf)) sources.push({ id, ...entry })
      }
    } else if (file.startsWith('diagrams/')) {
      const id = file.slice('diagrams/'.length, -'.yaml'.length)
      const category = CATEGORIES.find((one) => id.startsWith(`${one}/`))
      if (!category || !/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
        const mend = 'diagrams stand in diagrams/<category>/<slug>.yaml, in small letters, digits and hyphens'
        findings.push({ file, line: 1, message: `\`${id}\` is no id of a diagram`, mend })
        continue
      }
      const read = readYaml(file, text, diagramItem)
      findings.push(...read.findings)
      places.set(`diagram:${id}`, { file, lineOf: read.lineOf })
      if (read.value) items.push({ ...read.value, id, category })
    }
  }
  return { items, concepts, sources, places, findings }
}
