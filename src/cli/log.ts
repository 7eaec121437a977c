import { exportLog } from '#app/export-log.ts'
import { importLog } from '#app/import-log.ts'
import type { World } from '#app/ports.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { counted } from './print.ts'
import { LOG_BYTES, readText } from './read-input.ts'
import type { Command, Shell } from './run.ts'
import { withWorld } from './with-world.ts'
import { writeOut } from './write-out.ts'

export const logCommand: Command = async (args, shell) => {
  const words = { least: 1, most: 2, called: 'export or import' }
  const { values, positionals } = readArguments(args, {}, words)
  const [what, file] = positionals
  if (what === 'export') return withWorld(shell, values.data, (world) => takeOut(world, shell, file))
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

async function takeOut(world: World, shell: Shell, file: string | undefined): Promise<number> {
  const log = await exportLog(world)
  if (!log.ok) return fail(shell, log.error)
  return writeOut(shell, file, log.value, counted(log.value.split('\n').length - 1, 'event'))
}
