import { err, ok, type Result } from '#lib/result.ts'
import type { D2Diagram } from './format.ts'
import { quoted } from './notes.ts'

/** Each try starts the compiler anew, which takes a second. */
const TRIES = 3

/** Far above what a drawing's labels hold. */
const EXPANDED_MOST = 100_000

interface Compiled {
  readonly diagram: D2Diagram
  /** The lines that the compiler refused, each with its reason. */
  readonly without: readonly string[]
}

/**
 * What D2's own compiler makes of a text. Lines that it refuses are left out, and it is asked again. An error holds what it
 * said at last.
 */
export async function compileLines(
  text: string,
  compile: (text: string) => Promise<D2Diagram>,
): Promise<Result<Compiled, readonly string[]>> {
  if (expandedLength(text) > EXPANDED_MOST)
    return err(['its variables grow too large when they are filled in'])
  let lines: readonly string[] = text.split(/\r\n?|\n/)
  const without: string[] = []
  for (let tries = 1; ; tries++) {
    try {
      return ok({ diagram: await compile(lines.join('\n')), without })
    } catch (error) {
      const said = complaints(error)
      const bad = new Map(said.flatMap(({ line, why }) => (lines[line - 1]?.trim() ? [[line - 1, why]] : [])))
      if (bad.size === 0 || tries === TRIES) return err(said.map(({ says }) => says))
      for (const [at, why] of bad) without.push(`the line ${quoted(lines[at] ?? '')}: ${why}`)
      // An empty line stands in for it, so that the compiler still counts as the file does.
      lines = lines.map((line, i) => (bad.has(i) ? '' : line))
    }
  }
}

interface Complaint {
  /** From 1; 0 where none is named. */
  readonly line: number
  readonly why: string
  readonly says: string
}

/** D2 throws a list in JSON: `[{ "errmsg": "index:26:1: cannot connect to reserved keyword" }]`. */
function complaints(error: unknown): Complaint[] {
  const message = error instanceof Error ? error.message : ''
  const found = [...message.matchAll(/"errmsg":"index:(\d+):(\d+): ((?:[^"\\]|\\.)*)"/g)]
  if (found.length === 0) {
    const says = message === '' ? 'D2 cannot read it' : `D2 says: ${message.slice(0, 200)}`
    return [{ line: 0, why: '', says }]
  }
  return found.map(([, line, column, why = '']) => {
    const reason = why.replace(/\\(.)/g, '$1')
    return { line: Number(line), why: reason, says: `line ${line}, column ${column}: ${reason}` }
  })
}

const VARIABLE = /^[ \t]*([\w-]+)[ \t]*:(.{0,2000})$/gm

/**
 * How long the longest value gets once its variables are filled in: one that names others that name others doubles at each
 * step, and the compiler would fill all memory with it.
 */
function expandedLength(text: string): number {
  const values = new Map([...text.matchAll(VARIABLE)].map(([, name = '', value = '']) => [name, value]))
  const known = new Map<string, number>()
  const lengthOf = (name: string): number => {
    const before = known.get(name)
    if (before !== undefined) return before
    const value = values.get(name) ?? ''
    // One that names itself is the compiler's to refuse.
    known.set(name, value.length)
    const inner = [...value.matchAll(/\$\{([^{}]{0,200})\}/g)].map(
      ([, path = '']) => path.split('.').at(-1) ?? '',
    )
    const length = inner.reduce((sum, one) => sum + lengthOf(one.trim()), value.length)
    known.set(name, length)
    return length
  }
  return Math.max(0, ...[...values.keys()].map(lengthOf))
}
