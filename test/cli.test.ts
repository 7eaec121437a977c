import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseDrawing } from '#domain/diagram/index.ts'
import { dataFolder } from '../src/folders.ts'

/** The command line as a person or a script meets it: real processes on the real content. */

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')
const SEQUENCE = 'patterns/cache-aside'

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function atlas(
  home: string,
  args: readonly string[],
  input: string | Buffer = '',
  more: Record<string, string> = {},
): Promise<Ran> {
  const env = { ...process.env, ATLAS_HOME: home, BROWSER: 'none', ...more }
  const child = spawn(process.execPath, [MAIN, ...args], { env })
  let out = ''
  let err = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString()
  })
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString()
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

async function referenceOf(home: string, id: string): Promise<{ drawing: string; answers: string }> {
  const shown = JSON.parse((await atlas(home, ['show', id, '--as', 'json'])).out)
  const drawing = join(home, 'reference.d2')
  const answers = join(home, 'answers.json')
  writeFileSync(drawing, shown.notation)
  const byId = (rows: { id: string }[], answer: (row: never) => string) =>
    Object.fromEntries(rows.map((row) => [row.id, answer(row as never)]))
  const facts = byId(shown.facts, ({ right }: { right: string }) => right)
  const context = byId(shown.context, ({ accepted }: { accepted: string[] }) => accepted[0] ?? '')
  writeFileSync(answers, JSON.stringify({ facts, context }))
  return { drawing, answers }
}

describe('reading commands', () => {
  test('today --json has the shape that docs/cli.md gives, and works twice', async () => {
    const home = folderForTest()
    for (let i = 0; i < 2; i++) {
      const { code, out, err } = await atlas(home, ['today', '--json'])
      expect([code, err]).toEqual([0, ''])
      const today = JSON.parse(out)
      expect(today).toMatchObject({ due: [], minutes: expect.any(Number), doneToday: 0 })
      expect(today.new).toHaveLength(2)
      expect(today.new[0]).toMatchObject({ id: expect.any(String), title: expect.any(String) })
    }
  })

  test('catalog --json counts every diagram in each way', async () => {
    const { out } = await atlas(folderForTest(), ['catalog', '--json'])
    const { counts, ids } = JSON.parse(out)
    expect(ids.length).toBeGreaterThanOrEqual(66)
    for (const by of ['category', 'form', 'tier'])
      expect(Object.values<number>(counts[by]).reduce((a, b) => a + b)).toBe(ids.length)
  })

  test('show gives text, SVG for a theme, JSON, and a notation that reads as the same drawing', async () => {
    const home = folderForTest()
    const text = await atlas(home, ['show', SEQUENCE])
    expect(text.out).toMatch(/Facts[\s\S]*as of \d{4}/)
    const dark = await atlas(home, ['show', SEQUENCE, '--as', 'svg', '--theme', 'dark'])
    expect(dark.out).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect((await atlas(home, ['show', SEQUENCE, '--as', 'svg'])).out).not.toBe(dark.out)
    const { notation, drawing } = JSON.parse((await atlas(home, ['show', SEQUENCE, '--json'])).out)
    expect(parseDrawing(notation, 'sequence')).toMatchObject({ drawing, problems: [] })
    expect((await atlas(home, ['show', SEQUENCE, '--as', 'd2'])).out).toMatch(/^shape: sequence_diagram\n/)
  })

  test('show paints a PNG at twice the size, and says what to do where no browser is found', async () => {
    const home = folderForTest()
    const svg = (await atlas(home, ['show', SEQUENCE, '--as', 'svg'])).out
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []
    const file = join(home, 'drawing.png')
    const shown = await atlas(home, ['show', SEQUENCE, '--as', 'png', '--theme', 'dark', file])
    expect(shown).toMatchObject({ code: 0, out: '' })
    const png = readFileSync(file)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(Math.abs(png.readUInt32BE(16) - Number(width) * 2)).toBeLessThanOrEqual(2)
    expect(Math.abs(png.readUInt32BE(20) - Number(height) * 2)).toBeLessThanOrEqual(2)

    for (const ATLAS_CHROMIUM of [join(home, 'nowhere'), process.execPath]) {
      const failed = await atlas(home, ['show', SEQUENCE, '--as', 'png'], '', { ATLAS_CHROMIUM })
      expect([failed.code, failed.out]).toEqual([1, ''])
      expect(failed.err).toMatch(/--as svg, or set ATLAS_CHROMIUM/)
    }
  })

  test('progress of nobody says where to begin', async () => {
    const home = folderForTest()
    expect((await atlas(home, ['progress'])).out).toMatch(/atlas today/)
    expect(JSON.parse((await atlas(home, ['progress', '--json'])).out)).toMatchObject({ meanRecall: null })
  })
})

