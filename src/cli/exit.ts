import type { Problem } from '#app/views.ts'
import { harmless } from './print.ts'

/** What a script can tell by the exit code; docs/cli.md lists them. */
export const EXIT = { ok: 0, problem: 1, usage: 2, storage: 3, fault: 4 } as const

/** Thrown for arguments that make no sense; answered with the command's help. */
export class Usage extends Error {}

const CODES: Readonly<Record<Problem['code'], number>> = {
  'not-found': EXIT.problem,
  'bad-input': EXIT.problem,
  storage: EXIT.storage,
  fault: EXIT.fault,
}

/** Says what is wrong and what to do, and gives the exit code for it. */
export function fail(shell: { err(text: string): void }, problem: Problem): number {
  shell.err(harmless(`atlas: ${problem.message}\n${problem.mend}\n`))
  return CODES[problem.code]
}
