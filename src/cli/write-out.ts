import { writeFileSync } from 'node:fs'
import { EXIT, fail } from './exit.ts'
import type { Shell } from './run.ts'

/** Text to a file that only its owner may read, or to the output where the name is `-` or missing. */
export function writeOut(shell: Shell, file: string | undefined, text: string, what: string): number {
  if (file === undefined || file === '-') {
    shell.out(text)
    return EXIT.ok
  }
  try {
    writeFileSync(file, text, { mode: 0o600 })
  } catch (error) {
    const message = `${file} could not be written: ${error instanceof Error ? error.message : error}.`
    return fail(shell, { code: 'storage', message, mend: 'Name a file in a folder that you may write to.' })
  }
  shell.err(`${what} written to ${file}.\n`)
  return EXIT.ok
}
