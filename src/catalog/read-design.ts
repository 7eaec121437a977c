import type { Vocabulary } from '#domain/diagram/index.ts'
import {
  type Design,
  type DesignFile,
  type DesignProblem,
  designFile,
  mendOfKey,
  resolveDesign,
} from '#domain/simulator/index.ts'
import type { Finding } from './finding.ts'
import { type LineOf, readYaml } from './yaml-file.ts'

export interface ReadDesign {
  /** Null where something is wrong with it. */
  readonly design: Design | null
  readonly findings: readonly Finding[]
  /** For what is found wrong later, when the design is made a model or runs. */
  readonly place: (problem: DesignProblem) => Finding
}

/** One design from the text of its file: every fault with its line and its mend. */
export function readDesign(file: string, text: string, field: Vocabulary): ReadDesign {
  const read = readYaml(file, text, designFile, (issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
    return mendOfKey(issue.path, unknown)
  })
  const place = (problem: DesignProblem) => locate(file, text, read.lineOf, problem)
  if (read.value === null) return { design: null, findings: read.findings, place }
  const { design, problems } = resolveDesign(read.value as DesignFile, field)
  return { design, findings: problems.map(place), place }
}

/** The drawing's first line is the one after `drawing: |`, or the same where it stands in quotes. */
function locate(file: string, text: string, lineOf: LineOf, problem: DesignProblem): Finding {
  const { path, drawingLine, message, mend } = problem
  const start = lineOf(path)
  const block = /[|>][+-]?\s*(#.*)?$/.test(text.split('\n')[start - 1] ?? '')
  const line = drawingLine !== undefined && block ? start + drawingLine : start
  return { file, line, message, mend }
}
