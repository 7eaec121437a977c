import { err } from '#lib/result.ts'
import type { Box, Point } from '../layout/index.ts'
import type { Form } from '../model.ts'
import { fromBase64, fromLatin1, inflateAny, latin1, pngData, pngTexts } from './bytes.ts'
import { damaged, FORMAT_LIMITS, type Parsers, type ReadResult } from './format.ts'
import { isObject, type Json, listOf, numberOf, objectOf, parseJson, textOf } from './json.ts'
import { Notes } from './notes.ts'
import { areaOf, holds, type Lifeline, type SceneArrow, type SceneShape, type SceneText } from './scene.ts'
import { readScene } from './scene-read.ts'

/** Excalidraw: the scene as JSON, or as its tool embeds it in a PNG or an SVG. */

export const EXCALIDRAW_KEYWORD = 'application/vnd.excalidraw+json'

const SHAPES = /^(rectangle|ellipse|diamond|image|iframe|embeddable|frame|magicframe)$/

export function readExcalidraw(text: string, form: Form): ReadResult {
  const file = parseJson(text)
  if (!isObject(file)) return err(damaged('excalidraw', 'it is no JSON, or cut off'))
  const notes = new Notes()
  const all = listOf(file.elements)
    .filter(isObject)
    .filter(({ isDeleted }) => isDeleted !== true)
  if (all.length > FORMAT_LIMITS.items) notes.add(`elements beyond the first ${FORMAT_LIMITS.items}`)
  const elements = all.slice(0, FORMAT_LIMITS.items)
  const words = boundWords(elements)
  const shapes = shapesOf(elements, words)
  const lifelines: Lifeline[] = []
  const arrows = elements.flatMap((element): SceneArrow[] => {
    const arrow = arrowOf(element, words)
    const line = arrow?.plain ? lifelineOf(arrow.points) : null
    if (line) lifelines.push(line)
    return arrow && !(line && form === 'sequence') ? [arrow] : []
  })
  const drawn = elements.filter(({ type }) => type === 'freedraw').length
  if (drawn > 0) notes.add(`${drawn === 1 ? 'a line' : 'lines'} drawn by hand`)
  const known = new Set(elements.map(({ id }) => textOf(id)))
  return readScene({ shapes, arrows, texts: textsOf(elements, known), lifelines }, form, notes)
}

const boxOf = (element: Json): Box => {
  const [width, height] = [numberOf(element.width), numberOf(element.height)]
  const [x, y] = [numberOf(element.x), numberOf(element.y)]
  return {
    x: Math.min(x, x + width),
    y: Math.min(y, y + height),
    width: Math.abs(width),
    height: Math.abs(height),
  }
}

/** The words of a text; `originalText` is what was typed, before it was broken into lines. */
const wordsOf = (element: Json): string => textOf(element.originalText) || textOf(element.text)

/** Texts that stand in a shape or on an arrow, by what holds them. */
function boundWords(elements: readonly Json[]): Map<string, string> {
  const words = new Map<string, string>()
  for (const element of elements) {
    const container = textOf(element.containerId)
    if (element.type === 'text' && container !== '')
      words.set(container, `${words.get(container) ?? ''} ${wordsOf(element)}`)
  }
  return words
}

function textsOf(elements: readonly Json[], known: ReadonlySet<string>): SceneText[] {
  return elements.flatMap((element) => {
    const bound = known.has(textOf(element.containerId))
    return element.type === 'text' && !bound
      ? [{ key: textOf(element.id), text: wordsOf(element), box: boxOf(element) }]
      : []
  })
}

function shapesOf(elements: readonly Json[], words: ReadonlyMap<string, string>): SceneShape[] {
  const drawn = elements.filter(({ type }) => SHAPES.test(textOf(type)))
  const frames = new Set(drawn.flatMap(({ type, id }) => (isFrame(type) ? [textOf(id)] : [])))
  const holders = holdersOf(drawn)
  return drawn.map((element): SceneShape => {
    const key = textOf(element.id)
    const frame = textOf(element.frameId)
    const groups = listOf(element.groupIds).map(textOf)
    const holder = groups.map((group) => holders.get(group)).find((one) => one !== undefined && one !== key)
    const label = isFrame(element.type) ? textOf(element.name) : (words.get(key) ?? labelOf(element))
    const parent = holder ?? (frames.has(frame) && frame !== key ? frame : undefined)
    return { key, label, box: boxOf(element), parent, group: isFrame(element.type) }
  })
}

const isFrame = (type: unknown): boolean => type === 'frame' || type === 'magicframe'

