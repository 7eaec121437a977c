import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { exportFile } from '#app/export-drawing.ts'
import { importFile } from '#app/import-drawing.ts'
import type { Catalogue } from '#app/ports.ts'
import { loadCatalogue } from '#catalog/load.ts'
import { loadFormats, parseDrawing } from '#domain/diagram/index.ts'
import { gradeAttempt } from '#domain/grading/index.ts'
import { runElk } from '../../src/world.ts'
import { parsers } from '../../src/world-parsers.ts'

/** Every diagram of the curriculum, written for every tool and read again, earns its whole structure. */

const { FORMATS, FILE_ENDINGS } = await loadFormats()

let catalogue: Catalogue
beforeAll(() => {
  const loaded = loadCatalogue({
    contentFolder: fileURLToPath(new URL('../../content', import.meta.url)),
    cacheFile: null,
  })
  if (!loaded.ok) throw new Error('the content cannot be read')
  catalogue = loaded.value
})

describe('every diagram there and back', () => {
  test.each(FORMATS)('%s', async (format) => {
    let read = 0
    for (const [id, diagram] of catalogue.diagrams) {
      const file = await exportFile({ catalogue, runElk }, { id, format })
      if (!file.ok) {
        expect([format, diagram.item.form]).toEqual(['mermaid', 'matrix'])
        continue
      }
      const bytes = new TextEncoder().encode(file.value)
      const imported = await importFile(
        { catalogue },
        { id, name: `x${FILE_ENDINGS[format]}`, bytes },
        parsers,
      )
      if (!imported.ok || imported.value === null) throw new Error(`${id} is not read`)
      expect([id, imported.value.skipped, imported.value.questions]).toEqual([id, [], []])
      const { drawing, problems } = parseDrawing(imported.value.drawing, diagram.item.form)
      expect([id, problems]).toEqual([id, []])
      const answers = { facts: {}, context: {} }
      const { structure } = gradeAttempt(diagram, { drawing, answers, seconds: null })
      expect([id, structure.score]).toEqual([id, 40])
      read++
    }
    expect(read).toBeGreaterThan(50)
  })
})
