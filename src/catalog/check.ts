import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DiagramItem } from '#domain/curriculum/index.ts'
import { checkAlternatives } from './check-alternatives.ts'
import { checkDesigns, priceSources } from './check-designs.ts'
import { checkDrawing } from './check-drawing.ts'
import { checkGrades, findNearDuplicates } from './check-grades.ts'
import { checkLayout } from './check-layout.ts'
import { checkNumbers } from './check-numbers.ts'
import { checkReferences } from './check-references.ts'
import { checkVocabulary } from './check-vocabulary.ts'
import type { Finding } from './finding.ts'
import { type ReadContent, readContent } from './read-content.ts'
import { fieldVocabulary, type ResolvedDiagram, resolveDiagram } from './resolve.ts'

/** Reports a fault at a value of one diagram's file. */
export type Report = (path: readonly PropertyKey[], message: string, mend: string) => void

export interface CheckedDiagram extends ResolvedDiagram {
  readonly item: DiagramItem
  readonly report: Report
}

export interface CatalogueCheck {
  readonly diagrams: number
  readonly concepts: number
  readonly findings: readonly Finding[]
}

/** Everything that is asked of content/, each fault with its file, its line and its mend. */
export function checkCatalogue(contentFolder: string): CatalogueCheck {
  const content = readContent(contentFolder)
  const findings: Finding[] = [...content.findings]
  const { vocabulary, collisions } = fieldVocabulary(content.concepts)
  findings.push(...checkVocabulary(content, collisions, readIcons(contentFolder)))
  const checked = content.items.map((item): CheckedDiagram => {
    const report = reporter(content, item.id, findings)
    return { item, report, ...resolveDiagram(item, vocabulary) }
  })
  for (const one of checked) {
    checkDrawing(one, vocabulary)
    checkNumbers(one)
    if (one.problems.length === 0) {
      checkGrades(one)
      checkAlternatives(one)
    }
    checkLayout(one, contentFolder)
  }
  checkReferences(checked, content, priceSources(contentFolder), findings)
  findNearDuplicates(checked)
  findings.push(...checkIds(contentFolder, content))
  const sources = new Set(content.sources.map(({ id }) => id))
  findings.push(...checkDesigns(contentFolder, vocabulary, sources))
  return {
    diagrams: content.items.length,
    concepts: content.concepts.length,
    findings: findings.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)),
  }
}

function reporter(content: ReadContent, id: string, findings: Finding[]): Report {
  const place = content.places.get(`diagram:${id}`)
  return (path, message, mend) =>
    void findings.push({ file: place?.file ?? id, line: place?.lineOf(path) ?? 1, message, mend })
}

function readIcons(contentFolder: string): ReadonlySet<string> {
  const file = join(contentFolder, 'icons.json')
  return new Set(existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, 'utf8'))) : [])
}

/** Ids are permanent: `content/ids.txt` holds every one that was ever published. */
function checkIds(contentFolder: string, content: ReadContent): Finding[] {
  const file = join(contentFolder, 'ids.txt')
  const published = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []
  const here = new Set(content.items.map((item) => item.id))
  const unread = new Set(content.findings.map((finding) => finding.file))
  const vanished = published.flatMap((id, i): Finding[] =>
    here.has(id) || unread.has(`diagrams/${id}.yaml`)
      ? []
      : [
          {
            file: 'ids.txt',
            line: i + 1,
            message: `\`${id}\` vanished`,
            mend: 'bring its file back; ids are permanent',
          },
        ],
  )
  const unlisted = [...here].filter((id) => !published.includes(id))
  return [
    ...vanished,
    ...unlisted.map((id) => ({
      file: 'ids.txt',
      line: published.length + 1,
      message: `\`${id}\` is not listed`,
      mend: 'add it as a line: from then on it is permanent',
    })),
  ]
}
