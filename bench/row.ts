/** One measurement. `bar` is what must hold, in words; `against` a peer or a bound measured in the same run. */
export interface BenchRow {
  readonly bench: string
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly bar: string | null
  /** Null where there is no bar. */
  readonly holds: boolean | null
  readonly against: { readonly what: string; readonly value: number; readonly ratio: number } | null
}

/** Milliseconds of each of `rounds` runs, sorted. */
export async function sampleMs(rounds: number, run: () => unknown): Promise<number[]> {
  const samples: number[] = []
  for (let i = 0; i < rounds; i++) {
    const started = performance.now()
    await run()
    samples.push(performance.now() - started)
  }
  return samples.sort((a, b) => a - b)
}

/** The value below which a share of sorted samples lies. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
