import { DatabaseSync } from 'node:sqlite'
import type { AnkiAnswer, AnkiCard, AnkiCollection } from '#app/ports.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { hasTable, type NoteType, readDecks, readNoteTypes } from './note-types.ts'
import { backOf, type CardFields, type CardTemplate, frontOf } from './template.ts'
import { plainText, tidied } from './text.ts'
import type { Broken } from './zip.ts'

/** Of the schemas that Anki has had since 2012, up to the newest that is known. */
const SCHEMAS = { oldest: 11, newest: 18 } as const
const CARDS_MAX = 200_000
const ANSWERS_MAX = 2_000_000

const AGAIN = 'In Anki, run Tools → Check Database, then export it again.'
const broken = (message: string, mend = AGAIN) => err<Broken>({ message, mend })

/** The cards and answers of a collection's SQLite file. It is anybody's: opened in memory, read only, trusted in nothing. */
export function readCollection(file: Uint8Array): Result<AnkiCollection, Broken> {
  if (!startsLikeSqlite(file)) return broken('The collection in it is no database.')
  const db = new DatabaseSync(':memory:')
  try {
    db.exec('pragma trusted_schema = off')
    db.deserialize(withoutLog(file))
    forgetOrder(db)
    db.enableDefensive(true)
    const wrong = problemIn(db)
    return wrong ?? readAll(db)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return broken(`The collection in it cannot be read (${error.message.split('\n')[0]?.slice(0, 120)}).`)
  } finally {
    db.close()
  }
}

const startsLikeSqlite = (file: Uint8Array): boolean =>
  file.length >= 512 && new TextDecoder().decode(file.subarray(0, 15)) === 'SQLite format 3'

/** A file whose header asks for a write-ahead log cannot be opened in memory; there is no log beside it to miss. */
function withoutLog(file: Uint8Array): Uint8Array {
  const copy = new Uint8Array(file)
  if (copy[18] === 2) copy[18] = 1
  if (copy[19] === 2) copy[19] = 1
  return copy
}

/**
 * From schema 15 on names are in an order of Anki's own making (`unicase`), and SQLite opens no table whose order it does not
 * know. Without it every table is found by its numbers, and no index of names is asked.
 */
