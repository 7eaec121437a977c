import { DatabaseSync } from 'node:sqlite'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { unzip, zipEntries } from '#anki/zip.ts'
import type { AnkiExport, AnkiNote } from '#app/ports.ts'

/** Small packages of Anki, and what tests look into them with. */

export const NOW = Date.UTC(2026, 10, 20, 10)
export const note = (guid: string, over: Partial<AnkiNote> = {}): AnkiNote => ({
  guid,
  noteType: 'Fact',
  deck: 'Atlas::Patterns',
  fields: [`What is <b>${guid}</b>?`, 'It &amp; more', '<img src="a-front.svg">'],
  tags: ['Atlas::tier::1', 'x'],
  memory: null,
  reviews: [],
  ...over,
})
export const pack = (notes: readonly AnkiNote[], over: Partial<AnkiExport> = {}): AnkiExport => ({
  now: NOW,
  dayZero: Date.UTC(2026, 10, 1),
  preset: {
    name: 'Atlas',
    parameters: Array.from({ length: 21 }, (_, i) => i / 10),
    desiredRetention: 0.905,
  },
  noteTypes: [
    {
      name: 'Fact',
      fields: ['Question', 'Answer', 'Drawing'],
      front: '{{Question}}',
      back: '{{Answer}}{{Drawing}}',
      css: '',
    },
  ],
  notes,
  media: new Map([['a-front.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>']]),
  ...over,
})
export const memory = {
  last: NOW - 86_400_000,
  due: 24,
  intervalDays: 5,
  stability: 5.43219,
  difficulty: 4.32199,
  decay: 0.1542,
  desiredRetention: 0.905,
  reviews: 2,
  lapses: 1,
}
export const review = (id: number, isFirst: boolean) => ({
  id,
  ease: 3 as const,
  milliseconds: 75_123,
  isFirst,
  intervalDays: 5,
  lastIntervalDays: isFirst ? 0 : 2,
  difficulty: 5.5,
})

/** Unpacked by another reader than the library that packed it, which checks each checksum. */
export function filesOf(bytes: Uint8Array): Map<string, Uint8Array> {
  const entries = zipEntries(bytes)
  if (!entries.ok) throw new Error(entries.error.message)
  return new Map(
    [...entries.value].map(([name, entry]) => {
      const file = unzip(bytes, entry, 100_000_000)
      if (!file.ok) throw new Error(file.error.message)
      return [name, file.value]
    }),
  )
}

export function open(bytes: Uint8Array): DatabaseSync {
  const db = new DatabaseSync(':memory:')
  db.deserialize(filesOf(bytes).get('collection.anki2') ?? new Uint8Array())
  return db
}

/** The package with another collection in it, by the name of another format. */
export const packed = (collection: Uint8Array, name = 'collection.anki2', more: Zippable = {}): Uint8Array =>
  zipSync({ [name]: collection, media: strToU8('{}'), ...more })

export const collectionOf = (bytes: Uint8Array): Uint8Array =>
  filesOf(bytes).get('collection.anki2') ?? new Uint8Array()
