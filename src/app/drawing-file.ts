import {
  type Diagram,
  type LaidOut,
  loadFormats,
  parseDrawing,
  placeDrawing,
  renderStandalone,
  type Theme,
} from '#domain/diagram/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { findAttempt } from './attempts.ts'
import { findDiagram, layoutOf } from './diagrams.ts'
import { drawingSvg } from './drawing-svg.ts'
import { exportAs } from './export-drawing.ts'
import { placesFor } from './ghosts.ts'
import type { World } from './ports.ts'
import { notFound } from './problem.ts'
import type { Problem } from './views.ts'

/** A drawing as a file to keep: `svg`, or a format of another tool. */
export interface DrawingFile {
  /** Such as `raft-roles.excalidraw`. */
  readonly name: string
  readonly text: string
}

interface Asked {
  /** `svg`, or one of the formats. */
  readonly as: string
  /** For SVG. */
  readonly theme: Theme
}

/** A reference drawing as a file. */
export async function referenceFile(
  world: Pick<World, 'catalogue' | 'runElk'>,
  input: Asked & { readonly id: string },
): Promise<Result<DrawingFile, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const name = slugOf(found.value)
  if (input.as !== 'svg') return fileAs(found.value, await layoutOf(world, found.value), input.as, name)
  const svg = await drawingSvg(world, input)
  return svg.ok ? ok({ name: `${name}.svg`, text: svg.value }) : svg
}

/** What a learner drew in an attempt as a file: the drawing alone, without the marks of its grade. */
export async function attemptFile(
  world: World,
  input: Asked & { readonly attempt: string },
): Promise<Result<DrawingFile, Problem>> {
  const event = await findAttempt(world, input.attempt)
  if (!event.ok) return event
  const { payload } = event.value
  const found = findDiagram(world, payload.diagram)
  if (!found.ok) return found
  const { item, vocabulary } = found.value
  const { drawing } = parseDrawing(payload.drawing, item.form)
  const laidOut = placeDrawing(drawing, vocabulary, placesFor(drawing, vocabulary, payload.places ?? {}))
  const name = `${slugOf(found.value)}-mine`
  if (input.as !== 'svg') return fileAs({ ...found.value, drawing }, laidOut, input.as, name)
  const { icons } = world.catalogue
  const title = `My drawing of ${item.title}`
  return ok({ name: `${name}.svg`, text: renderStandalone(laidOut, { icons, theme: input.theme, title }) })
}

async function fileAs(
  diagram: Diagram,
  laidOut: LaidOut,
  as: string,
  name: string,
): Promise<Result<DrawingFile, Problem>> {
  const { FILE_ENDINGS, FORMATS } = await loadFormats()
  const format = FORMATS.find((one) => one === as)
  if (format === undefined)
    return notFound('There is no such format.', `Take svg or one of ${FORMATS.join(', ')}.`)
  const text = await exportAs(diagram, laidOut, format)
  return text.ok ? ok({ name: `${name}${FILE_ENDINGS[format]}`, text: text.value }) : text
}

const slugOf = ({ item }: Diagram): string => item.id.split('/')[1] ?? item.id
