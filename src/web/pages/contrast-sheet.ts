import type { ContrastSide } from '#app/views-mistakes.ts'
import { isLinked, type OwnName, resolve, type Vocabulary } from '#domain/diagram/index.ts'
import { readLine } from '../recall/entry-line.tsx'
import { placed, type Work, workOf } from '../recall/work.ts'

/** One side of a drill as it is being answered: what was drawn, step by step, and the names of its blanks. */
export interface Sheet {
  /** The last one is what is drawn now. */
  readonly steps: readonly Work[]
  readonly names: readonly string[]
}

export const sheetFor = ({ drawing, form, places, blanks }: ContrastSide): Sheet => ({
  steps: [workOf(drawing, form, places)],
  names: blanks.map(() => ''),
})

/** The drawing with the names that its blanks have; a blank without one shows its number. */
export function workNow({ steps, names }: Sheet, { blanks }: ContrastSide): Work {
  const work = steps.at(-1) as Work
  if (!isLinked(work.drawing)) return work
  const labels = new Map(blanks.map(({ node, number }, i) => [node, names[i]?.trim() || String(number)]))
  const nodes = work.drawing.nodes.map((node) => ({ ...node, label: labels.get(node.id) ?? node.label }))
  return { ...work, drawing: { ...work.drawing, nodes } }
}

/** What one line adds, or why it cannot. */
export function drawLine(
  sheet: Sheet,
  side: ContrastSide,
  line: string,
  vocabulary: Vocabulary,
): Sheet | { readonly problem: string } {
  const context = { last: null, edge: null }
  const read = readLine({ work: workNow(sheet, side), context }, line, vocabulary)
  if (!read.ok) {
    const { message, suggestion } = read.problem
    return { problem: `${message}${suggestion === null ? '' : `; did you mean \`${suggestion}\`?`}` }
  }
  const { drawing } = read.work
  const ids = new Set(isLinked(drawing) ? drawing.nodes.map(({ id }) => id) : [])
  if (side.blanks.some(({ node }) => !ids.has(node)))
    return { problem: 'A blank stays where it is; its own field names it.' }
  return { ...sheet, steps: [...sheet.steps, placed(read.work, vocabulary)] }
}

/** For type-ahead: the names that are on the sheet, but for the blanks' numbers. */
export function ownNames({ drawing }: Work, vocabulary: Vocabulary): OwnName[] {
  const labels = isLinked(drawing) ? [...drawing.nodes, ...drawing.groups].map(({ label }) => label) : []
  return [...new Set(labels)]
    .filter((label) => !/^\d+$/.test(label))
    .map((label) => ({ label, concept: resolve(vocabulary, label)?.concept ?? null }))
}
