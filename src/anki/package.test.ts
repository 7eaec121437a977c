import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { crc32, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { AnkiExport, AnkiNote } from '#app/ports.ts'
import { anki } from './index.ts'
import { unzip, zipEntries } from './zip.ts'

const NOW = Date.UTC(2026, 10, 20, 10)
const note = (guid: string, over: Partial<AnkiNote> = {}): AnkiNote => ({
  guid,
  noteType: 'Fact',
  deck: 'Atlas::Patterns',
  fields: [`What is <b>${guid}</b>?`, 'It &amp; more', '<img src="a-front.svg">'],
  tags: ['Atlas::tier::1', 'x'],
  memory: null,
  reviews: [],
  ...over,
})
const pack = (notes: readonly AnkiNote[], over: Partial<AnkiExport> = {}): AnkiExport => ({
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
const memory = {
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
const review = (id: number, isFirst: boolean) => ({
  id,
  ease: 3 as const,
  milliseconds: 75_123,
  isFirst,
  intervalDays: 5,
  lastIntervalDays: isFirst ? 0 : 2,
  difficulty: 5.5,
})

/** Unpacked by another reader than the library that packed it, which checks each checksum. */
function filesOf(bytes: Uint8Array): Map<string, Uint8Array> {
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

function open(bytes: Uint8Array): DatabaseSync {
  const db = new DatabaseSync(':memory:')
  db.deserialize(filesOf(bytes).get('collection.anki2') ?? new Uint8Array())
  return db
}

/** The package with another collection in it, by the name of another format. */
const packed = (collection: Uint8Array, name = 'collection.anki2', more: Zippable = {}): Uint8Array =>
  zipSync({ [name]: collection, media: strToU8('{}'), ...more })

const collectionOf = (bytes: Uint8Array): Uint8Array =>
  filesOf(bytes).get('collection.anki2') ?? new Uint8Array()

describe('a package that is written', () => {
  const first = note('atlas:a/b', { memory, reviews: [review(NOW - 9e8, true), review(NOW - 8e8, false)] })
  const bytes = anki.write(pack([first, note('atlas:a/b#c'), note('atlas:a/d', { deck: 'Atlas::Costs' })]))
  const db = open(bytes)
  const all = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }))

  test('is whole: no page is damaged, every card has its note, every review its card, every id is of the past', () => {
    expect(all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(all('select id from cards where nid not in (select id from notes)')).toEqual([])
    expect(all('select id from notes where id not in (select nid from cards)')).toEqual([])
    expect(all('select id from revlog where cid not in (select id from cards)')).toEqual([])
    expect(
      all(`select 1 from notes where id > ${NOW} union all select 1 from cards where id > ${NOW}`),
    ).toEqual([])
    const [{ decks = '', models = '', dconf = '' } = {}] = all('select decks, models, dconf from col')
    const known = (json: unknown) => Object.keys(JSON.parse(String(json))).map(Number)
    for (const { did } of all('select did from cards')) expect(known(decks)).toContain(did)
    for (const { mid } of all('select mid from notes')) expect(known(models)).toContain(mid)
    for (const { conf } of Object.values<{ conf: number }>(JSON.parse(String(decks))))
      expect(known(dconf)).toContain(conf)
  })

  test('has what an importer looks for', () => {
    const [col = {}] = all('select ver, conf, dconf, decks, crt from col')
    expect(col.ver).toBe(11)
    expect(JSON.parse(String(col.conf)).schedVer).toBe(2)
    expect(Object.values(JSON.parse(String(col.dconf)))).toContainEqual(
      expect.objectContaining({ name: 'Atlas', desiredRetention: 0.905, fsrsParams6: expect.any(Array) }),
    )
    const names = Object.values<{ name: string }>(JSON.parse(String(col.decks))).map(({ name }) => name)
    expect(names.sort()).toEqual(['Atlas', 'Atlas::Costs', 'Atlas::Patterns', 'Default'])
    expect(col.crt).toBe(Date.UTC(2026, 10, 1, 4) / 1000)
    expect(all('select guid, tags, flds, sfld from notes order by rowid limit 9')).toContainEqual({
      guid: 'atlas:a/b',
      tags: ' Atlas::tier::1 x ',
      flds: 'What is <b>atlas:a/b</b>?\u001fIt &amp; more\u001f<img src="a-front.svg">',
      sfld: 'What is atlas:a/b?',
    })
  })

  test('keeps when a card is due, and what FSRS remembers of it', () => {
    const [card = {}] = all('select type, queue, due, ivl, reps, lapses, data from cards where reps > 0')
    expect(card).toMatchObject({ type: 2, queue: 2, due: 24, ivl: 5, reps: 2, lapses: 1 })
    expect(JSON.parse(String(card.data))).toEqual({
      pos: 1,
      s: 5.4322,
      d: 4.322,
      dr: 0.905,
      decay: 0.1542,
      lrt: Math.floor((NOW - 86_400_000) / 1000),
    })
    expect(all('select type, queue, due, reps from cards where reps = 0 order by due')).toEqual([
      { type: 0, queue: 0, due: 2, reps: 0 },
      { type: 0, queue: 0, due: 3, reps: 0 },
    ])
    expect(all('select id, ease, ivl, lastIvl, factor, time, type from revlog order by id')).toEqual([
      { id: NOW - 9e8, ease: 3, ivl: 5, lastIvl: 0, factor: 600, time: 75_123, type: 0 },
      { id: NOW - 8e8, ease: 3, ivl: 5, lastIvl: 2, factor: 600, time: 75_123, type: 1 },
    ])
  })

  test('has each file that its list names, and lists each file that it has', () => {
    const files = filesOf(bytes)
    const media = JSON.parse(new TextDecoder().decode(files.get('media')))
    expect(media).toEqual({ 0: 'a-front.svg' })
    expect([...files.keys()].sort()).toEqual(['0', 'collection.anki2', 'media'])
  })

  test('has the same ids each time, whatever else is in it', () => {
    const ids = (db: DatabaseSync) =>
      Object.fromEntries(
        db
          .prepare(
            'select n.guid, n.id as note, c.id as card, n.mid, c.did from notes n join cards c on c.nid = n.id',
          )
          .all()
          .map(({ guid, ...rest }) => [guid, { ...rest }]),
      )
    const other = ids(open(anki.write(pack([note('atlas:x/y'), first]))))
    expect(other['atlas:a/b']).toEqual(ids(db)['atlas:a/b'])
    expect(other['atlas:x/y']).not.toEqual(ids(db)['atlas:a/b'])
  })

  test('refuses a name of a file that another system could not have', () => {
    const media = new Map([['../x.svg', '']])
    expect(() => anki.write(pack([first], { media }))).toThrow('unsafe name')
  })
})

test('what was written is read again: every card, every review', () => {
  const notes = fc.uniqueArray(
    fc.record({
      guid: fc.stringMatching(/^[a-z]{1,8}$/),
      times: fc.uniqueArray(fc.integer({ min: NOW - 1e10, max: NOW }), { maxLength: 4 }),
    }),
    { selector: ({ guid }) => guid, minLength: 1, maxLength: 6 },
  )
  const uniqueTimes = notes.filter((all) => {
    const times = all.flatMap((one) => one.times)
    return new Set(times).size === times.length
  })
  fc.assert(
    fc.property(uniqueTimes, (all) => {
      const made = all.map(({ guid, times }) =>
        note(guid, {
          memory: times.length > 0 ? memory : null,
          reviews: times.sort((a, b) => a - b).map((at, i) => review(at, i === 0)),
        }),
      )
      const read = anki.read(anki.write(pack(made)))
      if (!read.ok) throw new Error(read.error.message)
      expect(read.value.cards.map(({ guid }) => guid).sort()).toEqual(all.map(({ guid }) => guid).sort())
      const answers = read.value.answers.map(({ guid, id, ease, milliseconds }) => [
        guid,
        id,
        ease,
        milliseconds,
      ])
      expect(answers).toEqual(
        made
          .flatMap(({ guid, reviews }) =>
            reviews.map(({ id, ease, milliseconds }) => [guid, id, ease, milliseconds] as const),
          )
          .sort((a, b) => a[1] - b[1]),
      )
    }),
    { numRuns: 25 },
  )
})

const NEWEST = readFileSync(
  fileURLToPath(new URL('../../test/fixtures/anki/schema18.anki2', import.meta.url)),
)

describe('a package that is read', () => {
  const expected = {
    cards: [
      {
        guid: 'g-one',
        ord: 0,
        deck: 'Languages::Spanish',
        question: 'hablar',
        answer: 'to speak',
        tags: ['verb'],
        leftOut: 0,
      },
      {
        guid: 'g-two',
        ord: 0,
        deck: 'languages::Basque',
        question: '[…] is house',
        answer: 'Etxe is house',
        tags: [],
        leftOut: 0,
      },
      {
        guid: 'g-two',
        ord: 1,
        deck: 'languages::Basque',
        question: 'Etxe is [building]',
        answer: 'Etxe is house',
        tags: [],
        leftOut: 0,
      },
      {
        guid: 'atlas:patterns/caching',
        ord: 0,
        deck: 'Default',
        question: 'a',
        answer: 'b',
        tags: [],
        leftOut: 0,
      },
    ],
    // Without what was rescheduled by hand, and without a look ahead that changed nothing.
    answers: [
      { guid: 'g-one', ord: 0, id: 1_770_000_000_001, ease: 3, milliseconds: 7355 },
      { guid: 'atlas:patterns/caching', ord: 0, id: 1_770_000_000_700, ease: 2, milliseconds: 7355 },
      { guid: 'g-one', ord: 0, id: 1_770_086_400_001, ease: 1, milliseconds: 7355 },
    ],
  }
  const old = strToU8('Please update Anki')
  test.each<[string, () => Uint8Array]>([
    ['anki2', () => packed(NEWEST)],
    ['anki21', () => packed(NEWEST, 'collection.anki21', { 'collection.anki2': old })],
    [
      'anki21b',
      () =>
        packed(zstdCompressSync(NEWEST), 'collection.anki21b', {
          'collection.anki2': old,
          meta: new Uint8Array([8, 3]),
          media: zstdCompressSync(strToU8('')),
        }),
    ],
  ])('in the format %s, with tables of schema 18', (_, make) => {
    expect(anki.read(make())).toEqual({ ok: true, value: expected })
  })

  test('with a header that asks for a write-ahead log', () => {
    const wal = new Uint8Array(NEWEST)
    wal.set([2, 2], 18)
    expect(anki.read(packed(wal)).ok).toBe(true)
  })

  test('of the first scheduler: while a card was learnt, two was good', () => {
    const db = open(anki.write(pack([note('a', { memory, reviews: [review(NOW - 9e8, true)] })])))
    db.exec(`update revlog set ease = 2; update col set conf = '{}'`)
    const read = anki.read(packed(db.serialize()))
    expect(read).toMatchObject({ ok: true, value: { answers: [{ ease: 3 }] } })
  })
})

describe('a package that nobody can trust', () => {
  const good = anki.write(pack([note('a', { memory, reviews: [review(NOW - 9e8, true)] }), note('b')]))
  const damaged = (change: (db: DatabaseSync) => void): Uint8Array => {
    const db = open(good)
    change(db)
    return packed(db.serialize())
  }
  const claims = (bytes: Uint8Array, size: number): Uint8Array => {
    const copy = new Uint8Array(bytes)
    const view = new DataView(copy.buffer)
    for (let at = 0; at + 28 < copy.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true)
    return copy
  }
  test.each<[string, () => Uint8Array, RegExp]>([
    ['nothing at all', () => new Uint8Array(), /no package of Anki/],
    ['no archive', () => strToU8('a photo, perhaps'.repeat(100)), /no package of Anki/],
    ['an archive of something else', () => zipSync({ 'a.txt': strToU8('a') }), /holds no collection/],
    ['cut short', () => good.subarray(0, good.length - 40), /cut short/],
    [
      'cut short in its middle, with its end put back',
      () => concat(good.subarray(0, 500), good.subarray(-200)),
      /cut short/,
    ],
    ['a path to elsewhere', () => packed(collectionOf(good), '../collection.anki2'), /another folder/],
    [
      'an absolute path',
      () => packed(collectionOf(good), 'collection.anki2', { '/etc/passwd': old() }),
      /another folder/,
    ],
    [
      'a path of another system',
      () => packed(collectionOf(good), 'collection.anki2', { 'a\\..\\b': old() }),
      /another folder/,
    ],
    ['a claim of one gigabyte', () => claims(packed(new Uint8Array(1000)), 1_000_000_000), /claims 1000 MB/],
    ['more than it claims', () => claims(packed(new Uint8Array(100_000)), 10), /damaged/],
    ['a bomb of zstd', () => packed(bomb(), 'collection.anki21b'), /more than 300 MB/],
    ['no zstd', () => packed(old(), 'collection.anki21b'), /damaged/],
    ['a checksum that is not right', () => flipped(packed(collectionOf(good))), /damaged/],
    ['no database', () => packed(strToU8('x'.repeat(5000))), /no database/],
    [
      'a database of garbage',
      () => packed(concat(strToU8('SQLite format 3\u0000'), new Uint8Array(9000).fill(7))),
      /./,
    ],
    ['half of a database', () => packed(collectionOf(good).subarray(0, 8192)), /./],
    ['a database of something else', () => packed(photos()), /no table "col"/],
    ['a schema of the future', () => damaged((db) => db.exec('update col set ver = 19')), /later Anki/],
    ['a schema of long ago', () => damaged((db) => db.exec('update col set ver = 3')), /very old Anki/],
    [
      'a package of the future',
      () => packed(collectionOf(good), 'collection.anki2', { meta: new Uint8Array([8, 9]) }),
      /later Anki/,
    ],
    ['two notes of one id', () => damaged((db) => db.exec("update notes set guid = 'a'")), /same id/],
    [
      'note types that are none',
      () => damaged((db) => db.exec(`update col set models = '{"1": 5}'`)),
      /cannot be read/,
    ],
    [
      'note types that are no JSON',
      () => damaged((db) => db.exec(`update col set models = '{'`)),
      /cannot be read/,
    ],
    [
      'numbers beyond all numbers',
      () => damaged((db) => db.exec('update cards set ord = 9223372036854775807')),
      /cannot be read/,
    ],
    [
      'a view in the place of a table',
      () =>
        damaged((db) =>
          db.exec(
            'drop table revlog; create view revlog as with recursive r(n) as (select 1 union all select n + 1 from r) select n as id from r',
          ),
        ),
      /no table "revlog"/,
    ],
  ])('%s: says so, and what to do', (_, make, says) => {
    const read = anki.read(make())
    if (read.ok) throw new Error('it was read')
    expect(read.error.message).toMatch(says)
    expect(read.error.message).toMatch(/\.$/)
    expect(read.error.mend).toMatch(/\.$/)
  })

  test('signs that nobody sees are left out of its words', () => {
    const odd = damaged((db) =>
      db
        .prepare("update notes set flds = ?, tags = ? where guid = 'a'")
        .run('q\u0000\u0007x\u001fa\ud800', ' t\u0000ag '),
    )
    const read = anki.read(odd)
    expect(read).toMatchObject({ ok: true, value: { cards: [{ guid: 'a' }, { guid: 'b' }] } })
    expect(JSON.stringify(read)).not.toMatch(/\\u0000|\\u0007|\\ud800/)
  })

  test('cut or changed anywhere: it is read, or refused in words, never thrown', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const bytes = cut ? good.slice(0, at) : good.slice()
        if (!cut) bytes[at] = byte
        const read = anki.read(bytes)
        if (!read.ok) expect(read.error.mend).not.toBe('')
      }),
      { numRuns: 300 },
    )
  })

  test('a database that was changed anywhere: the same', () => {
    const collection = collectionOf(good)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(collection.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        (changes) => {
          const bytes = collection.slice()
          for (const [at, byte] of changes) bytes[at] = byte
          const read = anki.read(packed(bytes))
          if (!read.ok) expect(read.error.mend).not.toBe('')
        },
      ),
      { numRuns: 150 },
    )
  })
})

const old = () => strToU8('old')
const concat = (a: Uint8Array, b: Uint8Array) => new Uint8Array([...a, ...b])

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes)
  const view = new DataView(copy.buffer)
  for (let at = 0; at + 20 < copy.length; at++)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 16, crc32('other'), true)
  return copy
}

function photos(): Uint8Array {
  const db = new DatabaseSync(':memory:')
  db.exec('create table photos (id integer)')
  return db.serialize()
}

/** 400 MB of nothing in some kilobytes. */
const bomb = () => zstdCompressSync(new Uint8Array(400_000_000))
