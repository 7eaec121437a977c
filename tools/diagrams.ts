import { fileURLToPath } from 'node:url'
import { printFindings } from '#catalog/load.ts'
import { readContent } from '#catalog/read-content.ts'
import { resolveDiagram } from '#catalog/resolve.ts'
import { buildVocabulary, type Diagram } from '#domain/diagram/index.ts'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * The diagrams whose id begins with one of `wanted` (all, without any). Files that cannot be read are named
 * on stderr and left out: an author at work wants to see the others.
 */
export function readDiagrams(wanted: readonly string[]): Diagram[] {
  const { items, concepts, findings } = readContent(`${ROOT}content`)
  if (findings.length > 0) process.stderr.write(`${printFindings(findings)}\n`)
  const field = buildVocabulary(concepts).vocabulary
  return items
    .filter((item) => wanted.length === 0 || wanted.some((start) => item.id.startsWith(start)))
    .map((item) => resolveDiagram(item, field).diagram)
}
