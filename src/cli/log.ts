import { writeFileSync } from 'node:fs'
import { exportLog } from '#app/export-log.ts'
import { importLog } from '#app/import-log.ts'
import type { World } from '#app/ports.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { counted } from './print.ts'
import { LOG_BYTES, readText } from './read-input.ts'
import type { Command, Shell } from './run.ts'
import { withWorld } from './with-world.ts'

export const logCommand: Command = async (args, shell) => {
  const words = { least: 1, most: 2, called: 'export or import' }
  const { values, positionals } = readArguments(args, {}, words)
  const [what, file] = positionals
  if (what === 'export') return withWorld(shell, values.data, (world) => takeOut(world, shell, file ?? null))
  if (what !== 'import') throw new Usage(`"${what}" is no part of log; export and import are.`)
  if (file === undefined) throw new Usage('FILE is missing.')
  const text = readText(file, LOG_BYTES)
  if (!text.ok) return fail(shell, text.error)
  return withWorld(shell, values.data, async (world) => {
    const imported = await importLog(world, text.value)
    if (!imported.ok) return fail(shell, imported.error)
    const { added, known } = imported.value
    shell.out(`${counted(added, 'event')} added, ${known} already there.\n`)
    return EXIT.ok
  })
}

async function takeOut(world: World, shell: Shell, file: string | null): Promise<number> {
  const log = await exportLog(world)
  if (!log.ok) return fail(shell, log.error)
  if (file === null || file === '-') {
    shell.out(log.value)
    return EXIT.ok
  }
  try {
    writeFileSync(file, log.value, { mode: 0o600 })
  } catch (error) {
    const message = `${file} could not be written: ${error instanceof Error ? error.message : error}.`
    return fail(shell, { code: 'storage', message, mend: 'Name a file in a folder that you may write to.' })
  }
  shell.err(`${counted(log.value.split('\n').length - 1, 'event')} written to ${file}.\n`)
  return EXIT.ok
}
