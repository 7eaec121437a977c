import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { EXIT, fail } from './exit.ts'
import { refusal } from './refusal.ts'
import type { Shell } from './run.ts'

/** Text or bytes to a file that only its owner may read, or to the output where the name is `-` or missing. */
export function writeOut(
  shell: Shell,
  file: string | undefined,
  text: string | Uint8Array,
  what: string,
): number {
  if (file === undefined || file === '-') {
    shell.out(text)
    return EXIT.ok
  }
  try {
    writeWhole(file, text)
  } catch (error) {
    const message = `${file} could not be written: ${refusal(error)}.`
    return fail(shell, { code: 'storage', message, mend: 'Name a file in a folder that you may write to.' })
  }
  shell.err(`${what} written to ${file}.\n`)
  return EXIT.ok
}

/** A disk that is full in the middle shall not cost what the file held before: the new text takes its place when it is whole. */
function writeWhole(name: string, text: string | Uint8Array): void {
  if (existsSync(name) && !statSync(name).isFile()) {
    writeFileSync(name, text)
    return
  }
  const file = existsSync(name) ? realpathSync(name) : name
  const unfinished = `${file}.${process.pid}.unfinished`
  try {
    writeFileSync(unfinished, text, { mode: 0o600, flush: true })
    renameSync(unfinished, file)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}
