import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'

/** What a person may hand to the simulator by mistake, and how it behaves on a terminal: real processes. */

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')
const SCRIPT = '/usr/bin/script'

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function run(
  command: string,
  args: readonly string[],
  when?: (said: string, say: (keys: string) => void) => void,
) {
  const child = spawn(command, args, { env: { ...process.env, BROWSER: 'none', TERM: 'xterm' } })
  let out = ''
  let err = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString()
    when?.(out, (keys) => child.stdin.write(keys))
  })
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString()
  })
  return new Promise<Ran>((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

const atlas = (...args: readonly string[]) => run(process.execPath, [MAIN, ...args])

function fileFor(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-design-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'design.yaml')
  writeFileSync(file, text)
  return file
}

/** Lines 1 to 10. */
const DESIGN = `title: T
says: S
drawing: |
  user -> api server
  api server -> database
nodes:
  api server: { replicas: 2, service: 5 ms }
workloads:
  read: { from: user, rate: 100/s }
for: 5 s
`

describe('bad input names its line and what would be right', () => {
  test.each([
    [
      'a cycle without an exit',
      'api server -> database',
      'api server -> database -> api server',
      5,
      /is a circle that no request ever leaves/,
    ],
    ['a rate of 0', 'rate: 100/s', 'rate: 0/s', 9, /from 0.001\/s to 1,000,000\/s/],
    ['a rate of 10¹²', 'rate: 100/s', 'rate: 1e12/s', 9, /from 0.001\/s to 1,000,000\/s/],
    ['a rate that is no number', 'rate: 100/s', 'rate: .nan', 9, /not a number: a rate is/],
    ['a negative time', '5 ms', '-5 ms', 7, /a duration is from 0 s to 24 h/],
    ['a time that is no number', '5 ms', '.nan', 7, /not a number: a duration is/],
    ['a time without end', '5 ms', '.inf', 7, /a duration is from 0 s to 24 h/],
    ['no replicas', 'replicas: 2', 'replicas: 0', 7, /a whole number from 1 to 10,000/],
    ['half a replica', 'replicas: 2', 'replicas: 0.5', 7, /a whole number from 1 to 10,000/],
    [
      'a node that is missing',
      '  api server: {',
      '  api sever: {',
      7,
      /no node of the drawing; did you mean `api server`/,
    ],
    ['a sender that is missing', 'from: user', 'from: usr', 9, /did you mean `user`/],
    ['a run of 10⁹ seconds', 'for: 5 s', 'for: 1e9 s', 10, /from 0 s to 24 h/],
    [
      'a fault before the beginning',
      'for: 5 s',
      "faults: ['database crash at -3s']",
      10,
      /a duration is from 0 s/,
    ],
    [
      'an autoscaler upside down',
      'replicas: 2',
      'autoscale: { least: 4, most: 2, target: 50% }',
      7,
      /max: must not be below min/,
    ],
  ])('%s', async (_, from, to, line, why) => {
    expect(DESIGN).toContain(from)
    const file = fileFor(DESIGN.replace(from, to))
    const { code, out, err } = await atlas('simulate', file)
    expect(err).toContain(`${file}:${line}: `)
    expect(err).toMatch(why)
    expect([code, out]).toEqual([1, ''])
  })

  test('10⁹ seconds asked for on the command line', async () => {
    const { code, err } = await atlas('simulate', fileFor(DESIGN), '--for', '1e9s')
    expect([code, err]).toEqual([2, expect.stringMatching(/--for: `1e9s`: a duration is from 0 s to 24 h/)])
  })
})

describe('a run that would not end is ended', () => {
  const asked = async (text: string, ...more: readonly string[]) => {
    const { code, out } = await atlas('simulate', fileFor(text), '--json', ...more)
    expect(code).toBe(0)
    const { state, warnings } = JSON.parse(out)
    return { state, says: warnings.map(({ says }: { says: string }) => says).join('\n') }
  }

  test('by the bound of memory', async () => {
    const flooded = DESIGN.replace('service: 5 ms', 'service: 10 s, queue: unbounded').replace(
      '100/s',
      '1M/s',
    )
    const { state, says } = await asked(flooded, '--for', '1h')
    expect(state).toBe('memory')
    expect(says).toContain('it reached the bound of calls under way')
  })

  test('where its time stands still', async () => {
    const still = DESIGN.replace('service: 5 ms', 'service: 0 s').replace(
      'rate: 100/s',
      'users: 10, thinks: 0 s',
    )
    const { state, says } = await asked(still.replace('workloads', '  database: { service: 0 s }\nworkloads'))
    expect(state).toBe('still')
    expect(says).toContain('something takes no time at all')
  })
})

/** Where there is no `script` to make a terminal of, nothing can be said about one. */
describe.skipIf(!existsSync(SCRIPT))('on a terminal', () => {
  const quoted = (text: string) => `'${text}'`
  // `exec`: a shell left between them (dash) would take the key, too, and its own end for the command's.
  const typed = (args: readonly string[], when?: (said: string, say: (keys: string) => void) => void) =>
    run(
      SCRIPT,
      ['-qec', `exec ${[process.execPath, MAIN, 'simulate', ...args].map(quoted).join(' ')}`, '/dev/null'],
      when,
    )
  const ESC = String.fromCharCode(27)

  test('shows how far it is, and takes that away before the report', async () => {
    const { code, out } = await typed([fileFor(DESIGN.replace('100/s', '5k/s')), '--for', '200s'])
    expect(code).toBe(0)
    const shown = [...out.matchAll(/\r(\d+)% {2}\d+ s {2}[\d.]+ M events/g)].map(([, percent]) =>
      Number(percent),
    )
    expect(shown.length).toBeGreaterThan(1)
    expect(shown).toEqual([...shown].sort((a, b) => a - b))
    const report = out.slice(out.lastIndexOf(`\r${ESC}[K`))
    expect(report).toContain('Components')
    expect(report).not.toMatch(/\d+% {2}\d+ s/)
  })

  test('Ctrl+C ends it with what there is', async () => {
    // Far more than it could do by itself meanwhile.
    const long = [fileFor(DESIGN.replace('100/s', '300/s')), '--for', '24h']
    let pressed = false
    const { code, out } = await typed(long, (said, say) => {
      if (pressed || !said.includes('M events')) return
      pressed = true
      say('\u0003')
    })
    expect(code, out).toBe(0)
    expect(out).toContain('stopped by you')
    expect(out).toContain('Components')
  })

  test('not where its errors go to a file', async () => {
    const { err } = await atlas('simulate', fileFor(DESIGN))
    expect(err).toBe('')
  })
})

describe('a design is drawn and exported like any diagram', () => {
  const show = (...args: readonly string[]) => atlas('show', ...args)

  test.each([
    ['text', /In words\n {2}- Customer/],
    ['svg', /^<svg class="drawing"[^>]*>\s*<title>Go Coffee/],
    ['json', /"title": "Go Coffee/],
    ['d2', /^customer$/m],
    ['mermaid', /^flowchart/m],
    ['dot', /^digraph/m],
    ['drawio', /<mxfile/],
    ['excalidraw', /"type": ?"excalidraw"/],
    ['canvas', /"nodes"/],
  ])('as %s', async (format, holds) => {
    const { code, out, err } = await show('designs/go-coffee', '--as', format)
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(holds)
  })

  test('a near miss is asked back', async () => {
    const { code, err } = await show('designs/go-cofee')
    expect([code, err]).toEqual([1, expect.stringContaining('Did you mean "go-coffee"?')])
  })
})
