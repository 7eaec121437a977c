import { exportAnki } from '#app/export-anki.ts'
import { exportCsv } from '#app/export-csv.ts'
import { exportObsidian } from '#app/export-obsidian.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { counted } from './print.ts'
import type { Command, Shell } from './run.ts'
import { withWorld } from './with-world.ts'
import { writeOut } from './write-out.ts'
import { writeVault } from './write-vault.ts'

export const exportCommand: Command = async (args, shell) => {
  const options = { 'with-history': { type: 'boolean' } } as const
  const words = { least: 1, most: 2, called: 'anki, obsidian or csv' }
  const { values, positionals } = readArguments(args, options, words)
  const [to, target] = positionals
  const withHistory = values['with-history'] ?? false
  if (withHistory && to !== 'anki') throw new Usage('--with-history goes with anki.')
  if (to === 'csv') return asTable(shell, values.data, target)
  if (to !== 'anki' && to !== 'obsidian')
    throw new Usage(`Export goes to anki, obsidian or csv, not "${to}".`)
  if (target === undefined) throw new Usage(`${to === 'anki' ? 'FILE' : 'DIR'} is missing.`)
  return to === 'anki'
    ? asPackage(shell, values.data, target, withHistory)
    : asVault(shell, values.data, target)
}

const asPackage = (shell: Shell, data: string | undefined, file: string, withHistory: boolean) =>
  withWorld(shell, data, async (world) => {
    const pack = await exportAnki(world, { withHistory })
    if (!pack.ok) return fail(shell, pack.error)
    const { notes } = pack.value
    const reviews = notes.reduce((sum, note) => sum + note.reviews.length, 0)
    const scheduled = notes.filter(({ memory }) => memory !== null).length
    const history = withHistory ? `, ${counted(reviews, 'review')}` : ''
    const what = `${counted(notes.length, 'card')} (${scheduled} with a due date${history})`
    const code = writeOut(shell, file, (await shell.anki()).write(pack.value), what)
    if (code === EXIT.ok)
      shell.err(
        'In Anki: File → Import, with “Import any learning progress” and “Import any deck presets” ticked.\n',
      )
    return code
  })

const asTable = (shell: Shell, data: string | undefined, file: string | undefined) =>
  withWorld(shell, data, async (world) => {
    const table = await exportCsv(world)
    return table.ok
      ? writeOut(shell, file, table.value.text, counted(table.value.rows, 'row'))
      : fail(shell, table.error)
  })

const asVault = (shell: Shell, data: string | undefined, folder: string) =>
  withWorld(shell, data, async (world) => {
    const files = await exportObsidian(world)
    if (!files.ok) return fail(shell, files.error)
    const written = writeVault(folder, files.value)
    if (!written.ok) return fail(shell, written.error)
    shell.err(`${counted(written.value, 'file')} written to ${folder}. Obsidian opens it as a vault.\n`)
    return EXIT.ok
  })
