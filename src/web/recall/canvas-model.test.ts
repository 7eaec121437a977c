import { expect, test } from 'vitest'
import {
  buildVocabulary,
  elementsOf,
  parseDrawing,
  pictureOf,
  placeNew,
  sizesOf,
} from '#domain/diagram/index.ts'
import { onCanvas, spotsOf, wiresOf, withKept } from './canvas-model.ts'
import { sheetOf } from './work.ts'

const { vocabulary } = buildVocabulary([])

const sheetOfText = (text: string) =>
  sheetOf({ drawing: parseDrawing(text, 'topology').drawing, places: {} }).drawing

const STANDING = 'a -> b: asks\nb -> c: asks\ng: { d }\nc -> g.d'
const standing = sheetOfText(STANDING)
const places = placeNew(standing, {}, sizesOf(standing, vocabulary))
const shown = (line: string) => {
  const drawing = sheetOfText(`${STANDING}\n${line}`)
  const canvas = onCanvas(drawing, placeNew(drawing, places, sizesOf(drawing, vocabulary)), vocabulary)
  const stands = new Set(elementsOf(standing))
  const fresh = new Set(elementsOf(drawing).filter((element) => !stands.has(element)))
  return {
    spots: spotsOf(canvas, drawing, vocabulary, new Set(), stands),
    wires: wiresOf(canvas, new Set(), stands),
    parts: pictureOf(canvas.layout, { icons: {}, fresh }).parts,
  }
}

test('a line that is being typed leaves all that stands the very objects that they were', () => {
  const one = shown('c -> ledger: wri')
  const next = shown('c -> ledger: writ')
  expect(one.spots).toHaveLength(5)
  expect(one.wires).toHaveLength(3)
  expect(next.spots).not.toBe(one.spots)
  expect(withKept(one.spots, next.spots)).toBe(one.spots)
  expect(withKept(one.wires, next.wires)).toBe(one.wires)
})

test('of a picture, it changes the parts of the line alone', () => {
  const one = shown('c -> ledger: wri')
  const known = new Map(one.parts.map((part) => [part.id, part]))
  const changed = shown('c -> ledger: writ').parts.filter(
    ({ id, classes, inside }) => known.get(id)?.inside !== inside || known.get(id)?.classes !== classes,
  )
  expect(known.size).toBe(one.parts.length)
  expect(changed.map(({ id }) => id)).toEqual(['label edge:c -> ledger'])
})

test('what changed is new, and what did not stands beside it as it was', () => {
  const [a, b, c] = [1, 2, 3].map((x) => ({ id: `${x}`, position: { x, y: 0 }, handles: [{ x }] }))
  const before = [a, b, c].filter((one) => one !== undefined)
  const copy = structuredClone(before)
  const moved = copy.map((one) => (one.id === '2' ? { ...one, position: { x: 2, y: 9 } } : one))
  const kept = withKept(before, moved)
  expect(kept).toEqual(moved)
  expect(kept[0]).toBe(a)
  expect(kept[1]).toBe(moved[1])
  expect(kept[2]).toBe(c)
  expect(withKept(before, copy.slice(1))).toEqual([b, c])
  expect(withKept(before, [...copy].reverse()).map(({ id }) => id)).toEqual(['3', '2', '1'])
  expect(withKept([{ id: '1', data: { at: 1 } }], [{ id: '1', data: {} }])).toEqual([{ id: '1', data: {} }])
})
