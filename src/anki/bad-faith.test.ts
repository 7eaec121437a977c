import { DatabaseSync } from 'node:sqlite'
import { crc32, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { collectionOf, memory, NOW, note, open, pack, packed, review } from '../../test/anki-package.ts'
import { anki } from './index.ts'

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
            'drop table revlog; create view revlog as ' +
              'with recursive r(n) as (select 1 union all select n + 1 from r) select n as id from r',
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
function bomb(): Uint8Array {
  const frame = zstdCompressSync(new Uint8Array(50_000_000))
  return new Uint8Array(Array.from({ length: 8 }, () => [...frame]).flat())
}
