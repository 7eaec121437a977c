import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openSqlite } from '#store/index.ts'
import { event, numberOf } from './durable-event.ts'
import { value } from './store-contract.ts'

const APPENDER = join(import.meta.dirname, 'durability', 'appender.ts')
const KILLS = 20

function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-durable-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

interface Appender {
  readonly child: ChildProcess
  /** Numbers that were acknowledged so far. */
  readonly acknowledged: number[]
  readonly complaint: () => string
  readonly ended: Promise<number | null>
}

function startAppender(folder: string, learner: string, first: number, count = Infinity): Appender {
  const args = [APPENDER, folder, learner, String(first), String(count)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const acknowledged: number[] = []
  let rest = ''
  let complaint = ''
  child.stdout.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n')
    // A line that was cut by the kill was not acknowledged: its number may be another.
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== 'ready') acknowledged.push(Number(line))
  })
  child.stderr.on('data', (data: Buffer) => {
    complaint += data.toString()
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
  return { child, acknowledged, complaint: () => complaint, ended }
}

/** Waits until so many were acknowledged, or the process ended. */
async function acknowledges({ acknowledged, ended }: Appender, count: number): Promise<void> {
  let over = false
  void ended.then(() => {
    over = true
  })
  while (acknowledged.length < count && !over) await new Promise((done) => setTimeout(done, 2))
}

async function numbersIn(folder: string, learner: string): Promise<Set<number>> {
  const store = value(await openSqlite(folder))
  const { events } = value(await store.read(learner))
  await store.close()
  return new Set(events.map(numberOf))
}

describe('a process that is killed', () => {
  test(`${KILLS} kills under load lose nothing that was acknowledged`, async () => {
    const folder = folderForTest()
    const safe = new Set<number>()
    for (let round = 0; round < KILLS; round++) {
      const first = round * 100_000
      const appender = startAppender(folder, 'me', first)
      // Each kill falls elsewhere in the work: during the first event, or after some hundred.
      await acknowledges(appender, 1 + ((round * 37) % 120))
      appender.child.kill('SIGKILL')
      await appender.ended
      for (const n of appender.acknowledged) safe.add(n)
      const there = await numbersIn(folder, 'me')
      expect([...safe].filter((n) => !there.has(n))).toEqual([])
      // At most the one event that was on its way may be there unacknowledged.
      expect(there.size - safe.size).toBeLessThanOrEqual(round + 1)
    }
    expect(safe.size).toBeGreaterThan(KILLS * 10)
  }, 120_000)

  test('two processes on one file: everything of both is there', async () => {
    const folder = folderForTest()
    const both = [startAppender(folder, 'me', 0, 300), startAppender(folder, 'me', 100_000, 300)]
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0])
    const there = await numbersIn(folder, 'me')
    for (const { acknowledged } of both) expect(acknowledged).toHaveLength(300)
    expect(there.size).toBe(600)
    const store = value(await openSqlite(folder))
    expect(value(await store.read('me')).position).toBe(600)
    await store.close()
  }, 60_000)
})

