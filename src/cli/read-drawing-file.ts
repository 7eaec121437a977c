import { importFile } from '#app/import-drawing.ts'
import type { World } from '#app/ports.ts'
import type { Problem } from '#app/views.ts'
import type { Places } from '#domain/diagram/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { DRAWING_BYTES, readBytes, TEXT_BYTES, textOf } from './read-input.ts'
import type { Shell } from './run.ts'

export interface DrawingFile {
  /** In the notation. */
  readonly drawing: string
  readonly places: Places
}

/** A drawing in the notation or of another tool; what could not be read of it is said beside the result. */
export async function readDrawingFile(
  shell: Shell,
  world: Pick<World, 'catalogue'>,
  input: { readonly id: string; readonly file: string },
): Promise<Result<DrawingFile, Problem>> {
  const { id, file } = input
  const bytes = readBytes(file, DRAWING_BYTES)
  if (!bytes.ok) return bytes
  const asText = textOf(file, bytes.value, TEXT_BYTES)
  const parsers = await shell.parsers()
  const imported = await importFile(world, { id, name: file, bytes: bytes.value }, parsers)
  if (!imported.ok) return imported
  if (imported.value === null) return asText.ok ? ok({ drawing: asText.value, places: {} }) : asText
  const { drawing, places, skipped, questions } = imported.value
  if (skipped.length > 0) shell.err(`Left out:\n${skipped.map((line) => `  - ${line}\n`).join('')}`)
  const taken = questions.map(({ says }) => `  - ${says}\n`)
  if (taken.length > 0) shell.err(`Not told by the file, so look again:\n${taken.join('')}`)
  return ok({ drawing, places })
}
