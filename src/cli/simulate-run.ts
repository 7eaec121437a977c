import { type Ran, runModel, startRun } from '#domain/simulator/index.ts'
import { fail } from './exit.ts'
import type { Shell } from './run.ts'
import { modelOf, type Opened, refused } from './simulate-input.ts'

/** What a run is given beside its design. */
export interface RunSettings {
  readonly seed: number
  /** Virtual seconds; null: as the file says. */
  readonly forSeconds: number | null
  readonly load: number
  readonly maxEvents: number
}

export interface Ended {
  readonly report: Ran
  readonly seconds: number
}

/** Runs one design; the progress is shown on a terminal only, and Ctrl+C ends it with what there is. */
export async function runOpened(
  shell: Shell,
  opened: Opened,
  settings: RunSettings,
  label = '',
): Promise<Ended | number> {
  const model = modelOf(opened, settings.load)
  if (!model.ok) return fail(shell, model.error)
  const untilSeconds = settings.forSeconds ?? opened.design.file.for
  const warmupSeconds = Math.min(opened.design.file.warmup, untilSeconds / 4)
  const progress = watch(shell, label)
  try {
    const { seed, maxEvents } = settings
    const ran = await runModel(
      startRun,
      model.value,
      { seed, untilSeconds, warmupSeconds, maxEvents },
      progress.pace,
    )
    return ran.ok ? { report: ran.value, seconds: untilSeconds } : fail(shell, refused(opened, ran.error))
  } finally {
    progress.end()
  }
}

/** Looks at the time between slices: a line on a terminal's error output, ten times a second at most. */
function watch(shell: Shell, label: string) {
  let stopped = false
  let shown = 0
  const stop = () => {
    stopped = true
  }
  process.once('SIGINT', stop)
  const seen = process.stderr.isTTY === true
  return {
    pace: async (done: number, run: { readonly seconds: number; readonly events: number }) => {
      const now = performance.now()
      if (seen && now - shown > 100) {
        shown = now
        const millions = (run.events / 1e6).toFixed(1)
        shell.err(`\r${label}${Math.floor(100 * done)}%  ${Math.round(run.seconds)} s  ${millions} M events `)
      }
      await new Promise((resolve) => setImmediate(resolve))
      return !stopped
    },
    end: () => {
      process.removeListener('SIGINT', stop)
      if (seen) shell.err('\r\u001b[K')
    },
  }
}