describe('an attempt', () => {
  test('grade records nothing; recall records it, and the diagram comes back later', async () => {
    const home = folderForTest()
    const { drawing, answers } = await referenceOf(home, SEQUENCE)
    const files = ['--drawing', drawing, '--answers', answers, '--seconds', '60']
    const graded = JSON.parse((await atlas(home, ['grade', SEQUENCE, ...files, '--json'])).out)
    expect(graded).toMatchObject({
      id: SEQUENCE,
      total: 100,
      structure: { score: 40, max: 40 },
      technical: { max: 30 },
      context: { max: 20 },
      speed: { score: 10, max: 10 },
      proven: true,
    })
    expect(graded.elements[0]).toMatchObject({
      kind: expect.any(String),
      label: expect.any(String),
      verdict: 'matched',
      points: expect.any(Number),
      of: expect.any(Number),
    })
    expect((await atlas(home, ['log', 'export'])).out).toBe('')
    const recalled = await atlas(home, ['recall', SEQUENCE, ...files, '--json'])
    expect(JSON.parse(recalled.out)).toMatchObject({ total: 100, comesBack: { because: /counts as easy/ } })
    const today = JSON.parse((await atlas(home, ['today', '--json'])).out)
    expect(today).toMatchObject({ due: [], nextDue: { id: SEQUENCE }, doneToday: 1 })
  })

  test('an empty drawing is 0 of 100', async () => {
    const home = folderForTest()
    const empty = await atlas(home, ['grade', SEQUENCE, '--drawing', '-', '--json'])
    expect(JSON.parse(empty.out)).toMatchObject({ total: 0 })
  })

  test('in the terminal: lines with their errors, undo, the questions, the grade', async () => {
    const home = folderForTest()
    const lines = [
      'client -> api: get',
      'api -> -> cache',
      ':undo',
      'client -> application server',
      ':show',
      ':done',
    ]
    const { code, out } = await atlas(home, ['recall', SEQUENCE], `${lines.join('\n')}\n10 s\n`)
    expect(code).toBe(0)
    expect(out).toMatch(/column \d+/)
    expect(out).toMatch(/Took back: client -> api: get/)
    expect(out).toMatch(/of 100[\s\S]*comes back|of 100[\s\S]*until/)
    expect((await atlas(home, ['log', 'export'])).out).toMatch('client -> application server')
  })

  test('left in the middle it is kept, and taken up again', async () => {
    const home = folderForTest()
    const left = await atlas(home, ['recall', SEQUENCE], 'client -> application server: read\n')
    expect([left.code, left.out]).toEqual([0, expect.stringMatching(/Kept/)])
    expect(JSON.parse((await atlas(home, ['today', '--json'])).out)).toMatchObject({
      unfinished: { id: SEQUENCE },
    })
    const again = await atlas(home, ['recall', SEQUENCE], ':quit\n')
    expect(again.out).toMatch(/Where you left it[\s\S]*client -> application server: read/)
  })
})

