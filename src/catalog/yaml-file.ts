import { isAlias, isNode, isScalar, LineCounter, type Node, parseDocument, type Scalar, visit } from 'yaml'
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

/** Keys that stand in one map before. */
function repeated(keys: readonly unknown[]): Scalar[] {
  const seen = new Set<unknown>()
  return keys.filter((key): key is Scalar => {
    if (!isScalar(key)) return false
    const before = seen.has(key.value)
    seen.add(key.value)
    return before
  })
}

const clipped = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text)

const NAMED = 3

/** What the schema says, without the rest of a long list. */
function saidOf(issue: Issue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message
  const named = issue.keys.slice(0, NAMED).map((key) => `"${clipped(key)}"`)
  const more = issue.keys.length > NAMED ? ` and ${issue.keys.length - NAMED} more` : ''
  return `Unrecognized key${issue.keys.length === 1 ? '' : 's'}: ${named.join(', ')}${more}`
}

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
  // The parser compares each key with each other one, which takes the square of their number.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const [problem] = document.errors
  if (problem) {
    const line = lines.linePos(problem.pos[0]).line
    return /call stack/.test(problem.message)
      ? fail(line, 'too deeply nested', 'write it flatter: nothing here has more than some levels')
      : fail(line, problem.message, 'mend the YAML')
  }
  const aliases: number[] = []
  const twice: Scalar[] = []
  visit(document, {
    Alias: (_, node) => {
      aliases.push(node.range?.[0] ?? 0)
    },
    Map: (_, { items }) => {
      twice.push(...repeated(items.map(({ key }) => key)))
    },
  })
  const [key] = twice
  if (key !== undefined) {
    const line = lines.linePos(key.range?.[0] ?? 0).line
    return fail(line, `\`${clipped(String(key.value))}\` stands twice`, 'leave one of the two out')
  }
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
      message: missing ? `${name} is missing` : `${clipped(name)}: ${saidOf(issue)}`,
      mend: mendOf(issue),
    }
  })
  return { value: null, lineOf, findings }
}
