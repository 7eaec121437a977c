import type { LinkedDrawing } from '#domain/diagram/index.ts'
import type { DesignFile } from './design.ts'
import { type DesignProblem, findGroup } from './design-places.ts'

/** The groups of a drawing that are regions, and what lies between them. */
export interface Regions {
  /** By node: the group that it stands in; nodes outside have none. */
  readonly ofNode: ReadonlyMap<string, string>
  /** By group: its price table, where that is not the design's. */
  readonly prices: ReadonlyMap<string, string>
  readonly links: readonly RegionLink[]
}

interface RegionLink {
  readonly ends: readonly [string, string]
  /** Seconds one way, and the share of messages lost. */
  readonly latency: number
  readonly loss: number | undefined
}

export function resolveRegions(file: DesignFile, drawing: LinkedDrawing, problems: DesignProblem[]): Regions {
  const prices = new Map<string, string>()
  const groups: string[] = []
  for (const [written, region] of Object.entries(file.regions)) {
    const group = findGroup(drawing, written)
    if (group.ok) {
      groups.push(group.value)
      prices.set(group.value, region.prices ?? file.region)
    } else
      problems.push({ path: ['regions', written], message: group.error, mend: 'name a group of the drawing' })
  }
  const ofNode = new Map<string, string>()
  // The innermost of groups that are nested.
  for (const group of groups.sort((a, b) => a.length - b.length))
    for (const { id } of drawing.nodes) if (id.startsWith(`${group}.`)) ofNode.set(id, group)
  const links = Object.entries(file.links).flatMap(([written, { latency, loss }]): RegionLink[] => {
    const ends = readEnds(drawing, written)
    const path = ['links', written]
    if (typeof ends === 'string') {
      problems.push({ path, message: ends, mend: 'name two regions, `us <-> eu`' })
      return []
    }
    const foreign = ends.find((end) => !groups.includes(end))
    if (foreign !== undefined)
      problems.push({
        path,
        message: `\`${foreign}\` is no region`,
        mend: `write \`regions: { ${foreign}: {} }\``,
      })
    return [{ ends, latency, loss }]
  })
  return { ofNode, prices, links }
}

/** `us <-> eu`: the two groups, or what is wrong. */
export function readEnds(drawing: LinkedDrawing, written: string): readonly [string, string] | string {
  const [left, right, ...more] = written.split('<->').map((end) => end.trim())
  if (left === undefined || right === undefined || more.length > 0)
    return `\`${written}\` does not lie between two regions`
  const [a, b] = [findGroup(drawing, left), findGroup(drawing, right)]
  if (!a.ok) return a.error
  if (!b.ok) return b.error
  return a.value === b.value ? `\`${written}\` is one region` : [a.value, b.value]
}

/** What lies between two nodes because of where they stand; null: nothing is said. */
export function linkBetween({ ofNode, links }: Regions, from: string, to: string): RegionLink | null {
  const [a, b] = [ofNode.get(from), ofNode.get(to)]
  if (a === undefined || b === undefined || a === b) return null
  return links.find(({ ends }) => ends.includes(a) && ends.includes(b)) ?? null
}