describe('the log', () => {
  test('goes out and comes in on another machine; twice is once', async () => {
    const [home, other] = [folderForTest(), folderForTest()]
    const { drawing, answers } = await referenceOf(home, SEQUENCE)
    await atlas(home, ['recall', SEQUENCE, '--drawing', drawing, '--answers', answers])
    const file = join(home, 'log.jsonl')
    expect((await atlas(home, ['log', 'export', file])).code).toBe(0)
    expect((await atlas(other, ['log', 'import', file])).out).toBe('1 event added, 0 already there.\n')
    expect((await atlas(other, ['log', 'import', file])).out).toBe('0 events added, 1 already there.\n')
    expect((await atlas(other, ['log', 'export'])).out).toBe(readFileSync(file, 'utf8'))
    expect(JSON.parse((await atlas(other, ['today', '--json'])).out)).toMatchObject({
      nextDue: { id: SEQUENCE },
    })
  })

  test('a file that was cut in half is refused as a whole, with its line', async () => {
    const home = folderForTest()
    const { drawing } = await referenceOf(home, SEQUENCE)
    for (let i = 0; i < 2; i++) await atlas(home, ['recall', SEQUENCE, '--drawing', drawing])
    const whole = (await atlas(home, ['log', 'export'])).out
    const other = folderForTest()
    const cut = await atlas(other, ['log', 'import', '-'], whole.slice(0, -100))
    expect([cut.code, cut.err]).toEqual([1, expect.stringMatching(/Line 2 .*Nothing was imported/)])
    expect((await atlas(other, ['log', 'export'])).out).toBe('')
  })
})

