import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contextOf, factsOf } from '#app/diagrams.ts'
import { loadCatalogue } from '#catalog/load.ts'
import { gradeAttempt } from '#domain/grading/index.ts'
import { value } from './store-contract.ts'

const catalogue = value(
  loadCatalogue({ contentFolder: join(import.meta.dirname, '..', 'content'), cacheFile: null }),
)

/** What the result page tells a learner is right has to be right when they give it the next time. */
test('every right answer is right in the words in which it is shown', () => {
  const shown = [...catalogue.diagrams.values()].flatMap((diagram) => {
    const facts = Object.fromEntries(factsOf({ catalogue }, diagram).map(({ id, right }) => [id, right]))
    const context = Object.fromEntries(
      contextOf({ catalogue }, diagram).map(({ id, accepted }) => [id, accepted[0] ?? '']),
    )
    const answers = { facts, context }
    const { elements } = gradeAttempt(diagram, { drawing: diagram.drawing, answers, seconds: null })
    return elements.map(({ verdict, because }) => ({ id: diagram.item.id, verdict, because }))
  })
  expect(shown.length).toBeGreaterThan(66 * 10)
  expect(shown.filter(({ verdict }) => verdict !== 'matched')).toEqual([])
})
