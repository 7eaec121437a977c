import { fitMemory } from '#app/fit-memory.ts'
import type { FitOutcome } from '#app/views-memory.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail } from './exit.ts'
import { counted, json, percent } from './print.ts'
import type { Command } from './run.ts'
import { withWorld } from './with-world.ts'

export const fitCommand: Command = async (args, shell) => {
  const options = { json: { type: 'boolean' } } as const
  const { values } = readArguments(args, options, { least: 0, most: 0, called: '' })
  return withWorld(shell, values.data, async (world) => {
    const controller = new AbortController()
    const stop = () => controller.abort()
    process.once('SIGINT', stop)
    // A line that is written over and over is for eyes alone.
    const isSeen = process.stderr.isTTY === true && !values.json
    const tell = (share: number) => {
      if (isSeen) shell.err(`\rFitting: ${percent(share).padStart(4)}`)
    }
    const outcome = await fitMemory(world, tell, controller.signal)
    process.off('SIGINT', stop)
    if (isSeen) shell.err('\r\u001b[K')
    if (!outcome.ok) return fail(shell, outcome.error)
    shell.out(values.json ? json(outcome.value) : forPeople(outcome.value))
    return EXIT.ok
  })
}

const forPeople = ({ adopted, trained, because }: FitOutcome): string =>
  `${adopted ? 'Your own parameters count from now on.' : 'The parameters stay as they are.'} ` +
  `Trained on ${counted(trained, 'recall')}; judged by ${because}\n`
