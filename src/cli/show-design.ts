import { exportAs } from '#app/export-drawing.ts'
import type { Catalogue, World } from '#app/ports.ts'
import type { Problem } from '#app/views.ts'
import {
  describe,
  type Format,
  layoutDrawing,
  type RunElk,
  renderStandalone,
  type Theme,
} from '#domain/diagram/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Shell } from './run.ts'
import { openDesign } from './simulate-input.ts'

type As = 'text' | 'json' | 'svg' | 'png' | Format

/** `designs/go-coffee`, or a file of one's own: drawn and exported as any diagram is. */
export async function designPicture(
  shell: Shell,
  world: { readonly catalogue: Catalogue; readonly runElk: World['runElk'] },
  { name, as, theme }: { readonly name: string; readonly as: As; readonly theme: Theme },
): Promise<Result<string | Uint8Array, Problem>> {
  const id = name.replace(/^designs\//, '')
  const opened = openDesign(id, world.catalogue, shell.contentFolder, { faults: [], changes: [] })
  if (!opened.ok) return opened
  const { design } = opened.value
  const { drawing, vocabulary, file } = design
  if (as === 'json') return ok(`${JSON.stringify({ ...file, drawing }, null, 2)}\n`)
  const described = describe(drawing, vocabulary)
  if (as === 'text') {
    const words = described.map((line) => `  - ${line}\n`).join('')
    return ok(`${file.title}\n\n${file.says}\n\n${file.drawing.trimEnd()}\n\nIn words\n${words}`)
  }
  const laidOut = await layoutDrawing(drawing, vocabulary, world.runElk as RunElk, 'tidy')
  if (as === 'svg' || as === 'png') {
    const { icons } = world.catalogue
    const description = described.join('. ')
    const svg = renderStandalone(laidOut, { icons, title: file.title, description, theme })
    if (as === 'svg') return ok(`${svg}\n`)
    const painted = await (await shell.paint())(svg)
    return painted.ok ? painted : err({ code: 'bad-input', ...painted.error })
  }
  return exportAs({ item: file, drawing, vocabulary }, laidOut, as)
}