describe('bad input ends with words and a code, never with a stack', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
    .split('')
    .map((key, i) => `${key}: &${key} [${`*${'abcdefghij'[i]},`.repeat(9).slice(0, -1)}]`)
    .join('\n')}\nfacts: *j\n`
  const cases: [name: string, text: string | Buffer, says: RegExp][] = [
    [
      '10,000 lines',
      Array.from({ length: 10_000 }, (_, i) => `a${i} -> b${i}`).join('\n'),
      /600|characters|elements/,
    ],
    ['a label of 1 MB', `client: ${'x'.repeat(1_000_000)}`, /larger|characters/],
    ['a binary file', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0xff, 0xfe]), /not text/],
    ['lines that are no notation', 'client -> ->\n}}}\n', /line 1/],
  ]
  const check = ({ code, out, err }: Ran, says: RegExp) => {
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(says)
    expect(err).not.toMatch(/\n\s+at |node:internal/)
  }

  test.each(cases)('a drawing of %s', async (_, text, says) => {
    check(await atlas(folderForTest(), ['grade', SEQUENCE, '--drawing', '-'], text), says)
  })

  test('answers that are a YAML bomb, of another shape, or no text', async () => {
    const home = folderForTest()
    const { drawing } = await referenceOf(home, SEQUENCE)
    const file = join(home, 'given.yaml')
    for (const text of [bomb, 'facts: [1, 2]\n', '{"facts": {', 'facts: {a: {b: c}}'] as const) {
      writeFileSync(file, text)
      check(await atlas(home, ['grade', SEQUENCE, '--drawing', drawing, '--answers', file]), /given\.yaml/)
    }
  })

  test('a missing file, a folder, an unknown id, a path in an id', async () => {
    const home = folderForTest()
    const grade = (id: string, file: string) => atlas(home, ['grade', id, '--drawing', file])
    check(await grade(SEQUENCE, join(home, 'none')), /there is no such file/)
    check(await grade(SEQUENCE, home), /folder/)
    check(await grade('patterns/cache-asid', '-'), /Did you mean "patterns\/cache-aside"/)
    check(await grade('../../package', '-'), /There is no diagram/)
    check(await atlas(home, ['show', `patterns/\u001b[31m${'x'.repeat(5000)}`]), /There is no diagram/)
    expect(existsSync(join(home, 'package'))).toBe(false)
  })

  test.each([
    ['todya'],
    ['today', '--jsn'],
    ['show'],
    ['show', SEQUENCE, 'more'],
    ['show', SEQUENCE, '--as', 'gif'],
    ['grade', SEQUENCE],
    ['grade', SEQUENCE, '--drawing', '-', '--seconds', 'soon'],
    ['log', 'forget'],
    ['start', '--port', '99999'],
    ['start', '--port', '0x1F90'],
    ['start', '--port', ' '],
    ['today', '--data', ''],
    ['recall', SEQUENCE, '--json'],
  ])('usage: %s %s %s %s %s', async (...args) => {
    const { code, out, err } = await atlas(
      folderForTest(),
      args.filter((arg) => arg !== undefined),
    )
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^atlas/)
  })

  test('a data folder that cannot be one is code 3, and says what to do', async () => {
    const home = folderForTest()
    writeFileSync(join(home, 'file'), '')
    const { code, err } = await atlas(home, ['today', '--data', join(home, 'file')])
    expect([code, err]).toEqual([3, expect.stringMatching(/--data DIR or ATLAS_HOME/)])
  })
})

test.each(['a link to itself', 'a link to nowhere', 'a name that is too long'])(
  'a data folder that is %s is code 3, and says what to do',
  async (kind) => {
    const home = folderForTest()
    const folder = join(home, kind === 'a name that is too long' ? 'x'.repeat(300) : 'link')
    if (kind === 'a link to itself') symlinkSync(folder, folder)
    if (kind === 'a link to nowhere') symlinkSync(join(home, 'nowhere'), folder)
    const { code, out, err } = await atlas(home, ['today', '--data', folder])
    expect([code, out, err]).toEqual([3, '', expect.stringMatching(/--data DIR or ATLAS_HOME/)])
  },
)

test.skipIf(!existsSync('/dev/full'))('an output on a full disk is a sentence and code 3', async () => {
  const full = openSync('/dev/full', 'w')
  onTestFinished(() => closeSync(full))
  const child = spawn(process.execPath, [MAIN, 'catalog'], { stdio: ['ignore', full, 'pipe'] })
  let err = ''
  child.stderr?.on('data', (data: Buffer) => {
    err += data.toString()
  })
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(3)
  expect(err).toMatch(/^atlas: the output could not be written: .*\.\n$/)
})

test('a time zone that is none is UTC', async () => {
  const { code, out } = await atlas(folderForTest(), ['today', '--json'], '', { TZ: 'garbage' })
  expect([code, JSON.parse(out)]).toMatchObject([0, { doneToday: 0 }])
})

test.each(['rel', ''])('XDG_DATA_HOME=%s is no folder for data', (shared) => {
  expect(dataFolder(null, { HOME: '/home/me', XDG_DATA_HOME: shared }, 'linux')).toBe(
    join('/home/me', '.local', 'share', 'atlas'),
  )
})

describe('help', () => {
  test.each([[['--help']], [[]], [['help', 'grade']], [['grade', '--help']], [['log', '-h']]])(
    '%j',
    async (args) => {
      const { code, out, err } = await atlas(folderForTest(), args)
      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(/atlas/)
    },
  )
})

describe('start', () => {
  const served = async (home: string, port: string) => {
    const env = { ...process.env, ATLAS_HOME: home, BROWSER: 'none', PORT: port }
    const child = spawn(process.execPath, [MAIN, 'start'], { env })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    const said = new Promise<string>((resolve, reject) => {
      let out = ''
      child.stdout.on('data', (data: Buffer) => {
        out += data.toString()
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0]
        if (address) resolve(address)
      })
      void ended.then((code) => reject(new Error(`ended with ${code}: ${out}`)))
    })
    return { child, ended, address: await said }
  }

  test('prints its address, serves, and ends cleanly when interrupted', async () => {
    const home = folderForTest()
    const { child, ended, address } = await served(home, '0')
    expect((await fetch(`${address}/api/today`)).status).toBe(200)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  test('two servers and a terminal on one folder see the same history', async () => {
    const home = folderForTest()
    const [one, other] = [await served(home, '0'), await served(home, '0')]
    const headers = { 'content-type': 'application/json' }
    const learned = (address: string, id: string) =>
      fetch(`${address}/api/learn/${id}/learned`, { method: 'POST', headers, body: '{"seconds":1}' })
    const ids = JSON.parse((await atlas(home, ['catalog', '--json'])).out).ids as string[]
    const done = await Promise.all(
      ids.slice(0, 20).map((id, i) => learned((i % 2 ? one : other).address, id)),
    )
    expect(done.map(({ status }) => status)).toEqual(done.map(() => 200))
    for (const { address } of [one, other]) {
      const progress = (await (await fetch(`${address}/api/progress`)).json()) as { introduced: number }
      expect(progress.introduced).toBe(20)
    }
    expect((await atlas(home, ['log', 'export'])).out.trim().split('\n')).toHaveLength(20)
  })
})
