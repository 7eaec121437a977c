import { describe, render, renderStandalone, type Theme } from '#domain/diagram/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { findDiagram, layoutOf } from './diagrams.ts'
import type { Paint, World } from './ports.ts'
import type { Problem } from './views.ts'

/** A reference drawing as SVG: with its colours inside for a theme, or for a page that has the palette where null. */
export async function drawingSvg(
  world: Pick<World, 'catalogue' | 'runElk'>,
  input: { readonly id: string; readonly theme: Theme | null },
): Promise<Result<string, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const { item, drawing, vocabulary } = found.value
  const laidOut = await layoutOf(world, found.value)
  const description = describe(drawing, vocabulary).join('. ')
  const options = { icons: world.catalogue.icons, title: item.title, description }
  return ok(
    input.theme === null
      ? render(laidOut, options)
      : renderStandalone(laidOut, { ...options, theme: input.theme }),
  )
}

/** The same as PNG. */
export async function drawingPng(
  world: Pick<World, 'catalogue' | 'runElk'>,
  input: { readonly id: string; readonly theme: Theme },
  paint: Paint,
): Promise<Result<Uint8Array, Problem>> {
  const svg = await drawingSvg(world, input)
  if (!svg.ok) return svg
  const painted = await paint(svg.value)
  return painted.ok ? painted : err({ code: 'bad-input', ...painted.error })
}
