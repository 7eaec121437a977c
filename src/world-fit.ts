import { fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { FitParameters } from '#app/ports.ts'
import { err, ok } from '#lib/result.ts'

const CHILD = fileURLToPath(new URL('fit-child.ts', import.meta.url))
const OPTIMIZER = '@open-spaced-repetition/binding 0.5.0'
/** A hundred thousand reviews take five seconds or so. */
const LONGEST_MS = 10 * 60_000

type Told = { readonly share: number } | { readonly parameters: number[] } | { readonly failed: string }

const MEND = 'The parameters that stand are kept. npx atlas fit tries again.'

/** Fits in a process of its own, at low priority; ended when it is no longer wanted. */
export const fitParameters: FitParameters = (sequences, onProgress, signal) =>
  new Promise((resolve) => {
    const stopped = { message: 'The fit was stopped.', mend: MEND }
    if (signal.aborted) return resolve(err(stopped))
    const child = fork(CHILD, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] })
    const timer = setTimeout(
      () => end({ message: 'The fit took more than ten minutes.', mend: MEND }),
      LONGEST_MS,
    )
    const stop = () => end(stopped)
    let isDone = false
    function end(outcome: { parameters: number[] } | typeof stopped): void {
      if (isDone) return
      isDone = true
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      child.kill('SIGKILL')
      resolve(
        'parameters' in outcome ? ok({ parameters: outcome.parameters, optimizer: OPTIMIZER }) : err(outcome),
      )
    }
    signal.addEventListener('abort', stop)
    child.on('message', (told: Told) => {
      if ('share' in told) onProgress(told.share)
      else if ('parameters' in told) end(told)
      else end({ message: `The optimizer failed: ${told.failed}`, mend: MEND })
    })
    child.on('error', (error) =>
      end({ message: `The optimizer could not start: ${error.message}`, mend: MEND }),
    )
    child.on('exit', () =>
      end({ message: 'The optimizer ended before it was done; it may not run on this machine.', mend: MEND }),
    )
    lowerPriority(child.pid)
    child.send([...sequences], (error) => {
      if (error) end({ message: `The optimizer could not be told what to fit: ${error.message}`, mend: MEND })
    })
  })

function lowerPriority(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It then runs beside the rest as an equal.
  }
}
