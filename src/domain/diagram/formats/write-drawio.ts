import type { Box, Point } from '../layout/index.ts'
import type { Picture, PicturedEdge, PicturedNode } from './picture.ts'
import { escapeXml } from './plain-text.ts'

/** draw.io's file, uncompressed: groups are containers, and their members are placed relative to them. */
export function writeDrawio(picture: Picture, title: string): string {
  const keys = new Map<string, string>()
  const origins = new Map<string, Point>()
  const cells: string[] = []
  const place = (box: Box, parent: string | null): Box => {
    const origin = parent === null ? null : origins.get(parent)
    return origin ? { ...box, x: box.x - origin.x, y: box.y - origin.y } : box
  }
  const parentKey = (parent: string | null): string => (parent === null ? '1' : (keys.get(parent) ?? '1'))
  for (const { id, label, parent, box } of picture.groups) {
    keys.set(id, `group-${keys.size + 1}`)
    origins.set(id, box)
    cells.push(vertex(keys.get(id) ?? '', label, GROUP, parentKey(parent), place(box, parent)))
  }
  const lifelines = new Map(picture.lifelines.map((line) => [line.of, line]))
  for (const node of picture.nodes) {
    keys.set(node.id, `node-${keys.size + 1}`)
    const line = lifelines.get(node.id)
    const box = line ? { ...node.box, height: line.bottom - node.box.y } : node.box
    const style = line ? lifelineStyle(node.box.height) : styleOf(node)
    origins.set(node.id, box)
    cells.push(
      vertex(keys.get(node.id) ?? '', node.label, style, parentKey(node.group), place(box, node.group)),
    )
  }
  for (const [i, { label, box, head }] of picture.cells.entries())
    cells.push(vertex(`cell-${i + 1}`, label, head ? `${BOX}fontStyle=1;fillColor=#f5f5f5;` : BOX, '1', box))
  const heights = new Map(
    picture.nodes.map(({ id, box }) => [
      id,
      { top: box.y, height: (lifelines.get(id)?.bottom ?? 0) - box.y },
    ]),
  )
  for (const [i, edge] of picture.edges.entries()) {
    const pins = lifelines.size > 0 ? pinsOf(edge, heights) : ''
    cells.push(connection(`edge-${i + 1}`, edge, keys, pins))
  }
  return [
    '<mxfile host="Atlas">',
    `  <diagram id="page-1" name="${escapeXml(title)}">`,
    '    <mxGraphModel grid="1" gridSize="10" guides="1" connect="1" arrows="1" page="0" math="0" shadow="0">',
    '      <root>',
    '        <mxCell id="0" />',
    '        <mxCell id="1" parent="0" />',
    ...cells,
    '      </root>',
    '    </mxGraphModel>',
    '  </diagram>',
    '</mxfile>',
    '',
  ].join('\n')
}

const BOX = 'rounded=1;whiteSpace=wrap;html=1;'
const GROUP = `${BOX}container=1;collapsible=0;dashed=1;fillColor=none;verticalAlign=top;arcSize=4;`

function styleOf({ shape }: PicturedNode): string {
  if (shape === 'question') return 'rhombus;whiteSpace=wrap;html=1;'
  return shape === 'start' || shape === 'end' ? 'ellipse;whiteSpace=wrap;html=1;' : BOX
}

const lifelineStyle = (head: number): string =>
  `shape=umlLifeline;perimeter=lifelinePerimeter;whiteSpace=wrap;html=1;container=0;size=${head};`

/** A label is HTML, so its text is escaped for HTML first, then for XML. */
const value = (label: string): string => escapeXml(escapeXml(label))

function vertex(
  id: string,
  label: string,
  style: string,
  parent: string,
  { x, y, width, height }: Box,
): string {
  const head = `        <mxCell id="${id}" value="${value(label)}" style="${style}" vertex="1" parent="${parent}">`
  const geometry = `<mxGeometry x="${x}" y="${y}" width="${width}" height="${height}" as="geometry" />`
  return `${head}\n          ${geometry}\n        </mxCell>`
}

const HEADS = {
  directed: 'startArrow=none;endArrow=classic;',
  both: 'startArrow=classic;endArrow=classic;',
  undirected: 'startArrow=none;endArrow=none;',
} as const

function connection(
  id: string,
  { from, to, arrow, label, points }: PicturedEdge,
  keys: ReadonlyMap<string, string>,
  pins: string,
): string {
  const style = `rounded=1;html=1;${HEADS[arrow]}${pins}`
  const ends = `source="${keys.get(from) ?? ''}" target="${keys.get(to) ?? ''}"`
  const bends = points.slice(1, -1).map(({ x, y }) => `<mxPoint x="${x}" y="${y}" />`)
  const array =
    bends.length === 0 ? '' : `\n            <Array as="points">${bends.join('')}</Array>\n          `
  return [
    `        <mxCell id="${id}" value="${value(label)}" style="${style}" edge="1" parent="1" ${ends}>`,
    `          <mxGeometry relative="1" as="geometry">${array}</mxGeometry>`,
    '        </mxCell>',
  ].join('\n')
}

/** A message touches two lifelines at its height: a share of theirs. */
function pinsOf(
  { from, to, points }: PicturedEdge,
  heights: ReadonlyMap<string, { readonly top: number; readonly height: number }>,
): string {
  const share = (end: string, point: Point | undefined): string => {
    const line = heights.get(end)
    if (!line || !point || line.height <= 0) return '0.5'
    return Math.max(0, Math.min(1, (point.y - line.top) / line.height)).toFixed(4)
  }
  const exit = `exitX=0.5;exitY=${share(from, points[0])};exitPerimeter=0;`
  return `${exit}entryX=0.5;entryY=${share(to, points.at(-1))};entryPerimeter=0;`
}
