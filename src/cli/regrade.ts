import type { World } from '#app/ports.ts'
import { applyRegrade, previewRegrade, undoRegrade } from '#app/regrade.ts'
import type { RegradeChange, RegradeView } from '#app/views.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { counted, dayOf, json, points } from './print.ts'
import type { Command, Shell } from './run.ts'
import { withWorld } from './with-world.ts'

export const regradeCommand: Command = async (args, shell) => {
  const options = {
    apply: { type: 'boolean' },
    undo: { type: 'boolean' },
    json: { type: 'boolean' },
  } as const
  const { values } = readArguments(args, options, { least: 0, most: 0, called: '' })
  if (values.apply && values.undo) throw new Usage('--apply and --undo do not go together.')
  const asJson = values.json ?? false
  return withWorld(shell, values.data, (world) => {
    if (values.undo) return undo(world, shell, asJson)
    return values.apply ? apply(world, shell, asJson) : preview(world, shell, asJson)
  })
}

async function preview(world: World, shell: Shell, asJson: boolean): Promise<number> {
  const view = await previewRegrade(world)
  if (!view.ok) return fail(shell, view.error)
  shell.out(asJson ? json(view.value) : forPeople(view.value))
  return EXIT.ok
}

async function apply(world: World, shell: Shell, asJson: boolean): Promise<number> {
  const applied = await applyRegrade(world)
  if (!applied.ok) return fail(shell, applied.error)
  const { regraded } = applied.value
  const told = regraded === 0 ? 'Nothing grades otherwise.\n' : `${counted(regraded, 'attempt')} regraded.\n`
  shell.out(asJson ? json(applied.value) : told)
  return EXIT.ok
}

async function undo(world: World, shell: Shell, asJson: boolean): Promise<number> {
  const taken = await undoRegrade(world)
  if (!taken.ok) return fail(shell, taken.error)
  const { undone } = taken.value
  const told =
    undone === 0 ? 'There is no regrade to take back.\n' : `Taken back for ${counted(undone, 'attempt')}.\n`
  shell.out(asJson ? json(taken.value) : told)
  return EXIT.ok
}

function forPeople({ checked, changes, last }: RegradeView): string {
  const back =
    last === null
      ? ''
      : `The last regrade, ${dayOf(last.at)}, changed ${counted(last.attempts, 'attempt')}; atlas regrade --undo takes it back.\n`
  if (changes.length === 0) return `${counted(checked, 'attempt')} graded anew: none would change.\n${back}`
  const count = `${changes.length} of ${counted(checked, 'attempt')} would grade otherwise.\n\n`
  return `${count}${changes.map(row).join('\n')}\natlas regrade --apply records the new grades; nothing is overwritten.\n${back}`
}

function row({ id, at, before, after, because, parts, changed }: RegradeChange): string {
  const elements = (changed ?? []).map(
    (one) => `    ${one.kind} ${one.label}: ${one.was}, now ${one.now}. ${one.because}\n`,
  )
  const lines = parts.map((part) => `    ${part}\n`)
  const head = `${at.slice(0, 10)}  ${id}  ${points(before.total)} -> ${points(after.total)}\n`
  return `${head}    ${because}\n${lines.join('')}${elements.join('')}`
}
