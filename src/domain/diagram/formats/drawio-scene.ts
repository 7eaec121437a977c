import type { Point } from '../layout/index.ts'
import type { Form } from '../model.ts'
import { FORMAT_LIMITS } from './format.ts'
import { type Notes, quoted } from './notes.ts'
import { oneLine, plainText } from './plain-text.ts'
import type { Lifeline, Scene, SceneArrow, SceneShape, SceneText } from './scene.ts'
import { type Element, findElement } from './xml.ts'

/** The cells of a draw.io page as a picture. */

interface Cell {
  readonly id: string
  readonly parent: string
  readonly label: string
  readonly style: ReadonlyMap<string, string>
  readonly kind: 'vertex' | 'edge' | 'layer'
  readonly source: string | null
  readonly target: string | null
  readonly visible: boolean
  /** Relative to the parent. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly points: readonly Point[]
  readonly start: Point | null
  readonly end: Point | null
}

export function drawioScene(model: Element, form: Form, notes: Notes): Scene {
  const root = findElement([model], 'root')
  const all = (root?.children ?? []).flatMap(cellOf)
  if (all.length > FORMAT_LIMITS.items) notes.add(`cells beyond the first ${FORMAT_LIMITS.items}`)
  const cells = new Map(all.slice(0, FORMAT_LIMITS.items).map((cell) => [cell.id, cell]))
  const shown = [...cells.values()].filter((cell) => isShown(cell, cells, notes))
  const words = edgeWords(shown, cells)
  const shapes: SceneShape[] = []
  const texts: SceneText[] = []
  const lifelines: Lifeline[] = []
  const bound = new Set(shown.flatMap(({ source, target }) => [source, target]))
  for (const cell of shown) {
    if (cell.kind !== 'vertex' || words.taken.has(cell.id)) continue
    const box = { ...originOf(cell, cells), width: cell.width, height: cell.height }
    if (isFrame(cell) || (isNote(cell) && !bound.has(cell.id))) {
      if (cell.label !== '') notes.add(`the note ${quoted(cell.label)}`)
      continue
    }
    if (cell.style.get('shape') === 'umlLifeline')
      lifelines.push({ x: box.x + box.width / 2, top: box.y, bottom: box.y + box.height })
    if (isText(cell) && form !== 'matrix') texts.push({ key: cell.id, text: cell.label, box })
    else
      shapes.push({
        key: cell.id,
        label: cell.label,
        box,
        parent: parentOf(cell, cells),
        group: isGroup(cell),
      })
  }
  const arrows = shown.filter(({ kind }) => kind === 'edge').map((cell) => arrowOf(cell, cells, words.labels))
  return { shapes, arrows, texts, lifelines }
}

/** A cell, or a cell in a wrapper that carries its label and its data. */
function cellOf(element: Element): Cell[] {
  const wrapped = element.name === 'UserObject' || element.name === 'object'
  const inner = wrapped ? findElement(element.children, 'mxCell') : element.name === 'mxCell' ? element : null
  if (!inner) return []
  const own = inner.attributes
  const outer = wrapped ? element.attributes : own
  const style = styleOf(own.style ?? '')
  const geometry = inner.children.find(({ name }) => name === 'mxGeometry')
  const raw = wrapped ? filledIn(outer.label ?? '', outer) : (own.value ?? '')
  const points = findElement(geometry?.children ?? [], 'Array')?.children ?? []
  return [
    {
      id: outer.id ?? own.id ?? '',
      parent: own.parent ?? '',
      label: style.get('html') === '1' ? plainText(raw) : oneLine(raw),
      style,
      kind: own.edge === '1' ? 'edge' : own.vertex === '1' ? 'vertex' : 'layer',
      source: own.source ?? null,
      target: own.target ?? null,
      visible: own.visible !== '0',
      ...boxOf(geometry?.attributes ?? {}),
      points: points.flatMap(({ attributes }) => pointOf(attributes)),
      start: namedPoint(geometry, 'sourcePoint'),
      end: namedPoint(geometry, 'targetPoint'),
    },
  ]
}

/** `%name%` in a label that asks for it stands for the data of that name. */
const filledIn = (label: string, data: Readonly<Record<string, string>>): string =>
  data.placeholders === '1'
    ? label.replace(/%(\w{1,40})%/g, (whole, name: string) =>
        Object.hasOwn(data, name) ? (data[name] ?? '') : whole,
      )
    : label

function styleOf(style: string): ReadonlyMap<string, string> {
  return new Map(
    style.split(';', 200).map((part): [string, string] => {
      const equals = part.indexOf('=')
      return equals < 0 ? [part.trim(), ''] : [part.slice(0, equals).trim(), part.slice(equals + 1).trim()]
    }),
  )
}

const number = (text: string | undefined): number => {
  const value = Number(text ?? 0)
  return Number.isFinite(value) && Math.abs(value) < 1e9 ? value : 0
}

const pointOf = ({ x, y }: Readonly<Record<string, string>>): Point[] => [{ x: number(x), y: number(y) }]

function namedPoint(geometry: Element | undefined, as: string): Point | null {
  const found = geometry?.children.find(({ name, attributes }) => name === 'mxPoint' && attributes.as === as)
  return found ? (pointOf(found.attributes)[0] ?? null) : null
}

const boxOf = ({ x, y, width, height, relative }: Readonly<Record<string, string>>) => ({
  x: relative === '1' ? 0 : number(x),
  y: relative === '1' ? 0 : number(y),
  width: Math.abs(number(width)),
  height: Math.abs(number(height)),
})

const isText = ({ style }: Cell): boolean => style.has('text') || style.get('shape') === 'text'

/** The frame round a loop or an alternative of a sequence. */
const isFrame = ({ style }: Cell): boolean => style.get('shape') === 'umlFrame'
const isNote = ({ style }: Cell): boolean => style.has('note') || /^note2?$/.test(style.get('shape') ?? '')

const isGroup = ({ style }: Cell): boolean =>
  style.has('swimlane') || style.has('group') || style.get('container') === '1' || style.has('table')

/** Those around a cell, from the inside out. */
function around(cell: Cell, cells: ReadonlyMap<string, Cell>): Cell[] {
  const found: Cell[] = []
  let at = cells.get(cell.parent)
  while (at && at !== cell && !found.includes(at) && found.length < 64) {
    found.push(at)
    at = cells.get(at.parent)
  }
  return found
}

function isShown(cell: Cell, cells: ReadonlyMap<string, Cell>, notes: Notes): boolean {
  if (cell.kind === 'layer') return false
  const hidden = [cell, ...around(cell, cells)].find(({ visible }) => !visible)
  if (!hidden) return true
  notes.add(hidden.kind === 'layer' ? `what is on the hidden layer ${quoted(hidden.label)}` : 'hidden shapes')
  return false
}

/** Where a cell's own coordinates begin, plus its own place: absolute. */
function originOf(cell: Cell, cells: ReadonlyMap<string, Cell>): Point {
  const places = [cell, ...around(cell, cells)].filter(({ kind }) => kind === 'vertex')
  return { x: places.reduce((sum, { x }) => sum + x, 0), y: places.reduce((sum, { y }) => sum + y, 0) }
}

/** The shape that holds it; undefined at the top, where only geometry can tell. */
function parentOf(cell: Cell, cells: ReadonlyMap<string, Cell>): string | undefined {
  const parent = cells.get(cell.parent)
  return parent?.kind === 'vertex' ? parent.id : undefined
}

/** Labels that stand in cells of their own on an edge; those cells are no shapes. */
function edgeWords(cells: readonly Cell[], all: ReadonlyMap<string, Cell>) {
  const labels = new Map<string, string>()
  const taken = new Set<string>()
  for (const cell of cells) {
    if (cell.kind !== 'vertex' || all.get(cell.parent)?.kind !== 'edge') continue
    labels.set(cell.parent, `${labels.get(cell.parent) ?? ''} ${cell.label}`)
    taken.add(cell.id)
  }
  return { labels, taken }
}

function arrowOf(
  cell: Cell,
  cells: ReadonlyMap<string, Cell>,
  labels: ReadonlyMap<string, string>,
): SceneArrow {
  const shift = originOf(cell, cells)
  const moved = ({ x, y }: Point): Point => ({ x: x + shift.x, y: y + shift.y })
  const start = cell.start ? moved(cell.start) : pinned(cell, 'source', cells)
  const end = cell.end ? moved(cell.end) : pinned(cell, 'target', cells)
  const line = [start, ...cell.points.map(moved), end].filter((point) => point !== null)
  return {
    key: cell.id,
    from: shapeAt(cell.source, cells),
    to: shapeAt(cell.target, cells),
    points: line.length > 1 || start === null ? line : [...line, ...line],
    headAtStart: (cell.style.get('startArrow') ?? 'none') !== 'none',
    headAtEnd: (cell.style.get('endArrow') ?? 'classic') !== 'none',
    label: oneLine(`${cell.label} ${labels.get(cell.id) ?? ''}`),
    plain: false,
  }
}

const shapeAt = (id: string | null, cells: ReadonlyMap<string, Cell>): string | null =>
  id !== null && cells.get(id)?.kind === 'vertex' ? id : null

/** Where an edge is pinned to its shape: a share of its width and height, as the style says. */
function pinned(cell: Cell, end: 'source' | 'target', cells: ReadonlyMap<string, Cell>): Point | null {
  const shape = cells.get((end === 'source' ? cell.source : cell.target) ?? '')
  const word = end === 'source' ? 'exit' : 'entry'
  const [x, y] = [cell.style.get(`${word}X`), cell.style.get(`${word}Y`)]
  if (!shape || x === undefined || y === undefined) return null
  const origin = originOf(shape, cells)
  return {
    x: origin.x + number(x) * shape.width + number(cell.style.get(`${word}Dx`)),
    y: origin.y + number(y) * shape.height + number(cell.style.get(`${word}Dy`)),
  }
}
