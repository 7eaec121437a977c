import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupBoxes, nodeBoxes, placeNew, sizesOf } from './edit-place.ts'
import type { Box, Places } from './layout/index.ts'
import type { LinkedDrawing } from './model.ts'
import { parseDrawing } from './notation/index.ts'
import { buildVocabulary } from './vocabulary.ts'

const { vocabulary } = buildVocabulary([])
const read = (text: string) => parseDrawing(text, 'topology').drawing as LinkedDrawing
const place = (drawing: LinkedDrawing, places: Places = {}) =>
  placeNew(drawing, places, sizesOf(drawing, vocabulary))

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Lines as a learner types them: connections between a few names, some in groups. */
const name = fc.constantFrom(
  'client',
  'cdn',
  'load balancer',
  'api',
  'auth',
  'queue',
  'db',
  'cache',
  'worker',
)
const group = fc.constantFrom('us', 'eu')
const line = fc.oneof(
  fc.tuple(name, name).map(([a, b]) => (a === b ? a : `${a} -> ${b}`)),
  fc.tuple(group, name).map(([g, n]) => `${g}: { ${n} ${g} }`),
  fc.tuple(name, group, name).map(([a, g, b]) => `${a} -> ${g}.${b} ${g}`),
)
const lines = fc.array(line, { minLength: 1, maxLength: 14 })

describe('where new nodes go', () => {
  test('a chain goes to the right, and a fan-out stacks beside it', () => {
    const drawing = read('a -> b -> c\nb -> d')
    const places = place(drawing)
    const at = (id: string) => places[id] ?? { x: Number.NaN, y: Number.NaN }
    expect(at('b').x).toBeGreaterThan(at('a').x)
    expect(at('c').x).toBeGreaterThan(at('b').x)
    expect([at('b').y, at('c').y]).toEqual([at('a').y, at('a').y])
    expect(at('d').x).toBe(at('c').x)
    expect(at('d').y).not.toBe(at('c').y)
  })

  test('what stands never moves, whatever is typed after it', () => {
    fc.assert(
      fc.property(lines, (typed) => {
        let places: Places = {}
        for (let n = 1; n <= typed.length; n++) {
          const next = place(read(typed.slice(0, n).join('\n')), places)
          for (const [id, standing] of Object.entries(places)) expect(next[id]).toEqual(standing)
          places = next
        }
      }),
      { numRuns: 60 },
    )
  })

  test('no two nodes overlap', () => {
    fc.assert(
      fc.property(lines, (typed) => {
        const drawing = read(typed.join('\n'))
        const sizes = sizesOf(drawing, vocabulary)
        const places = placeNew(drawing, {}, sizes)
        const boxes = [...nodeBoxes(drawing, places, sizes)]
        expect(boxes).toHaveLength(drawing.nodes.length)
        for (const [i, [one, box]] of boxes.entries()) {
          for (const [other, theirs] of boxes.slice(i + 1))
            expect(overlap(box, theirs), `${one} on ${other}`).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a node outside a group stands outside its box, whichever was first', () => {
    const drawing = read('client -> us.api\nus.api -> us.db\nclient -> auth\nus.api -> auth\nus: { cache }')
    const sizes = sizesOf(drawing, vocabulary)
    const places = place(drawing)
    const us = groupBoxes(drawing, places, sizes).get('us')
    const inside = [...nodeBoxes(drawing, places, sizes)].filter(([, box]) => us && overlap(us, box))
    expect(inside.map(([id]) => id).sort()).toEqual(['us.api', 'us.cache', 'us.db'])
  })

  test('groups do not overlap each other', () => {
    const drawing = read('us: { api; db }\neu: { api 2; db 2 }\nus.api -> eu.api 2')
    const [us, eu] = [...groupBoxes(drawing, place(drawing), sizesOf(drawing, vocabulary)).values()]
    expect(us && eu && overlap(us, eu)).toBe(false)
  })
})
