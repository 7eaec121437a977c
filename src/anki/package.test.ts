import { readFileSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import { filesOf, memory, NOW, note, open, pack, packed, review } from '../../test/anki-package.ts'
import { anki } from './index.ts'

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
