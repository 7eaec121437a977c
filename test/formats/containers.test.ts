import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateRawSync, deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { loadFormats } from '#domain/diagram/index.ts'
import { parsers } from '../../src/world-parsers.ts'
import {
  deflatedPart,
  drawioPage,
  drawioSvg,
  excalidrawSvg,
  KEYWORD,
  payload,
  png,
  textPart,
} from './pack.ts'

/** A drawing inside a picture or a compressed page is the drawing itself. */

const { importDrawing, detectFormat } = await loadFormats()
const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../fixtures/formats/${name}`, import.meta.url)), 'utf8')

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const read = async (name: string, bytes: Uint8Array) => {
  const result = await importDrawing({ name, bytes, form: 'topology' }, parsers)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

describe('Excalidraw', () => {
  // A letter beyond Latin-1 shows whether bytes and characters were kept apart.
  const scene = fixture('checkout.excalidraw').replaceAll('Redis', 'Redis – キャッシュ')
  const cases: readonly (readonly [string, string, Uint8Array])[] = [
    ['a PNG', 'a.png', png([textPart(KEYWORD, payload(scene))])],
    ['a PNG with the scene as it is', 'a.png', png([textPart(KEYWORD, payload(scene, false))])],
    ['a PNG of the first years', 'a.png', png([textPart(KEYWORD, fixture('checkout.excalidraw'))])],
    ['an SVG of version 1', 'a.svg', utf8(excalidrawSvg(scene, 1))],
    ['an SVG of version 2', 'a.svg', utf8(excalidrawSvg(scene, 2))],
    ['its name with .excalidraw.png', 'a.excalidraw.png', png([textPart(KEYWORD, payload(scene))])],
    ['another name', 'notes.json', utf8(scene)],
  ]
  test.each(cases)('%s', async (what, name, bytes) => {
    const expected = await read(
      'x.excalidraw',
      utf8(what.includes('first') ? fixture('checkout.excalidraw') : scene),
    )
    expect(await read(name, bytes)).toEqual(expected)
  })
})

describe('draw.io', () => {
  const file = fixture('orders.drawio').replace(/<diagram name="Later"[\s\S]*?<\/diagram>/, '')
  const model = /<mxGraphModel[\s\S]*?<\/mxGraphModel>/.exec(file)?.[0] ?? ''
  const packed = `<mxfile host="app.diagrams.net"><diagram id="a" name="Page-1">${drawioPage(model)}</diagram></mxfile>`
  const encoded = encodeURIComponent(file)
  const cases: readonly (readonly [string, string, Uint8Array])[] = [
    ['a compressed page', 'a.drawio', utf8(packed)],
    ['the model alone', 'a.xml', utf8(model)],
    ['an SVG', 'a.drawio.svg', utf8(drawioSvg(file))],
    ['an SVG of a compressed page', 'a.svg', utf8(drawioSvg(packed))],
    [
      'an SVG with single quotes',
      'a.svg',
      utf8(drawioSvg(file).replace(/content="([^"]*)"/, "content='$1'")),
    ],
    ['a PNG', 'a.drawio.png', png([textPart('mxfile', encoded)])],
    ['an older PNG', 'a.png', png([deflatedPart('mxGraphModel', deflateSync(Buffer.from(encoded)))])],
    [
      'an older PNG without a frame',
      'a.png',
      png([deflatedPart('mxGraphModel', deflateRawSync(Buffer.from(encoded)))]),
    ],
  ]
  test.each(cases)('%s', async (_, name, bytes) => {
    expect(await read(name, bytes)).toEqual(await read('x.drawio', utf8(file)))
  })
})

describe('what is no drawing of a known tool', () => {
  const cases: readonly (readonly [string, string, Uint8Array])[] = [
    ['a PNG without a drawing', 'photo.png', png([textPart('Software', 'gimp')])],
    ['an SVG without one', 'logo.svg', utf8('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')],
    ['nothing', 'empty', new Uint8Array()],
    ['our notation', 'mine.txt', utf8('client -> lb: HTTPS\nus: US East { api; db }')],
    ['our notation of things called as Mermaid is', 'mine.txt', utf8('timeline -> graph\nflow -> sequence')],
    ['our notation with a group', 'mine.txt', utf8('graph { a -- b }')],
    ['JSON of something else', 'package.json', utf8('{ "name": "x" }')],
  ]
  test.each(cases)('%s', async (_, name, bytes) => {
    expect(detectFormat(name, bytes)).toBeNull()
    const result = await importDrawing({ name, bytes, form: 'topology' }, parsers)
    expect(!result.ok && result.error.code).toBe('unknown-format')
  })
})
