import { invariant } from '#lib/invariant.ts'
import type { Model } from '../model.ts'
import type { Report } from '../run.ts'
import { startRun } from '../start.ts'
import type { Case } from './cases.ts'
import { studentPoint } from './statistics.ts'

/** Mean of independent replications, with the half-width of its interval, and the worst of Little's law in them. */
export interface Replicated {
  readonly mean: number
  readonly halfWidth: number
  readonly littleGap: number
  readonly events: number
}

export interface Verdict extends Replicated {
  readonly name: string
  readonly what: string
  readonly theory: number
  /** The theory is inside the interval, which is narrow enough, and Little's law held in every run. */
  readonly passed: boolean
}

/** Largest half-width, of the theory's value. */
export const NARROW = 0.01
/** Little's law is exact; this is for rounding, in sums of millions of terms. */
export const LITTLE = 1e-9

export function runToEnd(
  model: Model,
  seed: number,
  untilSeconds: number,
  warmupSeconds: number,
  windowSeconds?: number,
): Report {
  const windows = windowSeconds === undefined ? {} : { windowSeconds }
  const run = startRun(model, { seed, untilSeconds, warmupSeconds, traceEvery: 0, ...windows })
  invariant(run.ok, 'a model to validate with must be sound')
  run.value.step()
  return run.value.report()
}

/**
 * The interval is one of as many as there are `rows` in the table, of which all together hold what they are of in 95 of
 * 100 tables (Bonferroni): each is made with confidence 1 - 0.05 / rows.
 */
export function replicate(one: Case, { replications, seed, share, rows }: ReplicateOptions): Replicated {
  const values: number[] = []
  let littleGap = 0
  let events = 0
  for (let i = 0; i < replications; i++) {
    const seconds = one.seconds * share
    const report = runToEnd(one.model, seed + i, one.warmupSeconds + seconds, one.warmupSeconds)
    values.push(one.measure(report))
    events += report.events
    for (const component of report.components) littleGap = Math.max(littleGap, component.littleGap)
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (values.length - 1))
  return {
    mean,
    halfWidth: (studentPoint(1 - 0.025 / rows, values.length - 1) * deviation) / Math.sqrt(values.length),
    littleGap,
    events,
  }
}

export interface ReplicateOptions {
  readonly replications: number
  readonly seed: number
  /** Of the full table's run length. */
  readonly share: number
  readonly rows: number
}

export function judge(one: Case, options: ReplicateOptions & { readonly narrow: number }): Verdict {
  const measured = replicate(one, options)
  const allowed = measured.halfWidth + one.allowance * one.theory
  const inside = Math.abs(measured.mean - one.theory) <= allowed
  const narrow = measured.halfWidth < options.narrow * one.theory
  const passed = inside && narrow && measured.littleGap < LITTLE
  return { name: one.name, what: one.what, theory: one.theory, passed, ...measured }
}