describe('a disk that does not do as it is told', () => {
  test('a full disk: the append is refused with what to do, and what was there stays', async () => {
    const folder = folderForTest()
    // A limit on the size of files stands for a disk that is full: the same failed write, without the rights to mount.
    const script = 'ulimit -f 400; trap "" XFSZ; exec "$0" "$@"'
    const args = ['-c', script, process.execPath, APPENDER, folder, 'me', '0', '100000']
    const child = spawn('bash', args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let acknowledged = ''
    let complaint = ''
    child.stdout.on('data', (data: Buffer) => {
      acknowledged += data.toString()
    })
    child.stderr.on('data', (data: Buffer) => {
      complaint += data.toString()
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect(code).toBe(3)
    expect(JSON.parse(complaint)).toMatchObject({ code: 'full', mend: /Free some space/ })
    const safe = acknowledged.split('\n').slice(1, -1).map(Number)
    const there = await numbersIn(folder, 'me')
    expect(safe.length).toBeGreaterThan(10)
    expect(safe.filter((n) => !there.has(n))).toEqual([])
    expect(there.size).toBe(safe.length)
  }, 60_000)

  test('a folder that may not be written to', async () => {
    const folder = folderForTest()
    const inner = join(folder, 'data')
    mkdirSync(inner)
    const store = value(await openSqlite(inner))
    await store.append([event('me', 1)])
    await store.close()
    chmodSync(join(inner, 'atlas.db'), 0o444)
    chmodSync(inner, 0o555)
    chmodSync(folder, 0o755)
    const before = readFileSync(join(inner, 'atlas.db'))
    const { code, complaint } = await asNobody([APPENDER, inner, 'me', '2', '1'])
    chmodSync(inner, 0o755)
    expect([code, JSON.parse(complaint)]).toMatchObject([3, { code: 'read-only', mend: /--data/ }])
    expect(readFileSync(join(inner, 'atlas.db')).equals(before)).toBe(true)
  })

  test('a file in the place of the folder', async () => {
    const folder = folderForTest()
    writeFileSync(join(folder, 'data'), 'a file')
    expect(await openSqlite(join(folder, 'data'))).toMatchObject({ ok: false, error: { code: 'read-only' } })
  })

  test('a damaged file is said and left as it is', async () => {
    const folder = folderForTest()
    const file = join(folder, 'atlas.db')
    writeFileSync(file, 'This is a shopping list.\n'.repeat(400))
    const before = readFileSync(file)
    expect(await openSqlite(folder)).toMatchObject({ ok: false, error: { code: 'damaged', mend: /import/ } })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('a file that was damaged in the middle is said when it is read', async () => {
    const folder = folderForTest()
    const file = join(folder, 'atlas.db')
    const store = value(await openSqlite(folder))
    await store.append(Array.from({ length: 500 }, (_, n) => event('me', n)))
    await store.close()
    const bytes = readFileSync(file)
    bytes.fill(0xff, 4096 * 4, statSync(file).size - 4096)
    writeFileSync(file, bytes)
    const opened = await openSqlite(folder)
    const read = opened.ok ? await opened.value.read('me') : opened
    expect(read).toMatchObject({ ok: false, error: { code: 'damaged' } })
    if (opened.ok) await opened.value.close()
  })

  test('a file of a later Atlas is not touched', async () => {
    const folder = folderForTest()
    await value(await openSqlite(folder)).close()
    const { DatabaseSync } = await import('node:sqlite')
    const database = new DatabaseSync(join(folder, 'atlas.db'))
    database.exec('update atlas_schema set version = 99')
    database.close()
    const before = readFileSync(join(folder, 'atlas.db'))
    expect(await openSqlite(folder)).toMatchObject({
      ok: false,
      error: { code: 'newer', mend: /Update Atlas/ },
    })
    expect(readFileSync(join(folder, 'atlas.db')).equals(before)).toBe(true)
  })

  test('a copy of the file is a whole history', async () => {
    const folder = folderForTest()
    const copy = folderForTest()
    const store = value(await openSqlite(folder))
    await store.append([event('me', 1), event('me', 2)])
    await store.close()
    copyFileSync(join(folder, 'atlas.db'), join(copy, 'atlas.db'))
    expect(await numbersIn(copy, 'me')).toEqual(new Set([1, 2]))
  })
})

/** Runs Node without the rights of root, which may write anywhere; they go once the program is loaded, wherever it is. */
async function asNobody(args: readonly string[]): Promise<{ code: number | null; complaint: string }> {
  const env = process.getuid?.() === 0 ? { ...process.env, TAKE_UID: '65534' } : process.env
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'ignore', 'pipe'], env })
  let complaint = ''
  child.stderr.on('data', (data: Buffer) => {
    complaint += data.toString()
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, complaint }
}
