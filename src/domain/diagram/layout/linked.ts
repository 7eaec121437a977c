import { invariant } from '#lib/invariant.ts'
import type { DrawnGroup, ElementId, LinkedDrawing } from '../model.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { placeCaption } from './captions.ts'
import type { ElkEdge, ElkNode } from './elk.ts'
import { MARGIN } from './fit.ts'
import { flowOrder } from './flow.ts'
import { type Box, GRID, type Point, simplify, snapUp, tenth } from './geometry.ts'
import type { LaidEdge, LaidGroup, LaidNode, LinkedLayout } from './laid-out.ts'
import { CAPTION_HEIGHT, captionLook, edgeChip, type NodeLook, nodeLooks } from './look.ts'
import { openLoop } from './loop.ts'

/** What differs between one try at a layout and the next; the search in `search.ts` picks the best. */
export interface ElkOptions {
  readonly direction: 'DOWN' | 'RIGHT'
  readonly seed: number
  readonly thoroughness: number
  readonly cycles: 'GREEDY' | 'MODEL_ORDER' | 'DEPTH_FIRST'
  /** px; more room between things where the usual room is not enough. */
  readonly room: number
  /** px; edge labels are broken at this width. */
  readonly labelWidth: number
  /** Short lines to the left before straight ones (`BALANCED`), or the other way round. */
  readonly alignment: 'BALANCED' | 'NONE'
  /** Keeps neighbours in the order of the text where that costs nothing. */
  readonly ordered: boolean
  /** Whether what the reader meets first stands in the first layer, even where its connections are short. */
  readonly pinned: boolean
  /** Where a group keeps room for its caption, by group id; along its top, if not named here. */
  readonly captions: ReadonlyMap<string, CaptionSide>
}

/** `beside`: left of the members, for a group that lines enter from above and leave below. */
export type CaptionSide = 'top' | 'bottom' | 'beside'

const ROOT = 'root'
const NODE = 'n:'
const GROUP = 'g:'

function rootOptions(options: ElkOptions): Record<string, string> {
  return {
    ...spacing(options),
    'elk.algorithm': 'layered',
    'elk.direction': options.direction,
    'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.randomSeed': String(options.seed),
    'elk.padding': `[top=${MARGIN},left=${MARGIN},bottom=${MARGIN},right=${MARGIN}]`,
    // BRANDES_KOEPF leaves no half-pixel slants; NETWORK_SIMPLEX left 510 on 1,083 edges.
    'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
    'elk.layered.nodePlacement.bk.fixedAlignment': options.alignment,
    'elk.layered.thoroughness': String(options.thoroughness),
    'elk.layered.cycleBreaking.strategy': options.cycles,
    'elk.layered.considerModelOrder.strategy': options.ordered ? 'NODES_AND_EDGES' : 'NONE',
    'elk.layered.edgeLabels.sideSelection': 'ALWAYS_DOWN',
  }
}

/** ELK does not hand these down: each group needs them again, or its lines stand 10 px apart. */
function spacing({ room }: ElkOptions): Record<string, string> {
  return {
    'elk.spacing.nodeNode': String(room + 8),
    'elk.spacing.edgeNode': '16',
    'elk.spacing.edgeEdge': '16',
    'elk.spacing.edgeLabel': '4',
    'elk.spacing.nodeSelfLoop': '20',
    'elk.spacing.portPort': '16',
    'elk.layered.spacing.nodeNodeBetweenLayers': String(room),
    'elk.layered.spacing.edgeNodeBetweenLayers': '16',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  }
}

