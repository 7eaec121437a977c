import { catalogueCounts } from '#app/catalogue-counts.ts'
import { readArguments } from './arguments.ts'
import { EXIT, Usage } from './exit.ts'
import { counted, json } from './print.ts'
import type { Command, Shell } from './run.ts'
import { withCatalogue } from './with-world.ts'

export const catalogCommand: Command = async (args, shell) => {
  const options = { json: { type: 'boolean' } } as const
  const { values, positionals } = readArguments(args, options, { least: 0, most: 1, called: '' })
  const [what] = positionals
  if (what !== undefined && what !== 'check') throw new Usage(`"${what}" is no part of catalog; check is.`)
  if (what === 'check') return check(shell, values.json ?? false)
  return withCatalogue(shell, async (world) => {
    const { counts, ids } = catalogueCounts(world)
    if (values.json) {
      shell.out(json({ counts, ids }))
      return EXIT.ok
    }
    for (const [by, each] of Object.entries(counts)) {
      const rows = Object.entries(each).map(
        ([name, count]) => `  ${name.padEnd(14)}${String(count).padStart(5)}\n`,
      )
      shell.out(`By ${by}\n${rows.join('')}\n`)
    }
    const titles = ids.map((id) => `  ${id.padEnd(44)} ${world.catalogue.items.get(id)?.title ?? ''}\n`)
    shell.out(`${titles.join('')}\n${counted(ids.length, 'diagram')}\n`)
    return EXIT.ok
  })
}

/** Every fault of the content with its file, its line and its mend; a program gets them as JSON. */
async function check(shell: Shell, asJson: boolean): Promise<number> {
  const { checkCatalogue } = await import('#catalog/check.ts')
  const { printFinding } = await import('#catalog/finding.ts')
  const { diagrams, concepts, findings } = checkCatalogue(shell.contentFolder)
  if (asJson) shell.out(json({ diagrams, concepts, findings }))
  else {
    for (const finding of findings) shell.out(`${printFinding(finding)}\n`)
    const found = findings.length === 0 ? 'nothing wrong' : counted(findings.length, 'fault')
    shell.out(`${counted(diagrams, 'diagram')}, ${counted(concepts, 'concept')}: ${found}\n`)
  }
  return findings.length === 0 ? EXIT.ok : EXIT.problem
}
