import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Shell } from './run.ts'
import { writeOut } from './write-out.ts'

function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-out-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const shell = { out: () => {}, err: () => {} } as unknown as Shell
const write = (file: string, text: string) => writeOut(shell, file, text, '1 event')

test('what stood there before is there until the new text is whole', () => {
  const folder = folderForTest()
  const file = join(folder, 'log.jsonl')
  writeFileSync(file, 'before')
  // Where the new text cannot be finished: its place is taken by a folder.
  mkdirSync(`${file}.${process.pid}.unfinished`)
  expect(write(file, 'after')).toBe(3)
  expect(readFileSync(file, 'utf8')).toBe('before')
})

test('a new file is its owner’s alone, a link stays a link, and nothing else is left', () => {
  const folder = folderForTest()
  const [file, link] = [join(folder, 'log.jsonl'), join(folder, 'link')]
  expect(write(file, 'first')).toBe(0)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  symlinkSync(file, link)
  expect(write(link, 'second')).toBe(0)
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe('second')
  expect(readdirSync(folder).sort()).toEqual(['link', 'log.jsonl'])
})

test('a folder that is not there is code 3, and nothing is left', () => {
  const folder = folderForTest()
  expect(write(join(folder, 'none', 'log.jsonl'), 'text')).toBe(3)
  expect(write(folder, 'text')).toBe(3)
  expect(readdirSync(folder)).toEqual([])
})
