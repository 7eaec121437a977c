import { FORMAT_LIMITS, type Parsers } from './format.ts'

/** Bytes, base64 and the text parts of a PNG; the few lines of it that both a browser and Node need alike. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...ALPHABET].map((char, value) => [char.charCodeAt(0), value]))

/** Base64 (also its URL form), white space ignored; null where it holds anything else. RFC 4648. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4) + 3)
  let length = 0
  let bits = 0
  let pending = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 61) break
    if (code === 32 || (code >= 9 && code <= 13)) continue
    const value = VALUES.get(code === 45 ? 43 : code === 95 ? 47 : code)
    if (value === undefined) return null
    pending = ((pending << 6) | value) & 0xfff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = (pending >> bits) & 0xff
    }
  }
  return bytes.subarray(0, length)
}

/** Each byte as the character of that code. */
export function latin1(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 8192) parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)))
  return parts.join('')
}

export function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i) & 0xff
  return bytes
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export const isPng = (bytes: Uint8Array): boolean => PNG.every((byte, i) => bytes[i] === byte)

/** A text part: what follows its keyword, and how that is packed. */
export interface PngText {
  readonly keyword: string
  readonly data: Uint8Array
  readonly compressed: boolean
}

/**
 * The parts tEXt, zTXt and iTXt of a PNG, as far as it is whole (PNG specification, 11.3.3). Checksums are not
 * read.
 */
export function pngTexts(bytes: Uint8Array): PngText[] {
  const texts: PngText[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 8; at + 12 <= bytes.length && texts.length < 64; ) {
    const length = view.getUint32(at)
    const type = latin1(bytes.subarray(at + 4, at + 8))
    const end = at + 8 + length
    if (end > bytes.length) break
    const text = /^(tEXt|zTXt|iTXt)$/.test(type) ? pngText(type, bytes.subarray(at + 8, end)) : null
    if (text) texts.push(text)
    at = end + 4
  }
  return texts
}

function pngText(type: string, part: Uint8Array): PngText | null {
  const zero = part.indexOf(0)
  if (zero < 1 || zero > 79) return null
  const keyword = latin1(part.subarray(0, zero))
  if (type === 'tEXt') return { keyword, data: part.subarray(zero + 1), compressed: false }
  if (type === 'zTXt') return { keyword, data: part.subarray(zero + 2), compressed: true }
  const language = part.indexOf(0, zero + 3)
  const translated = language < 0 ? -1 : part.indexOf(0, language + 1)
  if (translated < 0) return null
  return { keyword, data: part.subarray(translated + 1), compressed: part[zero + 1] === 1 }
}

/** Deflated bytes with zlib's frame or without; null where they are neither, or too much. */
export async function inflateAny(bytes: Uint8Array, parsers: Parsers): Promise<Uint8Array | null> {
  const framed =
    bytes.length > 2 &&
    ((bytes[0] ?? 0) & 0x0f) === 8 &&
    (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0
  const first = await parsers.inflate(bytes, framed ? 'zlib' : 'raw', FORMAT_LIMITS.inflated)
  return first ?? (framed ? parsers.inflate(bytes, 'raw', FORMAT_LIMITS.inflated) : null)
}

/** The data of a text part as characters of one byte each; null where it cannot be unpacked. */
export async function pngData(text: PngText, parsers: Parsers): Promise<string | null> {
  if (!text.compressed) return latin1(text.data)
  const data = await inflateAny(text.data, parsers)
  return data === null ? null : latin1(data)
}
