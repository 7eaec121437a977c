import { mistakes } from '#app/mistakes.ts'
import type { ConfusionView, MistakesView, MistakeView } from '#app/views-mistakes.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { counted, dayOf, harmless, json, wrap } from './print.ts'
import type { Command } from './run.ts'
import { withWorld } from './with-world.ts'

const KINDS = ['conceptual', 'procedural', 'factual', 'application']
/** So many of each standing are printed for a person; --json has all. */
const PRINTED = 20

export const mistakesCommand: Command = async (args, shell) => {
  const options = { json: { type: 'boolean' }, kind: { type: 'string' } } as const
  const { values } = readArguments(args, options, { least: 0, most: 0, called: '' })
  const { kind } = values
  if (kind !== undefined && !KINDS.includes(kind))
    throw new Usage(`--kind takes ${KINDS.join(', ')}, not "${kind}".`)
  return withWorld(shell, values.data, async (world) => {
    const view = await mistakes(world, { most: Number.POSITIVE_INFINITY })
    if (!view.ok) return fail(shell, view.error)
    const chosen = view.value.mistakes.filter((one) => kind === undefined || one.kind === kind)
    shell.out(
      values.json ? json({ ...view.value, mistakes: chosen }) : harmless(forPeople(view.value, chosen)),
    )
    return EXIT.ok
  })
}

const NAMES = { again: 'Again and again', open: 'Open', mended: 'Mended' } as const

function forPeople({ confusions }: MistakesView, chosen: readonly MistakeView[]): string {
  if (chosen.length === 0) return 'No mistakes. What an attempt loses is listed here.\n'
  const groups = (['again', 'open', 'mended'] as const).flatMap((standing) => {
    const own = chosen.filter((one) => one.standing === standing)
    if (own.length === 0) return []
    const more = own.length > PRINTED ? `  and ${own.length - PRINTED} more; --json lists all\n` : ''
    return [`${NAMES[standing]}: ${own.length}\n${own.slice(0, PRINTED).map(row).join('')}${more}`]
  })
  return [
    ...groups,
    ...(confusions.length > 0 ? [`Taken for each other\n${confusions.map(pair).join('')}`] : []),
  ].join('\n')
}

function row({ diagram, label, verdict, kind, times, due, note, standing }: MistakeView): string {
  const often = times > 1 ? `, ${counted(times, 'time')}` : ''
  const back = standing !== 'mended' && due !== null ? `; asked again ${dayOf(due)}` : ''
  const words = [note?.cause ?? '', note?.correction ?? ''].filter((word) => word !== '').join(' ')
  const noted = words === '' ? '' : `${wrap(words, 78, '      ')}\n`
  return `${wrap(`${label}`, 78, '  ')}\n      ${verdict}, ${kind}${often}; ${diagram}${back}\n${noted}`
}

function pair({ expected, drawn, times, state, due }: ConfusionView): string {
  const when =
    state === 'due'
      ? '; to be set side by side, at /mistakes in the browser'
      : state === 'resting' && due !== null
        ? `; at rest, back ${dayOf(due)}`
        : ''
  return `  ${drawn} for ${expected}, ${counted(times, 'time')}${when}\n`
}
