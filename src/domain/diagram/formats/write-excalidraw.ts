import { type Box, type Point, textWidth, wrapLabel } from '../layout/index.ts'
import type { Picture, PicturedEdge, PicturedNode } from './picture.ts'

/**
 * Excalidraw's file, version 2: labels as bound texts, arrows bound at both sides, groups as boxes grouped with
 * their members.
 */
export function writeExcalidraw(picture: Picture): string {
  const sheet = new Sheet()
  const keys = new Map<string, string>()
  const selections = new Map(picture.groups.map(({ id }, i) => [id, `members-${i + 1}`]))
  const parents = new Map(picture.groups.map(({ id, parent }) => [id, parent]))
  const around = (group: string | null): string[] => {
    const found: string[] = []
    for (let at = group; at !== null; at = parents.get(at) ?? null) found.push(selections.get(at) ?? '')
    return found
  }
  for (const group of picture.groups) {
    const groupIds = around(group.id)
    const key = group.empty
      ? sheet.frame(group.label, group.box, around(group.parent))
      : sheet.shape('rectangle', group.label, group.box, { groupIds, verticalAlign: 'top', ...GROUP_LOOK })
    keys.set(group.id, key)
  }
  for (const node of picture.nodes)
    keys.set(node.id, sheet.shape(typeOf(node), node.label, node.box, { groupIds: around(node.group) }))
  for (const cell of picture.cells)
    sheet.shape('rectangle', cell.label, cell.box, { groupIds: [], ...(cell.head ? GROUP_LOOK : {}) })
  for (const { x, top, bottom } of picture.lifelines)
    sheet.line([
      { x, y: top },
      { x, y: bottom },
    ])
  // A message belongs to a height on two lifelines; bound to the heads, Excalidraw would pull it up there.
  const bound = picture.lifelines.length === 0
  for (const edge of picture.edges) sheet.arrow(edge, bound ? keys : new Map())
  return sheet.print()
}

const GROUP_LOOK = { strokeStyle: 'dashed', backgroundColor: 'transparent' } as const

const typeOf = ({ shape }: PicturedNode): string =>
  shape === 'question' ? 'diamond' : shape === 'start' || shape === 'end' ? 'ellipse' : 'rectangle'

type Looks = Readonly<Record<string, unknown>>

interface Written extends Record<string, unknown> {
  readonly id: string
  readonly boundElements: { readonly type: string; readonly id: string }[]
}

const FONT = { size: 16, line: 20 }

/** The elements as they are made, back to front. */
class Sheet {
  readonly #elements: Written[] = []
  readonly #byId = new Map<string, Written>()

  print(): string {
    const appState = { gridSize: null, viewBackgroundColor: '#ffffff' }
    const file = {
      type: 'excalidraw',
      version: 2,
      source: 'Atlas',
      elements: this.#elements,
      appState,
      files: {},
    }
    return `${JSON.stringify(file, null, 2)}\n`
  }

  #add(kind: string, type: string, box: Box, looks: Looks): Written {
    const n = this.#elements.length + 1
    const element: Written = {
      id: `${kind}-${n}`,
      type,
      ...box,
      angle: 0,
      strokeColor: '#1e1e1e',
      backgroundColor: 'transparent',
      fillStyle: 'solid',
      strokeWidth: 2,
      strokeStyle: 'solid',
      roughness: 1,
      opacity: 100,
      groupIds: [],
      frameId: null,
      roundness: null,
      seed: n,
      version: 1,
      versionNonce: n,
      isDeleted: false,
      boundElements: [],
      updated: 1,
      link: null,
      locked: false,
      ...looks,
    }
    this.#elements.push(element)
    this.#byId.set(element.id, element)
    return element
  }

  shape(type: string, label: string, box: Box, { verticalAlign = 'middle', ...looks }: Looks): string {
    const roundness = type === 'rectangle' ? { type: 3 } : { type: 2 }
    const shape = this.#add('shape', type, box, { roundness, ...looks })
    this.#text(label, shape, box, verticalAlign, looks.groupIds ?? [])
    return shape.id
  }

  frame(name: string, box: Box, groupIds: readonly string[]): string {
    return this.#add('frame', 'frame', box, { name, groupIds }).id
  }

  /**
   * As wide as its words: Excalidraw cuts a line out behind the whole of its label. A caption stands at the left of its
   * group, where the members leave room for it.
   */
  #text(label: string, container: Written, box: Box, verticalAlign: unknown, groupIds: unknown): void {
    if (label === '') return
    const lines = wrapLabel(label, Math.max(80, box.width - 16), { size: FONT.size, weight: 400 })
    const height = lines.length * FONT.line
    const width = Math.ceil(Math.max(...lines.map((line) => textWidth(line, FONT.size, 400)))) + 4
    const caption = verticalAlign === 'top'
    const middle = box.y + (box.height - height) / 2
    const centre = box.x + (box.width - width) / 2
    const place = caption ? { x: box.x + 8, y: box.y + 8 } : { x: centre, y: middle }
    const text = this.#add(
      'text',
      'text',
      { ...place, width, height },
      {
        groupIds,
        strokeWidth: 1,
        text: lines.join('\n'),
        originalText: label,
        fontSize: FONT.size,
        fontFamily: 5,
        textAlign: caption ? 'left' : 'center',
        verticalAlign,
        containerId: container.id,
        autoResize: true,
        lineHeight: FONT.line / FONT.size,
      },
    )
    container.boundElements.push({ type: 'text', id: text.id })
  }

  line(points: readonly Point[]): void {
    this.#add('line', 'line', hull(points), {
      ...linear(points),
      ...HEADLESS,
      strokeStyle: 'dashed',
      strokeWidth: 1,
    })
  }

  arrow({ from, to, arrow, label, points }: PicturedEdge, keys: ReadonlyMap<string, string>): void {
    const bind = (end: string) => {
      const key = keys.get(end)
      return key === undefined ? null : { elementId: key, focus: 0, gap: 4 }
    }
    const [startBinding, endBinding] = [bind(from), bind(to)]
    const box = hull(points)
    const element = this.#add('arrow', 'arrow', box, {
      ...linear(points),
      startBinding,
      endBinding,
      startArrowhead: arrow === 'both' ? 'arrow' : null,
      endArrowhead: arrow === 'undirected' ? null : 'arrow',
      elbowed: false,
    })
    for (const binding of new Set([startBinding?.elementId, endBinding?.elementId]))
      if (binding !== undefined)
        this.#byId.get(binding)?.boundElements.push({ type: 'arrow', id: element.id })
    this.#text(label, element, { ...box, width: Math.max(120, box.width) }, 'middle', [])
  }
}

const HEADLESS = { startBinding: null, endBinding: null, startArrowhead: null, endArrowhead: null }

/** A linear element stands at its first point; the others are relative to it. */
function linear(points: readonly Point[]): Looks {
  const first = points[0] ?? { x: 0, y: 0 }
  const relative = points.map(({ x, y }) => [x - first.x, y - first.y])
  return { x: first.x, y: first.y, points: relative, lastCommittedPoint: null }
}

function hull(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}
