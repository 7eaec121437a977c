import {
  type Form,
  type FormatProblem,
  type Imported,
  isLinked,
  loadFormats,
  parseDrawing,
  remove,
  type Vocabulary,
} from '#domain/diagram/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { placed, sheetOf, type Work } from './work.ts'

/** What a dropped file would become. */
export interface Offer {
  readonly name: string
  /** What wrote it, for people. */
  readonly tool: string
  readonly work: Work
  readonly skipped: readonly string[]
  readonly questions: Imported['questions']
}

const unread = (message: string): FormatProblem => ({
  code: 'damaged',
  message,
  mend: 'Try it again, or draw it here.',
})

/** Reads a file of another tool, or of the notation. The readers are loaded only now. */
export async function readOffer(file: File, form: Form): Promise<Result<Offer, FormatProblem>> {
  try {
    const [{ importDrawing, FORMAT_NAMES, FORMAT_LIMITS }, { parsers }] = await Promise.all([
      loadFormats(),
      import('./parsers.ts'),
    ])
    const { name } = file
    // One byte more than may be read is enough to be refused as too large.
    const bytes = new Uint8Array(await file.slice(0, FORMAT_LIMITS.bytes + 1).arrayBuffer())
    const read = await importDrawing({ name, bytes, form }, parsers)
    if (read.ok) {
      const { drawing, places, skipped, questions, format } = read.value
      return ok({ name, tool: FORMAT_NAMES[format], work: { drawing, places }, skipped, questions })
    }
    return (read.error.code === 'unknown-format' ? notationOffer(name, bytes, form) : null) ?? read
  } catch {
    return err(unread('This file cannot be read here.'))
  }
}

/** A text file in our own notation; null where it holds none. */
function notationOffer(name: string, bytes: Uint8Array, form: Form): Result<Offer, FormatProblem> | null {
  const text = new TextDecoder().decode(bytes)
  if (text.trim() === '' || text.includes('\0')) return null
  const { drawing, problems } = parseDrawing(text, form)
  if (problems.length > 0) return null
  return ok({ name, tool: 'the notation', work: { drawing, places: {} }, skipped: [], questions: [] })
}

/** The offered drawing without the arrows that were guessed wrong, and with a place for every node. */
export async function taken(
  { work }: Offer,
  refused: ReadonlySet<string>,
  vocabulary: Vocabulary,
): Promise<Work> {
  if (!isLinked(work.drawing)) return work
  const kept =
    refused.size === 0
      ? work
      : remove(
          sheetOf(work),
          [...refused].map((id) => `edge:${id}` as const),
        )
  if (work.drawing.form === 'sequence') return kept
  if (Object.keys(kept.places).length > 0) return placed(kept, vocabulary)
  try {
    const { tidyPlaces } = await import('./tidy.ts')
    return placed({ ...kept, places: await tidyPlaces(sheetOf(kept).drawing, vocabulary) }, vocabulary)
  } catch {
    return placed(kept, vocabulary)
  }
}
