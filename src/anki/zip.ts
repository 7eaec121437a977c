import { crc32, inflateRawSync } from 'node:zlib'
import { err, ok, type Result } from '#lib/result.ts'

/**
 * Reads archives of strangers: by their central directory (PKWARE's APPNOTE.TXT §4.3), nothing is written anywhere, and
 * nothing is unpacked beyond what it claims or what it may have.
 */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  readonly offset: number
  readonly isEncrypted: boolean
}

export interface Broken {
  readonly message: string
  readonly mend: string
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const COMMENT_MAX = 65_535
/** Far more pictures than any deck has. */
const ENTRIES_MAX = 200_000
const STORED = 0
const DEFLATED = 8

const AGAIN = 'Export or download it again.'
const NO_ZIP = 'It is no package of Anki, or it was cut short.'
const broken = (message: string, mend = AGAIN) => err<Broken>({ message, mend })

/** The entries by their names, or why it is no archive. */
export function zipEntries(bytes: Uint8Array): Result<ReadonlyMap<string, ZipEntry>, Broken> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  if (end === null) return broken(NO_ZIP)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (at === 0xffffffff) return broken('It is larger than 4 GB.', 'Export it without its media.')
  if (count > ENTRIES_MAX) return broken(`It claims ${count} files.`)
  const found = new Map<string, ZipEntry>()
  const text = new TextDecoder()
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) return broken(NO_ZIP)
    const nameBytes = view.getUint16(at + 28, true)
    const name = text.decode(bytes.subarray(at + 46, at + 46 + nameBytes))
    // Anki numbers its files; a path could only be meant for another folder than the package's own.
    if (/[/\\]|^\.\.?$|^[a-z]:/i.test(name))
      return broken(
        `It holds a file that would be put into another folder: ${shown(name)}.`,
        'Anki writes no such package; do not use it.',
      )
    if (found.has(name)) return broken(`It holds two files of the name ${shown(name)}.`)
    found.set(name, {
      name,
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return ok(found)
}

/** Where the record of its end begins: before a comment that nobody writes, so nearly always at the first look. */
function endOf(view: DataView): number | null {
  const last = view.byteLength - END_BYTES
  for (let at = last; at >= Math.max(0, last - COMMENT_MAX); at--)
    if (view.getUint32(at, true) === END) return at
  return null
}

/** The bytes of one entry, no more than `bytesMax`. */
export function unzip(archive: Uint8Array, entry: ZipEntry, bytesMax: number): Result<Uint8Array, Broken> {
  const { offset, packedBytes, bytes, method } = entry
  if (entry.isEncrypted) return broken('It is locked by a password.', 'Unlock it first.')
  const claimed = Math.max(bytes, packedBytes)
  if (claimed > bytesMax) {
    const claim = `${shown(entry.name)} in it claims ${Math.round(claimed / 1e6)} MB`
    return broken(`${claim}; at most ${bytesMax / 1e6} MB are read.`, 'Export fewer decks at a time.')
  }
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  if (offset + 30 > archive.length || view.getUint32(offset, true) !== LOCAL) return broken(NO_ZIP)
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const packed = archive.subarray(start, start + packedBytes)
  if (packed.length < packedBytes) return broken(NO_ZIP)
  const whole = method === STORED ? packed : method === DEFLATED ? inflated(packed, bytes) : null
  if (whole === null || whole.length !== bytes || crc32(whole) !== entry.crc)
    return broken(`${shown(entry.name)} in it is damaged.`)
  return ok(whole)
}

/** Null where it is damaged, or more than it claims. */
function inflated(packed: Uint8Array, bytes: number): Uint8Array | null {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) })
  } catch {
    return null
  }
}

const shown = (name: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name from outside may hold them, a message must not
  const clean = name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/g, '�')
  return clean.length > 60 ? `“${clean.slice(0, 60)}…”` : `“${clean}”`
}
