import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { numberField, readMessage, textField } from './protobuf.ts'
import type { CardTemplate } from './template.ts'

/** What a package says of its note types and decks: JSON in one row up to schema 14, tables of their own from 15 on. */
export interface NoteType {
  readonly isCloze: boolean
  readonly fields: readonly string[]
  readonly templates: readonly CardTemplate[]
}

/** A template that is longer is none that a person wrote. */
const TEMPLATE_MAX = 100_000

const clip = (text: string): string => text.slice(0, TEMPLATE_MAX)

export function readNoteTypes(db: DatabaseSync): Map<number, NoteType> {
  return hasTable(db, 'notetypes') ? fromTables(db) : fromJson(db)
}

/** Names by id, levels divided by `::`. */
export function readDecks(db: DatabaseSync): Map<number, string> {
  if (!hasTable(db, 'decks')) {
    const decks = z.record(z.string(), z.looseObject({ name: z.string() })).parse(column(db, 'decks'))
    return new Map(Object.entries(decks).map(([id, { name }]) => [Number(id), name]))
  }
  // The index of names is in an order that only Anki knows.
  const rows = db.prepare('select id, cast(name as text) as name from decks not indexed').all()
  return new Map(rows.map(({ id, name }) => [Number(id), String(name).replaceAll('\u001f', '::')]))
}

export const hasTable = (db: DatabaseSync, name: string): boolean =>
  db.prepare("select 1 from sqlite_schema where name = ? and type = 'table'").get(name) !== undefined

const column = (db: DatabaseSync, name: 'models' | 'decks'): unknown =>
  JSON.parse(String(db.prepare(`select ${name} as text from col`).get()?.text ?? '{}'))

const place = z.number().int().min(0).max(1000)
const models = z.record(
  z.string(),
  z.looseObject({
    type: z.number().default(0),
    flds: z.array(z.looseObject({ name: z.string(), ord: place.optional() })),
    tmpls: z.array(z.looseObject({ qfmt: z.string(), afmt: z.string(), ord: place.optional() })),
  }),
)

const inOrder = <T extends { readonly ord?: number | undefined }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => (a.ord ?? 0) - (b.ord ?? 0))

function fromJson(db: DatabaseSync): Map<number, NoteType> {
  const all = models.parse(column(db, 'models'))
  return new Map(
    Object.entries(all).map(([id, { type, flds, tmpls }]) => [
      Number(id),
      {
        isCloze: type === 1,
        fields: inOrder(flds).map(({ name }) => name),
        templates: inOrder(tmpls).map(({ qfmt, afmt }) => ({ front: clip(qfmt), back: clip(afmt) })),
      },
    ]),
  )
}

const CLOZE = 1

/** Numbers of fields: `Notetype.Config` and `Notetype.Template.Config` of Anki's proto/anki/notetypes.proto. */
function fromTables(db: DatabaseSync): Map<number, NoteType> {
  const config = (value: unknown) => readMessage(value instanceof Uint8Array ? value : new Uint8Array())
  const of = (table: 'fields' | 'templates', what: string) =>
    Map.groupBy(
      db.prepare(`select ntid, ${what} as what, config from ${table} order by ntid, ord`).all(),
      ({ ntid }) => Number(ntid),
    )
  const fields = of('fields', 'cast(name as text)')
  const templates = of('templates', 'config')
  const types = db.prepare('select id, config from notetypes not indexed').all()
  return new Map(
    types.map(({ id, config: about }) => [
      Number(id),
      {
        isCloze: numberField(config(about), 1) === CLOZE,
        fields: (fields.get(Number(id)) ?? []).map(({ what }) => String(what)),
        templates: (templates.get(Number(id)) ?? []).map(({ what }) => {
          const message = config(what)
          return { front: clip(textField(message, 1)), back: clip(textField(message, 2)) }
        }),
      },
    ]),
  )
}
