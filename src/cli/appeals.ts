import { appealSuggestions, appeals } from '#app/appeals.ts'
import type { World } from '#app/ports.ts'
import { suggestionsYaml } from '#app/suggestions-yaml.ts'
import type { AppealView } from '#app/views.ts'
import { withdrawAppeal } from '#app/withdraw-appeal.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { counted, json } from './print.ts'
import type { Command, Shell } from './run.ts'
import { withWorld } from './with-world.ts'
import { writeOut } from './write-out.ts'

export const appealsCommand: Command = async (args, shell) => {
  const options = { json: { type: 'boolean' } } as const
  const { values, positionals } = readArguments(args, options, { least: 0, most: 2, called: '' })
  const [what, word] = positionals
  if (what === 'withdraw') {
    if (word === undefined) throw new Usage('ID is missing; atlas appeals lists them.')
    return withWorld(shell, values.data, (world) => withdraw(world, shell, word))
  }
  if (what === 'export') return withWorld(shell, values.data, (world) => takeOut(world, shell, word))
  if (what !== undefined) throw new Usage(`"${what}" is no part of appeals; withdraw and export are.`)
  return withWorld(shell, values.data, async (world) => {
    const standing = await appeals(world)
    if (!standing.ok) return fail(shell, standing.error)
    shell.out(values.json ? json({ appeals: standing.value }) : forPeople(standing.value))
    return EXIT.ok
  })
}

async function withdraw(world: World, shell: Shell, appeal: string): Promise<number> {
  const taken = await withdrawAppeal(world, { appeal })
  if (!taken.ok) return fail(shell, taken.error)
  shell.out('Withdrawn. What was graded without it counts again.\n')
  return EXIT.ok
}

async function takeOut(world: World, shell: Shell, file: string | undefined): Promise<number> {
  const found = await appealSuggestions(world)
  if (!found.ok) return fail(shell, found.error)
  return writeOut(shell, file, suggestionsYaml(found.value), counted(found.value.length, 'suggestion'))
}

function forPeople(standing: readonly AppealView[]): string {
  if (standing.length === 0)
    return 'No appeals. The result page of an attempt takes them, where a grade says what you lost.\n'
  const rows = standing.map(({ id, at, diagram, kind, label, says, accepts }) => {
    const what = accepts ?? `${kind} ${label}: words alone, they change no grade`
    const words = says.trim() === '' ? '' : `    ${says.trim().replace(/\s+/g, ' ')}\n`
    return `${at.slice(0, 10)}  ${diagram}\n    ${what}\n${words}    ${id}\n`
  })
  return `${rows.join('\n')}\natlas appeals withdraw ID takes one back.\n`
}
