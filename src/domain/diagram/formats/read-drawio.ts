import { err, ok, type Result } from '#lib/result.ts'
import type { Form } from '../model.ts'
import { fromBase64, inflateAny, pngData, pngTexts } from './bytes.ts'
import { drawioScene } from './drawio-scene.ts'
import { damaged, type FormatProblem, type Parsers, type ReadResult } from './format.ts'
import { Notes, quoted } from './notes.ts'
import { decodeEntities } from './plain-text.ts'
import { readScene } from './scene-read.ts'
import { type Element, findElement, parseXml } from './xml.ts'

/** draw.io: its XML, plain or deflated, alone or as its tool embeds it in a PNG or an SVG. */
export async function readDrawio(text: string, form: Form, parsers: Parsers): Promise<ReadResult> {
  const notes = new Notes()
  const model = await modelOf(text, parsers, notes)
  if (!model.ok) return model
  return readScene(drawioScene(model.value, form, notes), form, notes)
}

/** The first page's model: what a drawing is made of. */
async function modelOf(
  text: string,
  parsers: Parsers,
  notes: Notes,
): Promise<Result<Element, FormatProblem>> {
  const elements = parseXml(text)
  if (elements === null) return err(damaged('drawio', 'it is no XML, or cut off'))
  const file = findElement(elements, 'mxfile')
  const pages = file?.children.filter(({ name }) => name === 'diagram') ?? []
  const [first, ...others] = pages
  if (others.length > 0) {
    const names = others.map((page, i) => quoted(page.attributes.name || `page ${i + 2}`))
    notes.add(`the other pages: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`)
  }
  const inside = findElement(first ? [first] : elements, 'mxGraphModel')
  if (inside) return ok(inside)
  const packed = first?.text.trim() ?? ''
  if (packed === '') return err(damaged('drawio', 'there is no page in it'))
  const unpacked = await unpack(packed, parsers)
  const model = unpacked === null ? null : findElement(parseXml(unpacked) ?? [], 'mxGraphModel')
  return model ? ok(model) : err(damaged('drawio', 'its compressed page is damaged or too large'))
}

/** A page as draw.io packs it: URL-encoded, deflated without a frame, base64. */
async function unpack(packed: string, parsers: Parsers): Promise<string | null> {
  const bytes = fromBase64(packed)
  const inflated = bytes === null ? null : await inflateAny(bytes, parsers)
  return inflated === null ? null : urlDecoded(parsers.decode(inflated))
}

function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The file that draw.io embedded in a PNG; null where there is none. */
export async function drawioInPng(bytes: Uint8Array, parsers: Parsers): Promise<string | null> {
  const part = pngTexts(bytes).find(({ keyword }) => keyword === 'mxfile' || keyword === 'mxGraphModel')
  const data = part ? await pngData(part, parsers) : null
  return data === null ? null : data.startsWith('%') ? urlDecoded(data) : data
}

/** The file that draw.io embedded in an SVG: an attribute of its root. */
export function drawioInSvg(svg: string): string | null {
  const from = svg.indexOf('<svg')
  const [attribute = '', quote = '"'] = / content=(["'])/.exec(svg.slice(from)) ?? []
  const start = svg.indexOf(attribute, from) + attribute.length
  const end = attribute === '' ? -1 : svg.indexOf(quote, start)
  if (end < 0) return null
  const text = decodeEntities(svg.slice(start, end))
  return text.startsWith('%') ? urlDecoded(text) : text
}
