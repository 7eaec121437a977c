import { isAlias, isNode, LineCounter, type Node, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import type { Finding } from './finding.ts'

const MAX_BYTES = 400_000

/** Where in a file a value stands. */
export type LineOf = (path: readonly PropertyKey[]) => number

export interface ReadFile<T> {
  readonly value: T | null
  readonly lineOf: LineOf
  readonly findings: readonly Finding[]
}

type Issue = z.core.$ZodIssue

const mendOfContent = ({ path }: Issue): string =>
  path.at(-1) === 'source'
    ? 'name a source that a reader can find, or drop the number'
    : 'see docs/content-format.md for what may stand here'

/** One YAML file against its schema; every fault comes with its line. Aliases are not read: they can make a bomb. */
export function readYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
  mendOf: (issue: Issue) => string = mendOfContent,
): ReadFile<z.output<S>> {
  const fail = (line: number, message: string, mend: string) => ({
    value: null,
    lineOf: () => 1,
    findings: [{ file, line, message, mend }],
  })
  if (text.length > MAX_BYTES) {
    return fail(1, `the file has ${text.length} characters`, `split it; at most ${MAX_BYTES} are read`)
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [problem] = document.errors
  if (problem) return fail(lines.linePos(problem.pos[0]).line, problem.message, 'mend the YAML')
  const aliases: number[] = []
  visit(document, {
    Alias: (_, node) => {
      aliases.push(node.range?.[0] ?? 0)
    },
  })
  const [alias] = aliases
  if (alias !== undefined) {
    return fail(lines.linePos(alias).line, 'a YAML alias', 'write the value out; aliases are not read')
  }

  const lineOf: LineOf = (path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as Node | undefined
      if (isNode(node) && !isAlias(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (parsed.success) return { value: parsed.data, lineOf, findings: [] }
  const findings = parsed.error.issues.map((issue) => {
    const name = issue.path.map(String).join('.') || 'the file'
    const missing = issue.path.length > 0 && document.getIn(issue.path) === undefined
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    return {
      file,
      line: lineOf([...issue.path, ...unknown]),
      message: missing ? `${name} is missing` : `${name}: ${issue.message}`,
      mend: mendOf(issue),
    }
  })
  return { value: null, lineOf, findings }
}
