import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { writeVault } from './write-vault.ts'

let root: string
let folder: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atlas-vault-'))
  folder = join(root, 'vault')
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
})

const FIRST = new Map([
  ['Atlas.md', 'overview'],
  ['patterns/a.md', 'a'],
])
const read = (path: string) => readFileSync(join(folder, path), 'utf8')

test('writes all, and writes it again where it was left as it was', () => {
  expect(writeVault(folder, FIRST)).toEqual({ ok: true, value: 2 })
  expect(read('patterns/a.md')).toBe('a')
  expect(writeVault(folder, new Map([...FIRST, ['patterns/a.md', 'newer']]))).toMatchObject({ ok: true })
  expect(read('patterns/a.md')).toBe('newer')
  expect(readdirSync(folder).sort()).toEqual(['.atlas-export.json', 'Atlas.md', 'patterns'])
})

test('a file of somebody else refuses all of it', () => {
  mkdirSync(join(folder, 'patterns'), { recursive: true })
  writeFileSync(join(folder, 'patterns/a.md'), 'my own notes')
  const written = writeVault(folder, FIRST)
  expect(written).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  if (!written.ok) expect(written.error.message).toMatch(/patterns\/a\.md.*Nothing was written/)
  expect(read('patterns/a.md')).toBe('my own notes')
  expect(existsSync(join(folder, 'Atlas.md'))).toBe(false)
})

test('so does one that was written and changed since; other files are left in peace', () => {
  writeVault(folder, FIRST)
  writeFileSync(join(folder, 'mine.md'), 'mine')
  expect(writeVault(folder, FIRST).ok).toBe(true)
  writeFileSync(join(folder, 'Atlas.md'), 'overview, with my words')
  expect(writeVault(folder, new Map([['Atlas.md', 'new']])).ok).toBe(false)
  expect(read('Atlas.md')).toBe('overview, with my words')
  expect(read('mine.md')).toBe('mine')
})

test('nothing is written through a link to elsewhere', () => {
  const elsewhere = join(root, 'elsewhere')
  mkdirSync(elsewhere)
  mkdirSync(folder)
  symlinkSync(elsewhere, join(folder, 'patterns'))
  expect(writeVault(folder, FIRST).ok).toBe(false)
  expect(readdirSync(elsewhere)).toEqual([])
  rmSync(join(folder, 'patterns'))
  symlinkSync(join(elsewhere, 'x.md'), join(folder, 'Atlas.md'))
  expect(writeVault(folder, FIRST).ok).toBe(false)
  expect(readdirSync(elsewhere)).toEqual([])
})

test('what was interrupted is taken up again: the same text is no foreign one', () => {
  mkdirSync(folder)
  writeFileSync(join(folder, 'Atlas.md'), 'overview')
  expect(writeVault(folder, FIRST)).toEqual({ ok: true, value: 2 })
})

test('a folder that is none is said', () => {
  writeFileSync(folder, 'a file')
  expect(writeVault(folder, FIRST)).toMatchObject({ ok: false, error: { code: 'storage' } })
})
