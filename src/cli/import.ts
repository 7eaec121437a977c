import { importAnki } from '#app/import-anki.ts'
import type { ImportView } from '#app/views-cards.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { counted, harmless, json } from './print.ts'
import { readBytes } from './read-input.ts'
import type { Command } from './run.ts'
import { withWorld } from './with-world.ts'

/** A package with its pictures and sounds, of which none is unpacked. */
const PACKAGE_BYTES = 1_000_000_000

export const importCommand: Command = async (args, shell) => {
  const options = { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } } as const
  const { values, positionals } = readArguments(args, options, { least: 1, most: 2, called: 'anki' })
  const [from, file] = positionals
  if (from !== 'anki') throw new Usage(`Import takes packages of anki, not "${from}".`)
  if (file === undefined) throw new Usage('FILE is missing.')
  const bytes = readBytes(file, PACKAGE_BYTES)
  if (!bytes.ok) return fail(shell, bytes.error)
  const collection = (await shell.anki()).read(bytes.value)
  if (!collection.ok) {
    const { message, mend } = collection.error
    return fail(shell, {
      code: 'bad-input',
      message: `${file === '-' ? 'The input' : file} cannot be imported. ${message} Nothing was recorded.`,
      mend,
    })
  }
  const dryRun = values['dry-run'] ?? false
  return withWorld(shell, values.data, async (world) => {
    const imported = await importAnki(world, collection.value, { dryRun })
    if (!imported.ok) return fail(shell, imported.error)
    shell.out(values.json ? json(imported.value) : inWords(imported.value, dryRun))
    return EXIT.ok
  })
}

function inWords({ reviews, decks, outOfTime, events }: ImportView, dryRun: boolean): string {
  const lines: string[] = []
  const { added, known, ours, strange, diagrams, facts } = reviews
  if (added > 0)
    lines.push(
      `${counted(added, 'review')} of ${counted(diagrams, 'diagram')} and ${counted(facts, 'fact')}.`,
    )
  if (known > 0) lines.push(`${counted(known, 'review')} that ${known === 1 ? 'was' : 'were'} here already.`)
  if (ours > 0) lines.push(`${counted(ours, 'review')} of Atlas itself, left out: the log has them.`)
  if (strange > 0) lines.push(`${counted(strange, 'review')} of what the library does not have, left out.`)
  for (const deck of decks) {
    const { name, cards, changed, answers, leftOut } = deck
    lines.push(
      `Deck “${harmless(name)}”: ${counted(cards, 'card')}, ${changed} new or changed, ${counted(answers, 'answer')} new.`,
    )
    if (leftOut > 0)
      lines.push(`  ${counted(leftOut, 'picture')} or sounds left out; the cards say where, as [picture].`)
  }
  if (outOfTime > 0) lines.push(`${counted(outOfTime, 'review')} at a time that cannot be, left out.`)
  if (lines.length === 0) return 'There is no review and no deck in it.\n'
  if (events === 0) lines.push('Nothing new: all of it is here already.')
  else if (dryRun) lines.push('Nothing was recorded: this only says what would come in.')
  else if (decks.some(({ changed }) => changed > 0))
    lines.push('The cards wait in Today, and in: atlas cards')
  return `${lines.join('\n')}\n`
}
