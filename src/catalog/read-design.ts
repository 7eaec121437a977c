import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Vocabulary } from '#domain/diagram/index.ts'
import {
  type Design,
  type DesignFile,
  type DesignProblem,
  designFile,
  mendOfKey,
  readTrace,
  resolveDesign,
  traceFiles,
  withTrace,
} from '#domain/simulator/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Finding } from './finding.ts'
import { type LineOf, readYaml } from './yaml-file.ts'

export interface ReadDesign {
  /** Null where something is wrong with it. */
  readonly design: Design | null
  readonly findings: readonly Finding[]
  /** For what is found wrong later, when the design is made a model or runs. */
  readonly place: (problem: DesignProblem) => Finding
}

/** One design from the text of its file: every fault with its line and its mend. Files that it names lie beside it. */
export function readDesign(
  file: string,
  text: string,
  field: Vocabulary,
  folder: string = dirname(file),
): ReadDesign {
  const read = readYaml(file, text, designFile, (issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
    return mendOfKey(issue.path, unknown)
  })
  const place = (problem: DesignProblem) => locate(file, text, read.lineOf, problem)
  if (read.value === null) return { design: null, findings: read.findings, place }
  const traces = readTraces(read.value as DesignFile, folder)
  if (!traces.ok) return { design: null, findings: traces.error.map(place), place }
  const { design, problems } = resolveDesign(traces.value, field)
  return { design, findings: problems.map(place), place }
}

/** A million lines of a dozen digits, and some air. */
const TRACE_BYTES = 20_000_000

/** The design with the arrivals of its files in it. */
function readTraces(file: DesignFile, folder: string): Result<DesignFile, readonly DesignProblem[]> {
  const problems: DesignProblem[] = []
  let read = file
  for (const { workload, name, counted } of traceFiles(file)) {
    const at = join(folder, name)
    const values = !existsSync(at)
      ? err({ line: 0, message: 'it is not there' })
      : statSync(at).size > TRACE_BYTES
        ? err({ line: 0, message: 'it is larger than 20 MB' })
        : readTrace(readFileSync(at, 'utf8'), counted)
    if (values.ok) read = withTrace(read, workload, values.value)
    else {
      const line = values.error.line === 0 ? '' : `:${values.error.line}`
      const message = `${name}${line}: ${values.error.message}`
      const mend = 'one number a line, in a file beside the design: times in seconds, or counts with `every`'
      problems.push({ path: ['workloads', workload, 'trace', 'file'], message, mend })
    }
  }
  return problems.length === 0 ? ok(read) : err(problems)
}

/** The drawing's first line is the one after `drawing: |`, or the same where it stands in quotes. */
function locate(file: string, text: string, lineOf: LineOf, problem: DesignProblem): Finding {
  const { path, drawingLine, message, mend } = problem
  const start = lineOf(path)
  const block = /[|>][+-]?\s*(#.*)?$/.test(text.split('\n')[start - 1] ?? '')
  const line = drawingLine !== undefined && block ? start + drawingLine : start
  return { file, line, message, mend }
}
