import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { strToU8, type Zippable, zipSync } from 'fflate'
import type { AnkiExport, AnkiMemory, AnkiNote, AnkiReview } from '#app/ports.ts'
import { invariant } from '#lib/invariant.ts'
import { configJson, decksJson, noteTypesJson, presetsJson, SCHEMA, TABLES, USN } from './schema11.ts'
import { type Ids, stableIds } from './stable-ids.ts'
import { plainText } from './text.ts'

/** A package that every Anki since 2.0 reads: `collection.anki2` in schema 11, and its media by numbers. */
export function writePackage(pack: AnkiExport): Uint8Array {
  const names = [...pack.media.keys()].sort()
  const files: Zippable = {
    'collection.anki2': collectionOf(pack),
    media: strToU8(JSON.stringify(Object.fromEntries(names.map((name, i) => [i, name])))),
  }
  names.forEach((name, i) => {
    invariant(/^[a-z0-9][a-z0-9_.-]*$/i.test(name) && name.length <= 120, `unsafe name of a file: ${name}`)
    files[i] = strToU8(pack.media.get(name) ?? '')
  })
  return zipSync(files, { level: 6, mtime: new Date(pack.now) })
}

/** Anki's day begins at four in the morning. */
const ROLLOVER_SECONDS = 4 * 3600

function collectionOf(pack: AnkiExport): Uint8Array {
  const db = new DatabaseSync(':memory:')
  try {
    db.exec('pragma journal_mode = off')
    db.exec(TABLES)
    db.exec('begin')
    const ids = stableIds()
    const seconds = Math.floor(pack.now / 1000)
    const [type] = pack.noteTypes
    const [note] = pack.notes
    invariant(type !== undefined && note !== undefined, 'a package has notes and their types')
    const noteTypes = noteTypesJson(pack, ids, ids.deck(note.deck))
    db.prepare('insert into col values (1, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?)').run(
      Math.floor(pack.dayZero / 1000) + ROLLOVER_SECONDS,
      pack.now,
      pack.now,
      SCHEMA,
      configJson(ids.noteType(type.name), pack.notes.length),
      noteTypes,
      decksJson(pack, ids),
      presetsJson(pack, ids),
      '{}',
    )
    insertNotes(db, pack, ids, seconds)
    db.exec('commit')
    return db.serialize()
  } finally {
    db.close()
  }
}

function insertNotes(db: DatabaseSync, pack: AnkiExport, ids: Ids, seconds: number): void {
  const notes = db.prepare(`insert into notes values (?, ?, ?, ?, ${USN}, ?, ?, ?, ?, 0, '')`)
  const cards = db.prepare(
    `insert into cards values (?, ?, ?, 0, ?, ${USN}, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)`,
  )
  const log = db.prepare(`insert into revlog values (?, ?, ${USN}, ?, ?, ?, ?, ?, ?)`)
  pack.notes.forEach((note, i) => {
    const card = ids.card(note.guid)
    const id = ids.note(note.guid)
    const sort = plainText(note.fields[0] ?? '').text
    const tags = note.tags.length === 0 ? '' : ` ${note.tags.join(' ')} `
    const fields = note.fields.join('\u001f')
    notes.run(id, note.guid, ids.noteType(note.noteType), seconds, tags, fields, sort, checksum(sort))
    cards.run(card, id, ids.deck(note.deck), seconds, ...cardOf(note, i + 1))
    for (const review of note.reviews) log.run(review.id, card, ...reviewOf(review))
  })
}

/** As Anki finds doubles: the first eight digits of the first field's SHA-1. */
const checksum = (text: string): number =>
  Number.parseInt(createHash('sha1').update(text).digest('hex').slice(0, 8), 16)

const NEW = 0
const REVIEW = 2
const FACTOR = 2500

/** type, queue, due, ivl, factor, reps, lapses, data: a new card's `due` is its place in line, else a day. */
function cardOf({ memory }: AnkiNote, position: number): (number | string)[] {
  if (memory === null) return [NEW, NEW, position, 0, 0, 0, 0, '{}']
  const { due, intervalDays, reviews, lapses } = memory
  return [REVIEW, REVIEW, due, intervalDays, FACTOR, reviews, lapses, fsrsOf(memory, position)]
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

function fsrsOf({ stability, difficulty, decay, desiredRetention, last }: AnkiMemory, pos: number): string {
  return JSON.stringify({
    pos,
    s: rounded(stability, 4),
    d: rounded(difficulty, 3),
    dr: rounded(desiredRetention, 4),
    decay: rounded(decay, 4),
    lrt: Math.floor(last / 1000),
  })
}

const FIRST = 0
const LATER = 1

/**
 * ease, ivl, lastIvl, factor, time, type. A card's first answer is one of learning, else Anki's optimizer leaves the card
 * out; under FSRS the factor is the difficulty, 1 to 10 as 100 to 1100.
 */
function reviewOf(review: AnkiReview): number[] {
  const factor = Math.round(((review.difficulty - 1) / 9) * 1000 + 100)
  const type = review.isFirst ? FIRST : LATER
  return [review.ease, review.intervalDays, review.lastIntervalDays, factor, review.milliseconds, type]
}