/** The short form that programs write instead of a bound text. */
const labelOf = (element: Json): string => textOf(objectOf(element.label).text)

/** For each selection group the shape that holds all the others of it, where there is one. */
function holdersOf(shapes: readonly Json[]): Map<string, string> {
  const members = new Map<string, { key: string; box: Box }[]>()
  for (const shape of shapes) {
    for (const group of listOf(shape.groupIds).map(textOf))
      members.set(group, [...(members.get(group) ?? []), { key: textOf(shape.id), box: boxOf(shape) }])
  }
  const holders = new Map<string, string>()
  for (const [group, inside] of members) {
    const largest = [...inside].sort((a, b) => areaOf(b.box) - areaOf(a.box))[0]
    if (!largest || inside.length < 2) continue
    if (inside.every((one) => one === largest || holds(largest.box, one.box))) holders.set(group, largest.key)
  }
  return holders
}

function arrowOf(element: Json, words: ReadonlyMap<string, string>): SceneArrow | null {
  if (element.type !== 'arrow' && element.type !== 'line') return null
  const key = textOf(element.id)
  const bound = (binding: unknown, short: unknown): string | null =>
    textOf(objectOf(binding).elementId) || textOf(objectOf(short).id) || null
  const isArrow = element.type === 'arrow'
  // Programs leave the end's head away: an arrow has one.
  const end = element.endArrowhead === undefined && isArrow ? 'arrow' : element.endArrowhead
  return {
    key,
    from: bound(element.startBinding, element.start),
    to: bound(element.endBinding, element.end),
    points: pointsOf(element),
    headAtStart: typeof element.startArrowhead === 'string',
    headAtEnd: typeof end === 'string',
    label: words.get(key) ?? labelOf(element),
    plain: !isArrow,
  }
}

/** Absolute points; an arrow may be turned round the middle of its box by an angle in radians. */
function pointsOf(element: Json): Point[] {
  const [x, y] = [numberOf(element.x), numberOf(element.y)]
  const points = listOf(element.points).map((point) => {
    const [dx, dy] = listOf(point)
    return { x: x + numberOf(dx), y: y + numberOf(dy) }
  })
  const angle = numberOf(element.angle)
  if (angle === 0 || points.length === 0) return points
  const xs = points.map((point) => point.x)
  const ys = points.map((point) => point.y)
  const middle = { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 }
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return points.map((point) => ({
    x: middle.x + (point.x - middle.x) * cos - (point.y - middle.y) * sin,
    y: middle.y + (point.x - middle.x) * sin + (point.y - middle.y) * cos,
  }))
}

function lifelineOf(points: readonly Point[]): Lifeline | null {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length !== 2 || Math.abs(first.x - last.x) > 6) return null
  const [top, bottom] = [Math.min(first.y, last.y), Math.max(first.y, last.y)]
  return bottom - top >= 60 ? { x: (first.x + last.x) / 2, top, bottom } : null
}

/** The scene that Excalidraw embedded in a PNG (a text part of its own keyword); null where there is none. */
export async function excalidrawInPng(bytes: Uint8Array, parsers: Parsers): Promise<string | null> {
  const part = pngTexts(bytes).find(({ keyword }) => keyword === EXCALIDRAW_KEYWORD)
  const data = part ? await pngData(part, parsers) : null
  return data === null ? null : unpack(data, parsers)
}

/**
 * The scene that Excalidraw embedded in an SVG: base64 between two comments. Version 1 wrote it as UTF-8,
 * version 2 as a string of bytes.
 */
export async function excalidrawInSvg(svg: string, parsers: Parsers): Promise<string | null> {
  const start = svg.indexOf('<!-- payload-start -->')
  if (start < 0) return null
  const end = svg.indexOf('<!-- payload-end -->', start)
  const bytes = fromBase64(svg.slice(start + 22, end < 0 ? undefined : end).trim())
  if (bytes === null) return null
  const version = /<!-- payload-version:(\d+) -->/.exec(svg.slice(0, start))?.[1] ?? '1'
  return unpack(version === '1' ? parsers.decode(bytes) : latin1(bytes), parsers)
}

/** A payload is the scene itself (old), or `{ encoding: "bstring", compressed, encoded }`. */
async function unpack(payload: string, parsers: Parsers): Promise<string | null> {
  const data = parseJson(payload)
  if (!isObject(data)) return null
  if (typeof data.encoded !== 'string') return data.type === 'excalidraw' ? payload : null
  const bytes = fromLatin1(data.encoded)
  if (data.compressed !== true) return parsers.decode(bytes)
  const inflated = await inflateAny(bytes, parsers)
  return inflated === null ? null : parsers.decode(inflated)
}
