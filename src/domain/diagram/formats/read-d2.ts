import { err, ok } from '#lib/result.ts'
import type { Arrow, Form } from '../model.ts'
import { describeProblem, joinPath, parseDrawing, splitPath } from '../notation/index.ts'
import { type D2Diagram, damaged, FORMAT_LIMITS, type Parsers, type ReadResult } from './format.ts'
import { type RawEdge, type RawEntity, toDrawing } from './graph.ts'
import { Notes, quoted } from './notes.ts'
import { markdownText, oneLine } from './plain-text.ts'

/**
 * D2: as our notation, which is a subset of it; where that does not hold, as D2's own compiler reads it. A table stands in a block of
 * Markdown, for D2 has no word of its own.
 */
export async function readD2(text: string, form: Form, parsers: Parsers): Promise<ReadResult> {
  if (text.length > FORMAT_LIMITS.source)
    return err(damaged('d2', `it has more than ${FORMAT_LIMITS.source} characters`))
  const isTable = form === 'timeline' || form === 'matrix'
  const ours = parseDrawing(isTable ? tableIn(text) : withoutBreaks(text), form)
  const looks = ours.notes.length - (/^[ \t]*shape[ \t]*:[ \t]*sequence_diagram\b/m.test(text) ? 1 : 0)
  const passed = looks > 0 ? [looks === 1 ? 'a line about looks' : `${looks} lines about looks`] : []
  const asNotation: ReadResult = ok({
    drawing: ours.drawing,
    places: {},
    skipped: [...passed, ...ours.problems.map(describeProblem)].slice(0, FORMAT_LIMITS.lines),
    questions: [],
  })
  const holds = ours.problems.length === 0 && !BEYOND.test(text)
  if (holds || isTable || parsers.d2 === null) return asNotation
  try {
    return compiled(await parsers.d2(text), form)
  } catch {
    if (ours.problems.length === 0) return asNotation
    const lines = ours.problems.slice(0, PROBLEMS_SHOWN).map(describeProblem)
    return err({
      code: 'damaged',
      message: `The drawing cannot be read:\n${lines.join('\n')}`,
      mend: 'Mend these lines, then try again; docs/notation.md explains the notation.',
    })
  }
}

/** More than this says nothing more to a person. */
const PROBLEMS_SHOWN = 8

/** What our notation would read as something else: tables of fields, blocks of text, globs, imports, variables. */
const BEYOND =
  /\bshape[ \t]*:[ \t]*(?:sql_table|class|text|code)\b|\|(?:md|markdown|latex|tex)\b|\.\.\.@|^[ \t]*[&*]|\*[.:]|\$\{/m

/** D2 writes a line break in a quoted label as `\n`. */
const withoutBreaks = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"/g, (quotes) =>
    quotes.replace(/\\[\s\S]/g, (pair) => (pair === '\\n' ? ' ' : pair)),
  )

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

function compiled(diagram: D2Diagram, form: Exclude<Form, 'timeline' | 'matrix'>): ReadResult {
  const notes = new Notes()
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
  const entities = diagram.shapes.flatMap(({ id, label, type, opacity }): RawEntity[] => {
    const group = parents.has(id)
    if (opacity === 0) return []
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
  const kept = form === 'sequence' ? participants(entities, linked, parentOf, notes) : entities
  return ok({
    ...toDrawing({ entities: kept, edges, places: new Map() }, form, notes),
    skipped: notes.lines(),
  })
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

function participants(
  entities: readonly RawEntity[],
  linked: ReadonlySet<string>,
  parentOf: (id: string) => string | null,
  notes: Notes,
): RawEntity[] {
  const speaking = new Set([...linked].map((id) => participantOf(id, parentOf)))
  return entities.flatMap((entity): RawEntity[] => {
    if (entity.parent !== null) return []
    if (speaking.has(entity.key) || !entity.group) return [{ ...entity, group: false }]
    notes.add(`the frame ${quoted(entity.label)}; its messages are kept`)
    return []
  })
}
