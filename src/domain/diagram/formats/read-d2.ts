import { err, ok } from '#lib/result.ts'
import {
  type Arrow,
  type Drawing,
  type Form,
  isLinked,
  type LinkedDrawing,
  type LinkedForm,
} from '../model.ts'
import { describeProblem, joinPath, parseDrawing, splitPath } from '../notation/index.ts'
import { compileLines } from './d2-lines.ts'
import { plainD2 } from './d2-plain.ts'
import { type D2Diagram, damaged, FORMAT_LIMITS, type Parsers, type ReadResult } from './format.ts'
import { type RawEdge, type RawEntity, toDrawing } from './graph.ts'
import { Notes, quoted } from './notes.ts'
import { markdownText, oneLine } from './plain-text.ts'
import { given } from './scene-table.ts'

/**
 * D2: as our notation, which is a subset of it; where that does not hold, as D2's own compiler reads it. A
 * table stands in a block of Markdown, for D2 has no word of its own.
 */
export async function readD2(text: string, form: Form, parsers: Parsers): Promise<ReadResult> {
  if (text.length > FORMAT_LIMITS.source)
    return err(damaged('d2', `it has more than ${FORMAT_LIMITS.source} characters`))
  const isTable = form === 'timeline' || form === 'matrix'
  const ours = parseDrawing(isTable ? tableIn(text) : withoutBreaks(text), form)
  const looks = ours.notes.length - (/^[ \t]*shape[ \t]*:[ \t]*sequence_diagram\b/m.test(text) ? 1 : 0)
  const passed = looks > 0 ? [looks === 1 ? 'a line about looks' : `${looks} lines about looks`] : []
  const problems = ours.problems.map(describeProblem)
  const asNotation: ReadResult = ok({
    drawing: named(ours.drawing),
    places: {},
    skipped: [...passed, ...problems].slice(0, FORMAT_LIMITS.lines),
    questions: [],
  })
  const isWhole = problems.length === 0 && !BEYOND.test(text.replace(QUOTED, '""'))
  if (isWhole || isTable || !isLinked(ours.drawing)) return asNotation
  if (parsers.d2 === null) return withoutCompiler(text, ours.drawing.form, passed)
  const byTool = await compileLines(text, parsers.d2)
  if (byTool.ok) return compiled(byTool.value.diagram, form, byTool.value.without)
  return err({
    code: 'damaged',
    message: `The drawing cannot be read:\n${byTool.error.slice(0, PROBLEMS_SHOWN).join('\n')}`,
    mend: 'Mend these lines, then try again; docs/notation.md explains the notation.',
  })
}

function withoutCompiler(text: string, form: LinkedForm, passed: readonly string[]): ReadResult {
  const notes = new Notes()
  const { drawing, problems } = parseDrawing(withoutBreaks(plainD2(text, notes)), form)
  const before = [...passed, ...notes.lines(), ...problems.map(describeProblem)]
  return isLinked(drawing) ? compiled(asCompiled(drawing), form, before) : err(damaged('d2', 'it is a table'))
}

const named = (drawing: Drawing): Drawing =>
  drawing.form === 'matrix' ? { ...drawing, columns: drawing.columns.map(given) } : drawing

/** What our notation made of a text, as the compiler would have given it. */
function asCompiled({ nodes, groups, edges }: LinkedDrawing): D2Diagram {
  const head = (has: boolean): string => (has ? 'triangle' : 'none')
  return {
    shapes: [...groups, ...nodes].map(({ id, label }) => ({ id, label, type: 'rectangle' })),
    connections: edges.map(({ from, to, arrow, label }) => ({
      src: from,
      dst: to,
      srcArrow: head(arrow === 'both'),
      dstArrow: head(arrow !== 'undirected'),
      label,
    })),
  }
}

/** More than this says nothing more to a person. */
const PROBLEMS_SHOWN = 8

/** What our notation would read as something else: tables of fields, blocks of text, globs, imports, variables. */
const BEYOND =
  /\bshape[ \t]*:[ \t]*(?:sql_table|class|text|code)\b|\|(?:md|markdown|latex|tex)\b|\.\.\.@|^[ \t]*[&*]|\*[.:]|\$\{/m

/** Bounded, so that a long line of quotes and backslashes stays quick. */
const QUOTED = /"(?:[^"\\\n]|\\.){0,1000}"/g

