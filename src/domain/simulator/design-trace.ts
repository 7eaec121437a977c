import { err, ok, type Result } from '#lib/result.ts'
import type { DesignFile } from './design.ts'

/** A file of arrivals beside a design: one number a line, comments after `#`. */

const MOST_LINES = 1_000_000

interface Unread {
  /** From 1; 0: the file as a whole. */
  readonly line: number
  readonly message: string
}

/** Seconds, rising; or, with an interval, how many came in each. */
export function readTrace(text: string, counted: boolean): Result<readonly number[], Unread> {
  const values: number[] = []
  const lines = text.split(/\r?\n/)
  if (lines.length > MOST_LINES) return err({ line: 0, message: `it has more than ${MOST_LINES} lines` })
  let before = Number.NEGATIVE_INFINITY
  for (const [i, whole] of lines.entries()) {
    const said = (whole.split('#')[0] ?? '').trim()
    if (said === '') continue
    const value = Number(said)
    const sound = counted
      ? Number.isInteger(value) && value >= 0 && value <= 1_000_000
      : value >= 0 && value <= 86_400 && value > before
    if (!sound) {
      const what = counted ? 'a whole number up to 1,000,000' : 'a later time, in seconds up to 86,400'
      return err({ line: i + 1, message: `\`${said.slice(0, 40)}\` is not ${what}` })
    }
    before = value
    values.push(value)
  }
  return values.length === 0 ? err({ line: 0, message: 'it names no arrival' }) : ok(values)
}

interface TraceFile {
  readonly workload: string
  readonly name: string
  /** It holds counts of intervals, not times. */
  readonly counted: boolean
}

/** The files that a design's workloads name. */
export function traceFiles(file: DesignFile): readonly TraceFile[] {
  return Object.entries(file.workloads).flatMap(([workload, { trace }]) =>
    trace !== undefined && 'file' in trace
      ? [{ workload, name: trace.file, counted: trace.every !== undefined }]
      : [],
  )
}

/** The design with what a workload's file holds in the place of its name. */
export function withTrace(file: DesignFile, workload: string, values: readonly number[]): DesignFile {
  const own = file.workloads[workload]
  if (own?.trace === undefined || !('file' in own.trace)) return file
  const { every } = own.trace
  const trace = every === undefined ? { at: [...values] } : { every, counts: [...values] }
  return { ...file, workloads: { ...file.workloads, [workload]: { ...own, trace } } }
}
