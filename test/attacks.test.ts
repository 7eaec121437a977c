import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadCatalogue } from '#catalog/load.ts'
import { isLinked } from '#domain/diagram/index.ts'
import { gradeAttempt } from '#domain/grading/index.ts'
import { invariant } from '#lib/invariant.ts'

const contentFolder = join(import.meta.dirname, '..', 'content')
const loaded = loadCatalogue({ contentFolder, cacheFile: null })
invariant(loaded.ok, 'the content does not load')
const { concepts, diagrams } = loaded.value

/** Each of them takes a second: one diagram in four says enough. */
const SOME = [...diagrams.values()].filter((_, place) => place % 4 === 0)

test('the whole vocabulary on the canvas earns next to nothing, in any diagram with nodes', () => {
  expect(concepts.size).toBeGreaterThanOrEqual(1200)
  const labels = [...concepts.values()].map(({ name }) => name)
  const answers = { facts: {}, context: {} }
  const earned = SOME.flatMap((diagram) => {
    if (!isLinked(diagram.drawing)) return []
    const nodes = labels.map((label, i) => ({ id: `n${i}`, label, group: null }))
    const drawing = { ...diagram.drawing, nodes, edges: [], groups: [] }
    const { structure } = gradeAttempt(diagram, { drawing, answers, seconds: null })
    return [[diagram.item.id, structure.score] as const]
  })
  expect(earned.length).toBeGreaterThan(8)
  expect(earned.filter(([, score]) => score === 0 || score > 0.5)).toEqual([])
}, 60_000)
