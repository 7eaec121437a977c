import {
  type Format,
  loadFormats,
  type Parsers,
  type Places,
  printDrawing,
  type SnapQuestion,
} from '#domain/diagram/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { findDiagram } from './diagrams.ts'
import type { World } from './ports.ts'
import type { Problem } from './views.ts'

/** A drawing of another tool, in the notation. */
export interface ImportedFile {
  readonly format: Format
  readonly drawing: string
  readonly places: Places
  readonly skipped: readonly string[]
  readonly questions: readonly SnapQuestion[]
}

/** A picture without a drawing in it is no text either. */
const PICTURE = /\.(png|svg|jpe?g|gif|webp|pdf|vsdx?)$/i

/** Reads a file of another tool for a diagram; null where no tool's drawing is in it: then it may be our notation. */
export async function importFile(
  world: Pick<World, 'catalogue'>,
  input: { readonly id: string; readonly name: string; readonly bytes: Uint8Array },
  parsers: Parsers,
): Promise<Result<ImportedFile | null, Problem>> {
  const found = findDiagram(world, input.id)
  if (!found.ok) return found
  const { detectFormat, importDrawing } = await loadFormats()
  const { name, bytes } = input
  if (detectFormat(name, bytes) === null && !PICTURE.test(name)) return ok(null)
  const read = await importDrawing({ name, bytes, form: found.value.item.form }, parsers)
  if (!read.ok) return err({ code: 'bad-input', message: read.error.message, mend: read.error.mend })
  const { format, drawing, places, skipped, questions } = read.value
  return ok({ format, drawing: printDrawing(drawing), places, skipped, questions })
}