/** The graph that ELK lays out, every box and label measured. */
export function toElk(drawing: LinkedDrawing, vocabulary: Vocabulary, options: ElkOptions): ElkNode {
  const looks = nodeLooks(drawing, vocabulary)
  const room = lineRoom(drawing, options)
  const opener = openerOf(drawing)
  const leaf = (id: string): ElkNode => {
    const look = looks.get(id)
    invariant(look, `no look for node ${id}`)
    const { width, height } = room(id, look)
    const first = look.shape === 'start' || (options.pinned && id === opener)
    const layer = first ? 'FIRST' : look.shape === 'end' ? 'LAST' : null
    const constraint = layer && { layoutOptions: { 'elk.layered.layering.layerConstraint': layer } }
    return { id: NODE + id, width, height, ...constraint }
  }
  const order = flowOrder(drawing)
  const rank = (one: { id: string }) => order.get(one.id) ?? 0
  const within = (parent: string | null): ElkNode[] =>
    [
      ...drawing.groups
        .filter((group) => group.parent === parent)
        .map((group) => ({ rank: rank(group), node: box(group) })),
      ...drawing.nodes
        .filter((node) => node.group === parent)
        .map((node) => ({ rank: rank(node), node: leaf(node.id) })),
    ]
      .sort((a, b) => a.rank - b.rank)
      .map(({ node }) => node)
  const box = (group: DrawnGroup): ElkNode => {
    const children = within(group.id)
    const { width } = captionLook(group.label, vocabulary)
    if (children.length === 0) return { id: GROUP + group.id, width: Math.max(96, width), height: 64 }
    return { id: GROUP + group.id, children, layoutOptions: groupOptions(group, width, options) }
  }
  return {
    id: ROOT,
    layoutOptions: rootOptions(options),
    children: within(null),
    edges: elkEdges(drawing, vocabulary, options),
  }
}

/** The node at the source of the first connection, if nothing leads to it. */
function openerOf({ edges, nodes }: LinkedDrawing): string | null {
  const id = edges[0]?.from
  const leads = edges.some((edge) => edge.to === id || (edge.arrow === 'both' && edge.from === id))
  return nodes.some((node) => node.id === id) && !leads ? (id ?? null) : null
}

const GROUP_PADDING = 16

function groupOptions(group: DrawnGroup, caption: number, options: ElkOptions): Record<string, string> {
  const side = options.captions.get(group.id) ?? 'top'
  const strip = CAPTION_HEIGHT + GROUP_PADDING
  const top = side === 'top' ? strip : GROUP_PADDING
  const bottom = side === 'bottom' ? strip : GROUP_PADDING
  const left = side === 'beside' ? caption + GROUP_PADDING : GROUP_PADDING
  return {
    ...spacing(options),
    'elk.padding': `[top=${top},left=${left},bottom=${bottom},right=${GROUP_PADDING}]`,
    'elk.nodeSize.constraints': '[MINIMUM_SIZE]',
    'elk.nodeSize.minimum': `(${caption + GROUP_PADDING},64)`,
  }
}

/** The least distance between two lines that meet a box on the same side. */
const LINE_GAP = 14

/** A box grows where many lines meet it, so that their heads stay apart. */
function lineRoom(drawing: LinkedDrawing, { direction }: ElkOptions) {
  const count = (id: string) =>
    Math.max(
      drawing.edges.filter((edge) => edge.from === id).length,
      drawing.edges.filter((edge) => edge.to === id).length,
    )
  return (id: string, look: NodeLook): { width: number; height: number } => {
    const { width, height, shape } = look
    if (shape === 'start' || shape === 'end') return { width, height }
    const needed = snapUp(LINE_GAP * (count(id) + 1) - GRID)
    return direction === 'RIGHT'
      ? { width, height: Math.max(height, needed) }
      : { width: Math.max(width, needed), height }
  }
}

function elkEdges(drawing: LinkedDrawing, vocabulary: Vocabulary, options: ElkOptions): ElkEdge[] {
  const groups = new Set(drawing.groups.map((group) => group.id))
  const end = (id: string) => (groups.has(id) ? GROUP : NODE) + id
  return drawing.edges.map((edge): ElkEdge => {
    const chip = edgeChip(drawing, edge, vocabulary, options.labelWidth)
    const label = chip && {
      id: `${edge.id}/label`,
      text: chip.lines.join('\n'),
      width: chip.width,
      height: chip.height,
      layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
    }
    return {
      id: edge.id,
      sources: [end(edge.from)],
      targets: [end(edge.to)],
      ...(label && { labels: [label] }),
    }
  })
}

interface Placed {
  readonly boxes: Map<string, Box>
  readonly edges: Map<string, { readonly points: Point[]; readonly label: Box | null }>
}

