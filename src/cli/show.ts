import { drawingPng, drawingSvg } from '#app/drawing-svg.ts'
import { exportFile } from '#app/export-drawing.ts'
import type { World } from '#app/ports.ts'
import { show } from '#app/show.ts'
import type { Problem, ShowView, SourceView } from '#app/views.ts'
import type { Theme } from '#domain/diagram/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { readArguments } from './arguments.ts'
import { fail, Usage } from './exit.ts'
import { json, wrap } from './print.ts'
import type { Command, Shell } from './run.ts'
import { withCatalogue } from './with-world.ts'
import { writeOut } from './write-out.ts'

const FORMATS = [
  'text',
  'svg',
  'png',
  'json',
  'excalidraw',
  'drawio',
  'mermaid',
  'd2',
  'dot',
  'canvas',
] as const
type As = (typeof FORMATS)[number]
const isFormat = (as: string): as is As => FORMATS.some((one) => one === as)
const WIDTH = 78

export const showCommand: Command = async (args, shell) => {
  const options = { as: { type: 'string' }, theme: { type: 'string' }, json: { type: 'boolean' } } as const
  const { values, positionals } = readArguments(args, options, { least: 1, most: 2, called: 'ID' })
  const [id = '', file] = positionals
  const as = values.as ?? (values.json ? 'json' : 'text')
  const theme = values.theme ?? 'light'
  if (file !== undefined && values.as === undefined)
    throw new Usage(`"${file}" is more than it takes: a FILE goes with --as.`)
  if (!isFormat(as)) throw new Usage(`--as takes ${FORMATS.join(', ')}, not "${as}".`)
  if (theme !== 'light' && theme !== 'dark') throw new Usage(`--theme takes light or dark, not "${theme}".`)
  return withCatalogue(shell, async (world) => {
    const made = await make(world, shell, { id, as, theme })
    return made.ok ? writeOut(shell, file, made.value, id) : fail(shell, made.error)
  })
}

async function make(
  world: Pick<World, 'catalogue' | 'runElk'>,
  shell: Shell,
  { id, as, theme }: { readonly id: string; readonly as: As; readonly theme: Theme },
): Promise<Result<string | Uint8Array, Problem>> {
  // The simulator is loaded only where a design is shown.
  if (/^designs\/|\.yaml$/.test(id))
    return (await import('./show-design.ts')).designPicture(shell, world, { name: id, as, theme })
  if (as === 'png') return drawingPng(world, { id, theme }, await shell.paint())
  if (as === 'svg') {
    const svg = await drawingSvg(world, { id, theme })
    return svg.ok ? ok(`${svg.value}\n`) : svg
  }
  if (as !== 'text' && as !== 'json') return exportFile(world, { id, format: as })
  const view = await show(world, { id })
  return view.ok ? ok(as === 'json' ? json(view.value) : asText(view.value)) : view
}

function asText(view: ShowView): string {
  const bullet = (text: string) => `  - ${wrap(text, WIDTH, '    ').trimStart()}\n`
  const sourced = (sources: readonly SourceView[], asOf?: string) =>
    `    ${sources.map(cite).join('; ')}${asOf === undefined ? '' : `, as of ${asOf}`}\n`
  const facts = view.facts.map(({ ask, right, derived, sources, asOf }) => {
    const formula = derived === null ? '' : `  (${derived})`
    return `  ${ask}\n    ${right}${formula}\n${sourced(sources, asOf)}`
  })
  const context = view.context.map(
    (slot) => `  ${slot.ask}\n    ${slot.accepted.join(', ')}\n${sourced(slot.sources)}`,
  )
  return [
    `${view.title}\n${view.id} · ${view.form} · tier ${view.tier} · ${view.minutes} min\n\n${wrap(view.question, WIDTH)}\n`,
    `${view.notation.trimEnd()}\n`,
    `In words\n${view.description.map(bullet).join('')}`,
    `Why\n${view.walkthrough.map(bullet).join('')}`,
    `Facts\n${facts.join('')}`,
    `Context\n${context.join('')}`,
    `Then\n${wrap(view.mutation.ask, WIDTH, '  ')}\n`,
  ].join('\n')
}

const cite = ({ author, title, year, url }: SourceView): string =>
  `${author}, ${title} (${year})${url === null ? '' : ` ${url}`}`