/** D2 writes a line break in a quoted label as `\n`. */
const withoutBreaks = (text: string): string =>
  text.replace(QUOTED, (quotes) => quotes.replace(/\\[\s\S]/g, (pair) => (pair === '\\n' ? ' ' : pair)))

/** The lines of the first Markdown block; the text itself where there is none. An empty head is no row. */
function tableIn(text: string): string {
  const lines = text.split(/\r\n?|\n/)
  const start = lines.findIndex((line) => /\|(?:md|markdown)[ \t]*$/.test(line))
  if (start < 0) return text
  const block = lines.slice(start + 1)
  const end = block.findIndex((line) => /^[ \t]*\|+[ \t]*$/.test(line))
  return block
    .slice(0, end < 0 ? undefined : end)
    .filter((line) => !/^[ \t|]*$/.test(line))
    .join('\n')
}

function compiled(diagram: D2Diagram, form: LinkedForm, before: readonly string[]): ReadResult {
  const notes = new Notes()
  for (const line of before) notes.add(line)
  const paths = new Map(diagram.shapes.map(({ id }) => [id, splitPath(id)]))
  const ids = new Map([...paths].map(([id, path]) => [keyOf(path), id]))
  const parentOf = (id: string): string | null => {
    const path = paths.get(id) ?? []
    for (let length = path.length - 1; length > 0; length--) {
      const parent = ids.get(keyOf(path.slice(0, length)))
      if (parent !== undefined) return parent
    }
    return null
  }
  const parents = new Set(diagram.shapes.map(({ id }) => parentOf(id)))
  const linked = new Set(diagram.connections.flatMap(({ src, dst }) => [src, dst]))
  const entities = diagram.shapes.flatMap(({ id, label, type, opacity, blend }): RawEntity[] => {
    const group = parents.has(id)
    if (opacity === 0) return []
    if (blend === true) {
      notes.add(`the frame ${quoted(label)}; its messages are kept`)
      return []
    }
    if (/^(text|code|page)$/.test(type) && !linked.has(id) && !group) {
      notes.add(`the note ${quoted(markdownText(label))}`)
      return []
    }
    return [{ key: id, label: markdownText(label), parent: parentOf(id), group }]
  })
  const owner = (id: string): string => (form === 'sequence' ? participantOf(id, parentOf) : id)
  const edges = diagram.connections
    .filter(({ dst }) => !/-lifeline-end-\d+$/.test(dst))
    .map((one): RawEdge => ({ ...directed(one, owner), label: oneLine(one.label) }))
  const kept = form === 'sequence' ? entities.filter(({ parent }) => parent === null) : entities
  const flat = kept.map((entity) => (form === 'sequence' ? { ...entity, group: false } : entity))
  const graph = { entities: flat, edges, places: new Map() }
  return ok({ ...toDrawing(graph, form, notes), skipped: notes.lines() })
}

const keyOf = (path: readonly string[]): string =>
  path
    .map((name) => joinPath(null, name))
    .join('.')
    .toLowerCase()

/** D2 keeps `a <- b` with its source at a: only the heads tell which way it goes. */
function directed(
  { src, dst, srcArrow, dstArrow }: D2Diagram['connections'][number],
  owner: (id: string) => string,
): Pick<RawEdge, 'from' | 'to' | 'arrow'> {
  const [atStart, atEnd] = [srcArrow !== 'none', dstArrow !== 'none']
  const arrow: Arrow = atStart && atEnd ? 'both' : atStart || atEnd ? 'directed' : 'undirected'
  const [from, to] = atStart && !atEnd ? [dst, src] : [src, dst]
  return { from: owner(from), to: owner(to), arrow }
}

/** In a sequence what stands in a participant is a stretch of its lifeline. */
function participantOf(id: string, parentOf: (id: string) => string | null): string {
  let at = id
  for (let parent = parentOf(at); parent !== null; parent = parentOf(at)) at = parent
  return at
}