/** ELK's coordinates are relative to the parent, those of an edge to its container; ours are absolute. */
function absolute(root: ElkNode): Placed {
  const boxes = new Map<string, Box>()
  const drawn: ElkEdge[] = []
  const visit = (node: ElkNode, x: number, y: number) => {
    boxes.set(node.id, { x, y, width: tenth(node.width ?? 0), height: tenth(node.height ?? 0) })
    drawn.push(...(node.edges ?? []))
    for (const child of node.children ?? [])
      visit(child, tenth(x + (child.x ?? 0)), tenth(y + (child.y ?? 0)))
  }
  visit(root, 0, 0)
  const edges = new Map(
    drawn.map((edge) => {
      const origin = boxes.get(edge.container ?? ROOT) ?? { x: 0, y: 0 }
      const shift = (p: Point): Point => ({ x: tenth(p.x + origin.x), y: tenth(p.y + origin.y) })
      const points = (edge.sections ?? []).flatMap((section) =>
        [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(shift),
      )
      const chip = edge.labels?.[0]
      const label = chip && {
        ...shift({ x: chip.x ?? 0, y: chip.y ?? 0 }),
        width: chip.width,
        height: chip.height,
      }
      return [edge.id, { points: simplify(points), label: label ?? null }]
    }),
  )
  return { boxes, edges }
}

/** Reads ELK's answer to `toElk(drawing, vocabulary, options)`. */
export function fromElk(
  result: ElkNode,
  drawing: LinkedDrawing,
  vocabulary: Vocabulary,
  options: ElkOptions,
): LinkedLayout {
  const { boxes, edges } = absolute(result)
  const looks = nodeLooks(drawing, vocabulary)
  const boxOf = (id: string): Box => {
    const box = boxes.get(id)
    invariant(box, `ELK returned no place for ${id}`)
    return box
  }
  const nodes = drawing.nodes.map((node): LaidNode => {
    const look = looks.get(node.id)
    invariant(look, `no look for node ${node.id}`)
    const { lines, icon, layer, shape } = look
    return { el: `node:${node.id}`, shape, box: boxOf(NODE + node.id), lines, icon, layer }
  })
  const groupIds = new Set(drawing.groups.map((group) => group.id))
  const end = (id: string): ElementId => (groupIds.has(id) ? `group:${id}` : `node:${id}`)
  const laidEdges = drawing.edges.map((edge): LaidEdge => {
    const placed = edges.get(edge.id)
    const chip = edgeChip(drawing, edge, vocabulary, options.labelWidth)
    const loopOf = (id: string) => {
      const node = nodes.find((one) => one.el === `node:${id}`)
      return openLoop(placed?.points ?? [], node?.box ?? boxOf(GROUP + id), node?.shape ?? 'box')
    }
    return {
      el: `edge:${edge.id}`,
      arrow: edge.arrow,
      points: edge.from === edge.to ? loopOf(edge.from) : (placed?.points ?? []),
      label: chip && placed?.label ? { lines: chip.lines, box: placed.label } : null,
      from: end(edge.from),
      to: end(edge.to),
    }
  })
  const groups = inDepthOrder(drawing.groups).map(({ group, depth }): LaidGroup => {
    const box = boxOf(GROUP + group.id)
    const { caption, width } = captionLook(group.label, vocabulary)
    return {
      el: `group:${group.id}`,
      box,
      caption,
      captionBox: placeCaption(box, width, nodes, laidEdges),
      depth,
    }
  })
  return {
    kind: 'linked',
    form: drawing.form,
    width: tenth(result.width ?? 0),
    height: tenth(result.height ?? 0),
    groups,
    nodes,
    edges: laidEdges,
  }
}

/** Outer groups first, with how deep each lies. */
export function inDepthOrder(groups: readonly DrawnGroup[]): { group: DrawnGroup; depth: number }[] {
  const byId = new Map(groups.map((group) => [group.id, group]))
  const depthOf = (group: DrawnGroup): number => {
    const parent = group.parent === null ? undefined : byId.get(group.parent)
    return parent ? depthOf(parent) + 1 : 0
  }
  return groups.map((group) => ({ group, depth: depthOf(group) })).sort((a, b) => a.depth - b.depth)
}
