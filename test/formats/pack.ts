import { crc32, deflateRawSync, deflateSync } from 'node:zlib'

/** Drawings packed into pictures and pages, as their tools do it. */

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1')

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length, 0)
  head.write(type, 4, 'latin1')
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(Buffer.concat([bytesOf(type), data])), 0)
  return Buffer.concat([head, data, check])
}

/** A PNG of one pixel with the given parts before its end. */
export function png(parts: readonly (readonly [type: string, data: Buffer])[]): Uint8Array {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(5))),
    ...parts.map(([type, data]) => chunk(type, data)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

export const textPart = (keyword: string, text: string): readonly [string, Buffer] => [
  'tEXt',
  bytesOf(`${keyword}\0${text}`),
]

export const deflatedPart = (keyword: string, data: Buffer): readonly [string, Buffer] => [
  'zTXt',
  Buffer.concat([bytesOf(`${keyword}\0\0`), data]),
]

export const KEYWORD = 'application/vnd.excalidraw+json'

/** What Excalidraw puts into a picture: the deflated scene as a string of bytes, in JSON. */
export function payload(scene: string | Buffer, compressed = true): string {
  const raw = Buffer.isBuffer(scene) ? scene : Buffer.from(scene, 'utf8')
  const encoded = (compressed ? deflateSync(raw) : raw).toString('latin1')
  return JSON.stringify({ version: '1', encoding: 'bstring', compressed, encoded })
}

export function excalidrawSvg(scene: string, version: 1 | 2): string {
  const bytes = version === 1 ? Buffer.from(payload(scene), 'utf8') : bytesOf(payload(scene))
  return `<svg version="1.1" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10">
  <!-- svg-source:excalidraw -->
  <metadata><!-- payload-type:${KEYWORD} --><!-- payload-version:${version} --><!-- payload-start -->${bytes.toString(
    'base64',
  )}<!-- payload-end --></metadata>
  <defs><style class="style-fonts"></style></defs><rect x="0" y="0" width="10" height="10" fill="#ffffff"/></svg>`
}

/** A page of draw.io, compressed: URL-encoded, deflated without a frame, base64. */
export const drawioPage = (model: string): string =>
  deflateRawSync(Buffer.from(encodeURIComponent(model))).toString('base64')

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const drawioSvg = (file: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="10px" height="10px" viewBox="-0.5 -0.5 10 10" content="${escaped(
    file,
  )}"><defs/><g><rect x="0" y="0" width="9" height="9"/></g></svg>`
