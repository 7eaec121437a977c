import { err } from '#lib/result.ts'
import type { Form } from '../model.ts'
import { damaged, FORMAT_LIMITS, type ReadResult } from './format.ts'
import { isObject, type Json, listOf, numberOf, objectOf, parseJson, textOf } from './json.ts'
import { Notes, quoted } from './notes.ts'
import { markdownText } from './plain-text.ts'
import type { SceneArrow, SceneShape } from './scene.ts'
import { readScene } from './scene-read.ts'

/**
 * JSON Canvas 1.0 (jsoncanvas.org): cards are nodes, groups hold what stands inside them (the file has no
 * parent), a connection has its arrow at its end unless it says otherwise.
 */
export function readCanvas(text: string, form: Form): ReadResult {
  const file = parseJson(text)
  if (!isObject(file)) return err(damaged('canvas', 'it is no JSON, or cut off'))
  const notes = new Notes()
  const cards = listOf(file.nodes).filter(isObject)
  const lines = listOf(file.edges).filter(isObject)
  if (cards.length + lines.length > FORMAT_LIMITS.items)
    notes.add('cards and connections beyond the first 2000')
  const shapes = cards.slice(0, FORMAT_LIMITS.items).map((card) => shapeOf(card, notes))
  const arrows = lines.slice(0, FORMAT_LIMITS.items).map(arrowOf)
  return readScene({ shapes, arrows, texts: [], lifelines: [] }, form, notes)
}

function shapeOf(card: Json, notes: Notes): SceneShape {
  const box = {
    x: numberOf(card.x),
    y: numberOf(card.y),
    width: Math.max(1, numberOf(card.width, 1)),
    height: Math.max(1, numberOf(card.height, 1)),
  }
  return {
    key: textOf(card.id),
    label: labelOf(card, notes),
    box,
    parent: undefined,
    group: card.type === 'group',
  }
}

function labelOf(card: Json, notes: Notes): string {
  if (card.type === 'file') return (textOf(card.file).split('/').at(-1) ?? '').replace(/\.md$/, '')
  if (card.type === 'link') return textOf(card.url)
  if (card.type === 'group') return textOf(card.label)
  const { name, rest } = nameIn(textOf(card.text))
  if (rest !== '') notes.add(`what stands below ${quoted(name)} in its card`)
  return name
}

/** A card's heading, or its first paragraph, is its name. */
function nameIn(text: string): { name: string; rest: string } {
  const lines = text.trim().split(/\r?\n/)
  const blank = lines.findIndex((line) => line.trim() === '')
  const first = /^#{1,6}\s/.test(lines[0] ?? '') ? 1 : blank < 0 ? lines.length : blank
  const rest = lines.slice(first).join(' ').trim()
  return { name: markdownText(lines.slice(0, first).join('\n')), rest }
}

function arrowOf(line: Json, i: number): SceneArrow {
  const { fromNode, toNode, fromEnd, toEnd, label } = objectOf(line)
  return {
    key: `connection ${i}`,
    from: textOf(fromNode),
    to: textOf(toNode),
    points: [],
    headAtStart: fromEnd === 'arrow',
    headAtEnd: toEnd !== 'none',
    label: textOf(label),
    plain: false,
  }
}
