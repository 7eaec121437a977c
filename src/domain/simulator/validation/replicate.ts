import { invariant } from '#lib/invariant.ts'
import { student95 } from '../engine/batches.ts'
import type { Model } from '../model.ts'
import type { Report } from '../run.ts'
import { startRun } from '../start.ts'
import type { Case } from './cases.ts'

/** Mean of independent replications, with the half-width of its 95% interval, and the worst of Little's law in them. */
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
  /** 2: the first interval missed, and this is the second. */
  readonly looks: number
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

export function replicate(one: Case, replications: number, seed: number, share: number): Replicated {
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
    halfWidth: (student95(values.length - 1) * deviation) / Math.sqrt(values.length),
    littleGap,
    events,
  }
}

export interface JudgeOptions {
  readonly replications: number
  readonly seed: number
  /** Of the full table's run length. */
  readonly share: number
  /** Largest half-width, of the theory's value. */
  readonly narrow: number
}

/** Seeds of a second look, far from those of the first. */
const OTHER_SEEDS = 1_000_000

/**
 * One in twenty 95% intervals misses what it is of, so a case that misses is looked at again with new seeds and runs four
 * times as long: the interval is then half as wide, and a true bias is missed by more. Both must miss for it to fail.
 */
export function judge(one: Case, options: JudgeOptions): Verdict {
  const first = judgeOnce(one, options)
  if (first.passed) return first
  const { seed, share } = options
  return { ...judgeOnce(one, { ...options, seed: seed + OTHER_SEEDS, share: 4 * share }), looks: 2 }
}

function judgeOnce(one: Case, { replications, seed, share, narrow }: JudgeOptions): Verdict {
  const measured = replicate(one, replications, seed, share)
  const allowed = measured.halfWidth + one.allowance * one.theory
  const inside = Math.abs(measured.mean - one.theory) <= allowed
  const passed = inside && measured.halfWidth < narrow * one.theory && measured.littleGap < LITTLE
  return { name: one.name, what: one.what, theory: one.theory, passed, looks: 1, ...measured }
}
