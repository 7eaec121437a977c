import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { png } from './pack.ts'

/** The command line with files of other tools, as a process. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'atlas-formats-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const atlas = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [join(ROOT, 'src/main.ts'), ...args], { cwd: ROOT }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })

const TOPOLOGY = 'companies/facebook-tao'
const fixture = (name: string) => join(ROOT, 'test/fixtures/formats', name)

test('what is shown for Excalidraw is graded from Excalidraw', async () => {
  const shown = await atlas('show', TOPOLOGY, '--as', 'excalidraw')
  const file = join(folder, 'photo.excalidraw')
  writeFileSync(file, shown.out)
  const graded = await atlas('grade', TOPOLOGY, '--drawing', file, '--json')
  expect(graded).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(graded.out).structure).toMatchObject({ score: 40, max: 40 })
})

test('what was left out and what was guessed is said beside the grade', async () => {
  const graded = await atlas('grade', TOPOLOGY, '--drawing', fixture('checkout.excalidraw'), '--json')
  expect(graded.code).toBe(0)
  expect(JSON.parse(graded.out).structure.max).toBe(40)
  expect(graded.err).toContain('Left out:\n  - a line drawn by hand\n')
  expect(graded.err).toContain('The arrow at 482, 35 was taken to go from “Load balancer” to “API”.')
})

test('a glob of D2 is what its compiler makes of it, and no thing called *', async () => {
  const file = join(folder, 'globs.d2')
  writeFileSync(file, 'x; y; z\n* -> w\n')
  const graded = await atlas('grade', TOPOLOGY, '--drawing', file)
  expect(graded).toMatchObject({ code: 0, err: '' })
  expect(graded.out).toContain('You called it “w”')
  expect(graded.out).not.toContain('*')
})

test('a photo, another form and an unknown format are sentences, not faults', async () => {
  const photo = join(folder, 'photo.png')
  writeFileSync(photo, png([]))
  const graded = await atlas('grade', TOPOLOGY, '--drawing', photo)
  expect(graded.code).toBe(1)
  expect(graded.err).toMatch(/^atlas: No drawing of a known tool is in this file\.\nRead are Excalidraw/)
  const other = await atlas('grade', TOPOLOGY, '--drawing', fixture('history.mmd'))
  expect(other).toMatchObject({ code: 1 })
  expect(other.err).toContain('The file holds a timeline; this diagram is a topology.')
  const asked = await atlas('show', TOPOLOGY, '--as', 'visio')
  expect(asked.code).toBe(2)
  expect(asked.err).toContain('--as takes text, svg, png, json, excalidraw')
})
