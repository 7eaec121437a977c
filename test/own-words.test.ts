import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadCatalogue } from '#catalog/load.ts'
import { type Diagram, type Drawing, resolve } from '#domain/diagram/index.ts'
import { inOwnWords } from '#domain/grading/index.ts'
import { invariant } from '#lib/invariant.ts'

const loaded = loadCatalogue({ contentFolder: join(import.meta.dirname, '../content'), cacheFile: null })
invariant(loaded.ok, 'the catalogue cannot be read')
const DIAGRAMS = [...loaded.value.diagrams.values()].filter(({ drawing }) => drawing.form !== 'topology')

function labelsOf(drawing: Drawing): string[] {
  if (drawing.form === 'timeline') return drawing.events.map(({ label }) => label)
  if (drawing.form === 'matrix')
    return [...drawing.columns, ...drawing.rows.flatMap(({ label, cells }) => [label, ...cells])]
  return [...drawing.nodes, ...drawing.edges].map(({ label }) => label)
}

/** The diagram with one wording of one name struck out. */
function without(diagram: Diagram, id: string, wording: string): Diagram {
  const concepts = new Map(diagram.vocabulary.concepts)
  const concept = concepts.get(id)
  invariant(concept !== undefined, `${id} is a concept`)
  concepts.set(id, { ...concept, aliases: concept.aliases.filter((alias) => alias !== wording) })
  return { ...diagram, vocabulary: { ...diagram.vocabulary, concepts } }
}

test('a wording that the content does not list is rarely taken for another name', () => {
  const counts = { right: 0, wrong: 0, nothing: 0 }
  for (const diagram of DIAGRAMS) {
    const used = new Set(
      labelsOf(diagram.drawing).map((label) => resolve(diagram.vocabulary, label)?.concept ?? ''),
    )
    for (const id of used)
      for (const wording of diagram.vocabulary.concepts.get(id)?.aliases ?? []) {
        const taken = inOwnWords(without(diagram, id, wording), wording)
        counts[taken === null ? 'nothing' : taken === id ? 'right' : 'wrong']++
      }
  }
  expect(counts.right).toBeGreaterThan(500)
  expect(counts.wrong).toBeLessThan(0.12 * (counts.right + counts.wrong))
})
