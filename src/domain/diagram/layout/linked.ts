import { invariant } from '#lib/invariant.ts'
import type { DrawnGroup, ElementId, LinkedDrawing } from '../model.ts'
import type { Vocabulary } from '../vocabulary.ts'
import { placeCaption } from './captions.ts'
import type { ElkEdge, ElkNode } from './elk.ts'
import { type Box, type Point, simplify, tenth } from './geometry.ts'
import type { LaidEdge, LaidGroup, LaidNode, LinkedLayout } from './laid-out.ts'
import { CAPTION_HEIGHT, captionLook, chipLook, nodeLooks } from './look.ts'

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
}

export const MARGIN = 16
const ROOT = 'root'
const NODE = 'n:'
const GROUP = 'g:'

function rootOptions(options: ElkOptions): Record<string, string> {
  const { room } = options
  return {
    'elk.algorithm': 'layered',
    'elk.direction': options.direction,
    'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.randomSeed': String(options.seed),
    'elk.padding': `[top=${MARGIN},left=${MARGIN},bottom=${MARGIN},right=${MARGIN}]`,
    'elk.spacing.nodeNode': String(room + 8),
    'elk.spacing.edgeNode': String(room - 8),
    'elk.spacing.edgeEdge': '16',
    'elk.spacing.edgeLabel': '4',
    'elk.layered.spacing.nodeNodeBetweenLayers': String(room + 8),
    'elk.layered.spacing.edgeNodeBetweenLayers': '16',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '16',
    // BRANDES_KOEPF leaves no half-pixel slants; NETWORK_SIMPLEX left 510 on 1,083 edges.
    'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
    'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
    'elk.layered.thoroughness': String(options.thoroughness),
    'elk.layered.cycleBreaking.strategy': options.cycles,
    'elk.layered.edgeLabels.sideSelection': 'ALWAYS_DOWN',
  }
}

/** The graph that ELK lays out, every box and label measured. */
export function toElk(drawing: LinkedDrawing, vocabulary: Vocabulary, options: ElkOptions): ElkNode {
  const looks = nodeLooks(drawing, vocabulary)
  const leaf = (id: string): ElkNode => {
    const look = looks.get(id)
    invariant(look, `no look for node ${id}`)
    return { id: NODE + id, width: look.width, height: look.height }
  }
  const within = (parent: string | null): ElkNode[] => [
    ...drawing.groups.filter((group) => group.parent === parent).map(box),
    ...drawing.nodes.filter((node) => node.group === parent).map((node) => leaf(node.id)),
  ]
  const box = (group: DrawnGroup): ElkNode => {
    const children = within(group.id)
    const { width } = captionLook(group.label, vocabulary)
    if (children.length === 0) return { id: GROUP + group.id, width: Math.max(96, width), height: 64 }
    return {
      id: GROUP + group.id,
      children,
      layoutOptions: {
        'elk.padding': `[top=${CAPTION_HEIGHT + 16},left=16,bottom=16,right=16]`,
        'elk.nodeSize.constraints': '[MINIMUM_SIZE]',
        'elk.nodeSize.minimum': `(${width + 16},64)`,
      },
    }
  }
  const groups = new Set(drawing.groups.map((group) => group.id))
  const end = (id: string) => (groups.has(id) ? GROUP : NODE) + id
  const edges = drawing.edges.map((edge): ElkEdge => {
    const chip = chipLook(edge.label, vocabulary, options.labelWidth)
    return {
      id: edge.id,
      sources: [end(edge.from)],
      targets: [end(edge.to)],
      ...(chip && {
        labels: [
          {
            id: `${edge.id}/label`,
            text: chip.lines.join('\n'),
            width: chip.width,
            height: chip.height,
            layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
          },
        ],
      }),
    }
  })
  return { id: ROOT, layoutOptions: rootOptions(options), children: within(null), edges }
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
    const chip = chipLook(edge.label, vocabulary, options.labelWidth)
    return {
      el: `edge:${edge.id}`,
      arrow: edge.arrow,
      points: placed?.points ?? [],
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
