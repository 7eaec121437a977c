import type { LinkedDrawing } from '#domain/diagram/index.ts'
import { nearest } from '#lib/text.ts'
import type { DesignFile } from './design.ts'
import { kindsOf, type RequestKind, type Workload } from './design-load.ts'
import { type DesignProblem, findNode } from './design-places.ts'
import type { DesignNode } from './design-resolve.ts'

/** Workloads and objectives find the nodes and the kinds of requests that they are of. */

export type ResolvedWorkload = Workload & {
  readonly id: string
  /** The node that sends it. */
  readonly entry: string
  readonly kinds: readonly RequestKind[]
}

/** Kinds have names of their own, and objectives are of one that there is. */
export function checkAsked(file: DesignFile, problems: DesignProblem[]): void {
  checkObjectives(file, problems)
  checkKinds(file, problems)
}

export function resolveWorkloads(
  file: DesignFile,
  drawing: LinkedDrawing,
  nodes: ReadonlyMap<string, DesignNode>,
  problems: DesignProblem[],
): readonly ResolvedWorkload[] {
  return Object.entries(file.workloads).flatMap(([id, workload]) => {
    const entry = findNode(drawing, workload.from)
    const path = ['workloads', id, 'from']
    if (!entry.ok) {
      problems.push({ path, message: entry.error, mend: 'name the node that sends it' })
      return []
    }
    if (nodes.get(entry.value)?.role !== 'source') {
      const message = `\`${workload.from}\` is a ${nodes.get(entry.value)?.role}, which sends nothing by itself`
      problems.push({ path, message, mend: 'name a client, or give that node `role: source`' })
    }
    return [{ ...workload, id, entry: entry.value, kinds: kindsOf(id, workload) }]
  })
}

/** What requests are called, of which the files' `only` and `of` speak. */
export const kindNames = (file: DesignFile): readonly string[] =>
  Object.entries(file.workloads).flatMap(([id, workload]) => kindsOf(id, workload).map((kind) => kind.id))

function checkKinds(file: DesignFile, problems: DesignProblem[]): void {
  const seen = new Set<string>()
  for (const [id, workload] of Object.entries(file.workloads)) {
    for (const kind of kindsOf(id, workload)) {
      if (seen.has(kind.id))
        problems.push({
          path: ['workloads', id],
          message: `two workloads send \`${kind.id}\``,
          mend: 'give each kind of request a name of its own',
        })
      seen.add(kind.id)
    }
    if (workload.trace === undefined || !('file' in workload.trace)) continue
    problems.push({
      path: ['workloads', id, 'trace'],
      message: `the file \`${workload.trace.file}\` was not read`,
      mend: 'put it beside the design',
    })
  }
}

function checkObjectives(file: DesignFile, problems: DesignProblem[]): void {
  for (const [id, { of }] of Object.entries(file.objectives)) {
    if (of !== undefined && !kindNames(file).includes(of))
      problems.push(unknownWorkload(['objectives', id, 'of'], of, kindNames(file)))
  }
  const asked = file.breaks?.objective
  if (asked === undefined || file.objectives[asked] !== undefined) return
  const near = nearest(asked, Object.keys(file.objectives))
  problems.push({
    path: ['breaks', 'objective'],
    message: `\`${asked}\` is none of the objectives`,
    mend: near === null ? 'name one of them' : `did you mean \`${near}\`?`,
  })
}

export function unknownWorkload(
  path: PropertyKey[],
  written: string,
  known: readonly string[],
): DesignProblem {
  const near = nearest(written, known)
  const mend = near === null ? `the workloads are ${known.join(', ')}` : `did you mean \`${near}\`?`
  return { path, message: `\`${written}\` is no workload or kind of request`, mend }
}
