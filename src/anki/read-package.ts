import { zstdDecompressSync } from 'node:zlib'
import type { AnkiCollection } from '#app/ports.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { numberField, readMessage } from './protobuf.ts'
import { readCollection } from './read-collection.ts'
import { type Broken, unzip, type ZipEntry, zipEntries } from './zip.ts'

/** A collection of 200,000 cards has some 200 MB. */
export const COLLECTION_BYTES_MAX = 300_000_000

/**
 * The newest of the collections in a package: `anki21b` (packed by zstd), `anki21`, `anki2`. Beside a newer one an older
 * stands only to tell an older Anki that it cannot read it.
 */
const NAMES = ['collection.anki21b', 'collection.anki21', 'collection.anki2'] as const
const NEWEST_PACKAGE = 3

export function readPackage(bytes: Uint8Array): Result<AnkiCollection, Broken> {
  const entries = zipEntries(bytes)
  if (!entries.ok) return entries
  const version = versionOf(bytes, entries.value)
  if (version > NEWEST_PACKAGE)
    return err({
      message: 'It was written by a later Anki than is known here.',
      mend: 'Export it with “Support older Anki versions”.',
    })
  const name = NAMES.find((one) => entries.value.has(one))
  const entry = name === undefined ? undefined : entries.value.get(name)
  if (entry === undefined)
    return err({
      message: 'It holds no collection: it is no package of Anki.',
      mend: 'Export a deck from Anki as .apkg.',
    })
  const packed = unzip(bytes, entry, COLLECTION_BYTES_MAX)
  if (!packed.ok) return packed
  const file = name === 'collection.anki21b' ? unpacked(packed.value) : packed
  return file.ok ? readCollection(file.value) : file
}

/** 0 where there is no `meta`: packages had none before. */
function versionOf(bytes: Uint8Array, entries: ReadonlyMap<string, ZipEntry>): number {
  const meta = entries.get('meta')
  const read = meta === undefined ? null : unzip(bytes, meta, 10_000)
  return read?.ok ? numberField(readMessage(read.value), 1) : 0
}

function unpacked(packed: Uint8Array): Result<Uint8Array, Broken> {
  try {
    return ok(zstdDecompressSync(packed, { maxOutputLength: COLLECTION_BYTES_MAX }))
  } catch (error) {
    const isLarge = (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
    return isLarge
      ? err({
          message: `The collection in it has more than ${COLLECTION_BYTES_MAX / 1e6} MB.`,
          mend: 'Export fewer decks at a time.',
        })
      : err({ message: 'The collection in it is damaged.', mend: 'Export it again.' })
  }
}
