import { drawingSvg } from '#app/drawing-svg.ts'
import { exportFile } from '#app/export-drawing.ts'
import { show } from '#app/show.ts'
import type { ShowView, SourceView } from '#app/views.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { json, wrap } from './print.ts'
import type { Command } from './run.ts'
import { withCatalogue } from './with-world.ts'

const FORMATS = ['text', 'svg', 'json', 'excalidraw', 'drawio', 'mermaid', 'd2', 'dot', 'canvas'] as const
type As = (typeof FORMATS)[number]
const isFormat = (as: string): as is As => FORMATS.some((one) => one === as)
const WIDTH = 78

export const showCommand: Command = async (args, shell) => {
  const options = { as: { type: 'string' }, theme: { type: 'string' }, json: { type: 'boolean' } } as const
  const { values, positionals } = readArguments(args, options, { least: 1, most: 1, called: 'ID' })
  const id = positionals[0] ?? ''
  const as = values.as ?? (values.json ? 'json' : 'text')
  const theme = values.theme ?? 'light'
  if (!isFormat(as)) throw new Usage(`--as takes ${FORMATS.join(', ')}, not "${as}".`)
  if (theme !== 'light' && theme !== 'dark') throw new Usage(`--theme takes light or dark, not "${theme}".`)
  return withCatalogue(shell, async (world) => {
    if (as === 'svg') {
      const svg = await drawingSvg(world, { id, theme })
      if (!svg.ok) return fail(shell, svg.error)
      shell.out(`${svg.value}\n`)
      return EXIT.ok
    }
    if (as !== 'text' && as !== 'json') {
      const file = await exportFile(world, { id, format: as })
      if (!file.ok) return fail(shell, file.error)
      shell.out(file.value)
      return EXIT.ok
    }
    const view = await show(world, { id })
    if (!view.ok) return fail(shell, view.error)
    shell.out(as === 'json' ? json(view.value) : asText(view.value))
    return EXIT.ok
  })
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
