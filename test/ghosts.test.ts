import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { placesFor, withGhosts } from '#app/ghosts.ts'
import { loadCatalogue } from '#catalog/load.ts'
import {
  type Diagram,
  type Drawing,
  elementsOf,
  findDefects,
  isLinked,
  placeDrawing,
  remove,
  variantNamed,
} from '#domain/diagram/index.ts'
import { gradeAttempt } from '#domain/grading/index.ts'
import { invariant } from '#lib/invariant.ts'

const loaded = loadCatalogue({ contentFolder: join(import.meta.dirname, '../content'), cacheFile: null })
invariant(loaded.ok, 'the content does not load')
const diagrams = [...loaded.value.diagrams.values()]

const ghostsOf = (diagram: Diagram, drawing: Drawing) => {
  const attempt = { drawing, answers: { facts: {}, context: {} }, seconds: 60 }
  const grade = gradeAttempt(diagram, attempt)
  const places = placesFor(drawing, diagram.vocabulary, {})
  const against = variantNamed(diagram, grade.against).drawing
  const ghosted = withGhosts(drawing, against, grade.elements, places, diagram.vocabulary)
  return { grade, places, ghosted }
}

/** The reference without every third node, event or row, and without every fourth edge of what is left. */
function partOf(drawing: Drawing): Drawing {
  const isKept = (_: unknown, i: number) => i % 3 !== 1
  if (drawing.form === 'timeline') return { ...drawing, events: drawing.events.filter(isKept) }
  if (drawing.form === 'matrix') return { ...drawing, rows: drawing.rows.filter(isKept) }
  const gone = drawing.nodes.filter((_, i) => i % 3 === 1).map(({ id }) => `node:${id}` as const)
  const left = remove({ drawing, places: {} }, gone).drawing
  const edges = left.edges.filter((_, i) => i % 4 === 1).map(({ id }) => `edge:${id}` as const)
  return remove({ drawing: left, places: {} }, edges).drawing
}

describe.each(diagrams.map((diagram) => [diagram.item.id, diagram] as const))('%s', (_, diagram) => {
  test('where nothing is missing there are no ghosts', () => {
    expect(ghostsOf(diagram, diagram.drawing).ghosted).toBeNull()
  })

  test('a part of it gets the rest as ghosts, and keeps its places', () => {
    const part = partOf(diagram.drawing)
    const { grade, places, ghosted } = ghostsOf(diagram, part)
    invariant(ghosted, 'something is missing')
    const there = new Set(elementsOf(ghosted.drawing))
    expect(there.size).toBe(elementsOf(ghosted.drawing).length)
    for (const element of elementsOf(part)) expect(there).toContain(ghosted.drawn.get(element))
    for (const [id, place] of Object.entries(places)) expect(ghosted.places[id]).toEqual(place)
    // A group stands round something, an order is no element: all else that is missing is in it.
    for (const { reference, verdict, kind } of grade.elements) {
      if (reference === null || verdict !== 'missing' || kind === 'group' || kind === 'order') continue
      const now = ghosted.reference.get(reference)
      expect(now, reference).toBeDefined()
      expect(ghosted.ghosts, reference).toContain(now)
      expect(there).toContain(now)
    }
    const laid = placeDrawing(ghosted.drawing, diagram.vocabulary, ghosted.places)
    if (isLinked(part)) expect(findDefects(laid).filter(({ kind }) => kind === 'overlap')).toEqual([])
  })
})
