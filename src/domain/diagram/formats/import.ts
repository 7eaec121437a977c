import { err, ok, type Result } from '#lib/result.ts'
import type { Drawing, Form } from '../model.ts'
import { type Detected, detectFormat } from './detect.ts'
import {
  damaged,
  FORMAT_LIMITS,
  FORMAT_NAMES,
  type FormatProblem,
  type Imported,
  type Parsers,
  type ReadResult,
} from './format.ts'
import { readCanvas } from './read-canvas.ts'
import { readD2 } from './read-d2.ts'
import { readDot } from './read-dot.ts'
import { drawioInPng, drawioInSvg, readDrawio } from './read-drawio.ts'
import { excalidrawInPng, excalidrawInSvg, readExcalidraw } from './read-excalidraw.ts'
import { readMermaid } from './read-mermaid.ts'

export interface ImportInput {
  readonly name: string
  readonly bytes: Uint8Array
  /** What the drawing has to be. */
  readonly form: Form
}

/** A file of another tool as a drawing of the asked form, with all that was passed over; bad input is a value. */
export async function importDrawing(
  { name, bytes, form }: ImportInput,
  parsers: Parsers,
): Promise<Result<Imported, FormatProblem>> {
  if (bytes.length > FORMAT_LIMITS.bytes)
    return err({
      code: 'too-large',
      message: `The file has ${Math.ceil(bytes.length / 1e6)} MB; at most ${FORMAT_LIMITS.bytes / 1e6} MB are read.`,
      mend: 'Save a smaller file; pictures in a drawing are what makes it large.',
    })
  if (isUtf16(bytes)) return err(UTF16)
  const detected = detectFormat(name, bytes)
  if (detected === null) return err(unknownFormat(bytes))
  const text = await textOf(detected, bytes, parsers)
  if (!text.ok) return text
  const read = await readText(detected.format, text.value, form, parsers)
  if (!read.ok) return read
  if (isEmpty(read.value.drawing)) return err(empty(detected, form, read.value.skipped))
  return ok({ format: detected.format, ...read.value })
}

/** What some shells of Windows write where output goes into a file. */
const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

const UTF16: FormatProblem = {
  code: 'unknown-format',
  message: 'This file is in UTF-16; only UTF-8 is read.',
  mend: 'Save it as UTF-8 and try that file.',
}

const TOOLS = Object.values(FORMAT_NAMES).join(', ')

const unknownFormat = (bytes: Uint8Array): FormatProblem => ({
  code: 'unknown-format',
  message: `No drawing of a known tool is in this file${bytes.length === 0 ? ': it is empty' : ''}.`,
  mend: `Read are ${TOOLS}; a picture only where its tool saved the drawing in it ("embed scene", "include a copy").`,
})

const empty = ({ format }: Detected, form: Form, skipped: readonly string[]): FormatProblem => ({
  code: 'empty',
  message: `This ${FORMAT_NAMES[format]} file holds nothing that a ${form} is made of${
    skipped.length > 0 ? `; left out: ${skipped.slice(0, 3).join('; ')}` : ''
  }.`,
  mend: 'Check that it is the right file.',
})

function isEmpty(drawing: Drawing): boolean {
  if (drawing.form === 'timeline') return drawing.events.length === 0
  if (drawing.form === 'matrix') return drawing.columns.length === 0
  return drawing.nodes.length + drawing.groups.length === 0
}

async function textOf(
  { format, inside }: Detected,
  bytes: Uint8Array,
  parsers: Parsers,
): Promise<Result<string, FormatProblem>> {
  const text = inside === 'png' ? null : parsers.decode(bytes)
  const inner = await innerText(format, inside, bytes, text, parsers)
  if (inner === null) return err(damaged(format, 'the drawing in this picture is damaged or too large'))
  if (inner.length <= FORMAT_LIMITS.characters) return ok(inner)
  return err(damaged(format, `it has more than ${FORMAT_LIMITS.characters / 1e6} million characters`))
}

async function innerText(
  format: Detected['format'],
  inside: Detected['inside'],
  bytes: Uint8Array,
  text: string | null,
  parsers: Parsers,
): Promise<string | null> {
  if (inside === 'png')
    return format === 'drawio' ? drawioInPng(bytes, parsers) : excalidrawInPng(bytes, parsers)
  if (inside === null || text === null) return text
  return format === 'drawio' ? drawioInSvg(text) : excalidrawInSvg(text, parsers)
}

async function readText(
  format: Detected['format'],
  text: string,
  form: Form,
  parsers: Parsers,
): Promise<ReadResult> {
  switch (format) {
    case 'excalidraw':
      return readExcalidraw(text, form)
    case 'drawio':
      return readDrawio(text, form, parsers)
    case 'mermaid':
      return readMermaid(text, form, parsers)
    case 'd2':
      return readD2(text, form, parsers)
    case 'dot':
      return readDot(text, form)
    case 'canvas':
      return readCanvas(text, form)
  }
}