function forgetOrder(db: DatabaseSync): void {
  const order = /\bcollate\s+["'`]?unicase["'`]?/gi
  const named = db.prepare('select rowid, sql from sqlite_schema where sql like ?').all('%unicase%')
  if (named.length === 0) return
  db.enableDefensive(false)
  db.exec('pragma writable_schema = on')
  const change = db.prepare('update sqlite_schema set sql = ? where rowid = ?')
  for (const { rowid, sql } of named) change.run(String(sql).replace(order, ''), Number(rowid))
  db.exec('pragma writable_schema = reset')
}

function problemIn(db: DatabaseSync): Result<never, Broken> | null {
  for (const table of ['col', 'notes', 'cards', 'revlog']) {
    // A view or a virtual table of that name could run whatever it likes.
    const sql = db.prepare('select type, sql from sqlite_schema where name = ?').get(table)
    if (sql?.type !== 'table' || /^\s*create\s+virtual/i.test(String(sql.sql)))
      return broken(
        `The collection in it has no table "${table}": it is no package of Anki.`,
        'Export it from Anki.',
      )
    const check = db.prepare(`pragma quick_check(${table})`).get()
    if (check === undefined || Object.values(check)[0] !== 'ok')
      return broken('The collection in it is damaged.')
  }
  const version = Number(db.prepare('select ver from col').get()?.ver ?? 0)
  if (version >= SCHEMAS.oldest && version <= SCHEMAS.newest) return null
  return version > SCHEMAS.newest
    ? broken(
        `It was written by a later Anki than is known here (schema ${version}).`,
        'Export it with “Support older Anki versions”.',
      )
    : broken(
        `It was written by a very old Anki (schema ${version}).`,
        'Open it in Anki 2.1 and export it again.',
      )
}

function readAll(db: DatabaseSync): Result<AnkiCollection, Broken> {
  const counts = db
    .prepare('select (select count(*) from cards) as cards, (select count(*) from revlog) as answers')
    .get()
  if (Number(counts?.cards) > CARDS_MAX || Number(counts?.answers) > ANSWERS_MAX)
    return broken(
      `It has ${counts?.cards} cards and ${counts?.answers} answers; at most ${CARDS_MAX} and ${ANSWERS_MAX} are read.`,
      'Export fewer decks at a time.',
    )
  const doubled = db.prepare('select 1 from notes group by guid having count(*) > 1 limit 1').get()
  if (doubled !== undefined)
    return broken('Two of its notes have the same id, so nobody could tell whose reviews are whose.')
  return ok({ cards: readCards(db), answers: readAnswers(db) })
}

const CARDS = `select c.ord, c.did, c.odid, n.mid, cast(n.guid as text) as guid,
  cast(n.tags as text) as tags, substr(cast(n.flds as text), 1, 2000000) as flds
  from cards c join notes n on n.id = c.nid order by c.id`

function readCards(db: DatabaseSync): AnkiCard[] {
  const types = readNoteTypes(db)
  const decks = readDecks(db)
  const cards: AnkiCard[] = []
  for (const row of db.prepare(CARDS).iterate()) {
    const type = types.get(Number(row.mid))
    // A card that was moved into a filtered deck for a while belongs to the one it came from.
    const deck = decks.get(Number(row.odid)) ?? decks.get(Number(row.did)) ?? 'Default'
    const ord = Number(row.ord)
    cards.push({
      guid: String(row.guid),
      ord,
      deck: tidied(deck),
      tags: tidied(String(row.tags))
        .split(/\s+/)
        .filter((tag) => tag !== ''),
      ...shownBy(type, ord, String(row.flds).split('\u001f')),
    })
  }
  return cards
}

/** What stands on a card's two sides. Without a usable template its first field asks, and the others answer. */
function shownBy(
  type: NoteType | undefined,
  ord: number,
  values: readonly string[],
): Pick<AnkiCard, 'question' | 'answer' | 'leftOut'> {
  const template = type?.isCloze ? type.templates[0] : type?.templates[ord]
  const fields: CardFields = {
    values: new Map(type?.fields.map((name, i) => [name, values[i] ?? ''])),
    cloze: type?.isCloze ? ord + 1 : null,
  }
  const [first = '', ...rest] = values
  const front = template === undefined ? '' : sideOf(frontOf, template, fields)
  const question = plainText(front === '' ? first : front)
  const back = template === undefined ? '' : sideOf(backOf, template, fields)
  const answer = plainText(back === '' ? rest.join('<br>') : back)
  return { question: question.text, answer: answer.text, leftOut: question.leftOut + answer.leftOut }
}

/** Empty where nothing of it is seen. */
function sideOf(side: typeof frontOf, template: CardTemplate, fields: CardFields): string {
  const html = side(template, fields)
  return plainText(html).text === '' ? '' : html
}

/**
 * Answers of people: without rescheduling by hand (ease 0) and without looks ahead in a filtered deck that change nothing
 * (type 3 without a factor). Anki's first scheduler had no "hard" while a card was learnt, so there 2 was "good".
 */
const ANSWERS = `select r.id, c.ord, cast(n.guid as text) as guid, r.ease, r.time, r.type
  from revlog r join cards c on c.id = r.cid join notes n on n.id = c.nid
  where r.ease between 1 and 4 and r.type between 0 and 3 and not (r.type = 3 and r.factor = 0) order by r.id`

function readAnswers(db: DatabaseSync): AnkiAnswer[] {
  const answers: AnkiAnswer[] = []
  const isFirstScheduler = schedulerOf(db) === 1
  for (const { id, guid, ord, ease, time, type } of db.prepare(ANSWERS).iterate()) {
    const shift = isFirstScheduler && (type === 0 || type === 2) && Number(ease) > 1 ? 1 : 0
    answers.push({
      guid: String(guid),
      ord: Number(ord),
      id: Number(id),
      ease: Math.min(4, Number(ease) + shift) as AnkiAnswer['ease'],
      milliseconds: Math.min(86_400_000, Math.max(0, Math.round(Number(time)))),
    })
  }
  return answers
}

/** From schema 14 on the configuration is a table, and the first scheduler is all but gone. */
function schedulerOf(db: DatabaseSync): number {
  if (hasTable(db, 'config')) return 2
  const conf: unknown = JSON.parse(String(db.prepare('select conf from col').get()?.conf ?? '{}'))
  return (conf as { schedVer?: unknown } | null)?.schedVer === 2 ? 2 : 1
}
