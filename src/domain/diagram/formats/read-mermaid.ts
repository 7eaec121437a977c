import { err, ok } from '#lib/result.ts'
import type { Drawing, Form } from '../model.ts'
import {
  damaged,
  FORMAT_LIMITS,
  type MermaidDiagram,
  otherForm,
  type Parsers,
  type ReadResult,
} from './format.ts'
import { toDrawing } from './graph.ts'
import { isObject, textOf } from './json.ts'
import { flowchartGraph, sequenceGraph, statesGraph, timelineEvents } from './mermaid-graph.ts'
import { mermaidSource } from './mermaid-source.ts'
import { Notes, quoted } from './notes.ts'

/** Mermaid: read by its own parser, line by line where it does not take a whole text. */
export async function readMermaid(text: string, form: Form, parsers: Parsers): Promise<ReadResult> {
  const notes = new Notes()
  const { source, others } = mermaidSource(text)
  if (others > 0)
    notes.add(
      others === 1
        ? 'another Mermaid block; the first is read'
        : `${others} more Mermaid blocks; the first is read`,
    )
  if (source.length > FORMAT_LIMITS.source)
    return err(damaged('mermaid', `it has more than ${FORMAT_LIMITS.source} characters`))
  const parsed = await parseLines(source, parsers, notes)
  if (typeof parsed === 'string') return err(damaged('mermaid', parsed))
  const { type } = parsed
  if (form === 'matrix') return err(otherForm('a Mermaid diagram', form))
  if (type === 'timeline') {
    if (form !== 'timeline') return err(otherForm('a timeline', form))
    const drawing: Drawing = { form, events: timelineEvents(parsed.db, notes) }
    return ok({ drawing, places: {}, skipped: notes.lines(), questions: [] })
  }
  const graph = type.startsWith('flowchart')
    ? flowchartGraph(parsed.db, notes)
    : type === 'sequence'
      ? sequenceGraph(parsed.db, notes)
      : type.startsWith('state')
        ? statesGraph(parsed.db, notes)
        : null
  if (graph === null)
    return err(damaged('mermaid', `it is a ${type}; flowcharts, sequences, states and timelines are read`))
  if (form === 'timeline') return err(otherForm('nodes and arrows', form))
  return ok({ ...toDrawing(graph, form, notes), skipped: notes.lines() })
}

/**
 * What the parser makes of it; a line that it refuses is left out, with a note. A string says why nothing can
 * be read.
 */
async function parseLines(source: string, parsers: Parsers, notes: Notes): Promise<MermaidDiagram | string> {
  // Mermaid counts lines from the first that is not empty.
  let lines = source.split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return 'there is no text in it'
  // The time of Mermaid's own parser grows with their square.
  if (lines.length > FORMAT_LIMITS.items) return `it has more than ${FORMAT_LIMITS.items} lines`
  let why = 'its lines are not Mermaid'
  for (let tries = 0; tries < FORMAT_LIMITS.tries && lines.length > 0; tries++) {
    try {
      return await parsers.mermaid(`${lines.join('\n')}\n`)
    } catch (error) {
      why = reason(error)
      const bad = badLine(error, lines.length)
      if (bad === null) break
      const closing = bad >= lines.length ? closingOf(lines) : null
      if (closing !== null) {
        lines = [...lines, closing]
        continue
      }
      const at = Math.min(bad, lines.length - 1)
      notes.add(`the line ${quoted(lines[at] ?? '')}`)
      lines = lines.filter((_, i) => i !== at)
    }
  }
  return why
}

/** The line (from 0) at which the parser stopped; `count` where it wanted more. Null where it does not say. */
function badLine(error: unknown, count: number): number | null {
  const hash = isObject(error) ? error.hash : undefined
  const loc = isObject(hash) ? hash.loc : undefined
  const line = isObject(loc) ? loc.first_line : undefined
  if (isObject(hash) && /^(EOF|1)$/.test(textOf(hash.token)) && closingNeeded(hash)) return count
  const token = isObject(hash) ? textOf(hash.text) : ''
  if (isObject(hash) && typeof hash.line === 'number' && !isInLabel(hash))
    return Math.max(1, hash.line - token.split('\n').length + 1)
  if (typeof line === 'number' && line >= 1) return Math.max(1, line - 1)
  const said = /line:? (\d+)/i.exec(error instanceof Error ? error.message : '')?.[1]
  return said === undefined || count < 2 ? null : Math.max(1, Number(said) - 1)
}

const closingNeeded = (hash: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(hash.expected) && hash.expected.some((one) => /end|STRUCT_STOP/i.test(String(one)))

/** A label that is never closed runs on over the next lines: the mistake is where it began, not where it was seen. */
const isInLabel = (hash: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(hash.expected) &&
  hash.expected.some((one) => /\b(SQE|PE|DIAMOND_STOP|TAGEND|TRAPEND)\b/.test(String(one)))

/** What a text that breaks off inside a block lacks. */
function closingOf(lines: readonly string[]): string | null {
  const open = lines.filter((line) => /\{\s*$/.test(line)).length
  const closed = lines.filter((line) => /^\s*\}/.test(line)).length
  if (/^\s*stateDiagram/.test(lines[0] ?? '')) return open > closed ? '}' : null
  const begun = lines.filter((line) =>
    /^\s*(subgraph|loop|alt|opt|par|critical|break|rect|box)\b/.test(line),
  ).length
  const ended = lines.filter((line) => /^\s*end\b/.test(line)).length
  return begun > ended ? 'end' : null
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  if (/No diagram type detected/.test(message)) return 'its first line names no kind of diagram'
  return `Mermaid stops at ${quoted(message.split('\n').slice(0, 2).join(' '))}`
}
