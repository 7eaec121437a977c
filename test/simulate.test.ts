import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'

/** The simulate command as a person or a script meets it: real processes on the reference designs. */

const MAIN = join(import.meta.dirname, '..', 'src', 'main.ts')

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function simulate(args: readonly string[], whenItRuns?: (kill: () => void) => void): Promise<Ran> {
  const env = { ...process.env, BROWSER: 'none' }
  const child = spawn(process.execPath, [MAIN, 'simulate', ...args], { env })
  let out = ''
  let err = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString()
  })
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString()
  })
  whenItRuns?.(() => child.kill('SIGINT'))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

function fileFor(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-design-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'design.yaml')
  writeFileSync(file, text)
  return file
}

const SMALL = `title: Small
says: One server.
drawing: |
  user -> api server
nodes:
  api server: { replicas: 2, workers: 4, service: 10 ms }
workloads:
  read: { from: user, rate: 300/s, bytes: 1 kB }
objectives:
  fast: { p99: 200 ms }
for: 20 s
`

describe('a run', () => {
  test('prints what a person asks of it', async () => {
    const { code, out, err } = await simulate([fileFor(SMALL)])
    expect([code, err]).toEqual([0, ''])
    for (const part of [
      'Objectives',
      'Requests',
      'Goodput',
      'Where the time',
      'Components',
      'bottleneck',
      'a month',
    ])
      expect(out).toContain(part)
    expect(out).toContain('AWS Fargate Pricing, 2026-05')
  })

  test('stays within 80 columns, shows queues and what happened, and commands no terminal', async () => {
    const text = SMALL.replace('title: Small', 'title: "Sm\\e[31mall"').replace(
      'fast:',
      'fast-enough-for-those-who-read:',
    )
    const { out } = await simulate([fileFor(text), '--fault', 'api server slow x0.2 at 8s for 4s'])
    for (const part of ['Queues over the run', 'What happened', 'fault begins', 'the first 5 s uncounted'])
      expect(out).toContain(part)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(out).not.toMatch(/(?!\n)\p{Cc}/u)
    const sweep = await simulate([
      fileFor(text),
      '--sweep',
      'user -> api server.timeout=1s..2s',
      '--for',
      '2s',
    ])
    expect(sweep.out.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  test('gives programs the log, sampled traces, and queues by component and time', async () => {
    const { out } = await simulate([fileFor(SMALL), '--json', '--fault', 'api server slow x0.2 at 8s for 4s'])
    const { components, timeline, logs, traces } = JSON.parse(out)
    expect(logs[0]).toMatchObject({ atSeconds: 8, where: 'api server' })
    expect(traces[0].spans[0]).toMatchObject({ component: 'api server', outcome: 'ok' })
    const waiting = timeline.map((point: { waiting: number[] }) => point.waiting)
    for (const one of waiting) expect(one.length).toBe(components.length)
    expect(waiting[10][0]).toBeGreaterThan(50)
    expect(waiting[3][0]).toBeLessThan(20)
  })

  test('is the same for a seed, and another for another', async () => {
    const file = fileFor(SMALL)
    const run = async (seed: string) => (await simulate([file, '--json', '--seed', seed])).out
    const [one, again, other] = await Promise.all([run('7'), run('7'), run('8')])
    expect(again).toBe(one)
    expect(other).not.toBe(one)
    const report = JSON.parse(one)
    expect(report).toMatchObject({
      title: 'Small',
      load: 1,
      stopped: false,
      seed: 7,
      state: 'time',
      warnings: [],
    })
    expect(report.objectives[0]).toMatchObject({ met: true })
    expect(report.cost.dollarsPerMonth).toBeGreaterThan(0)
    expect(report.prices[0]).toMatchObject({ what: 'vcpu', source: 'aws-fargate-pricing', as_of: '2026-05' })
  })

  test('explains what was assumed', async () => {
    const { out } = await simulate([fileFor(SMALL), '--explain', '--for', '1s'])
    expect(out).toMatch(
      /API server\n\s+service: spread exponential, queue 100, balance round-robin, holds true/,
    )
  })

  test('also of connections, workloads, scalers and the run', async () => {
    const text = SMALL.replace('replicas: 2', 'autoscale: { least: 2, most: 4, target: 60% }').replace(
      'workloads:',
      'edges:\n  user -> api server: { retries: 2, budget: 10%, breaker: { share: 50% } }\nworkloads:',
    )
    const { out } = await simulate([fileFor(text), '--explain', '--for', '1s'])
    const words = out.replace(/\s+/g, ' ')
    for (const part of [
      "by Kubernetes' formula every 15 s, calm 300 s, tolerance 10%; a new replica takes 30 s",
      'tried again at once; ten retries in hand at the start',
      'breaker over the last 100 calls, open for 5 s',
      'requests come at random times (Poisson)',
      '20 s, of which the first 5 s count for nothing; priced in us-east-1',
    ])
      expect(words).toContain(part)
  })

  test('finds a design of content/designs by its name, and sees a metastable failure', async () => {
    const { code, out } = await simulate([
      'retry-storm',
      '--fault',
      'api server slow x0.2 at 10s for 5s',
      '--json',
    ])
    const { warnings, amplificationAtEnd } = JSON.parse(out)
    expect(code).toBe(0)
    expect(warnings.map(({ kind }: { kind: string }) => kind)).toContain('metastable')
    expect(amplificationAtEnd).toBeGreaterThan(4.5)
    // The same trigger below the hidden capacity, 1,000 a second over five attempts, passes.
    const args = [
      '--load',
      '0.25x',
      '--for',
      '120s',
      '--fault',
      'api server slow x0.2 at 10s for 5s',
      '--json',
    ]
    const below = JSON.parse((await simulate(['retry-storm', ...args])).out)
    expect(below.warnings.map(({ kind }: { kind: string }) => kind)).not.toContain('metastable')
  })

  test('is stopped by an interrupt with what there is', async () => {
    const { code, out } = await simulate(
      [
        fileFor(SMALL.replace('workers: 4', 'workers: 80').replace('300/s', '10k/s')),
        '--for',
        '24h',
        '--json',
      ],
      (kill) => setTimeout(kill, 5000),
    )
    expect(code).toBe(0)
    const { stopped, seconds, requests } = JSON.parse(out)
    expect(stopped).toBe(true)
    expect(seconds).toBeLessThan(86_400)
    expect(requests[0].succeeded).toBeGreaterThan(0)
  })
})

describe('many runs', () => {
  test('a sweep finds the knee and the first value that is enough', async () => {
    const { out } = await simulate([
      fileFor(SMALL),
      '--sweep',
      'api server.replicas=1..4',
      '--load',
      '2x',
      '--json',
    ])
    const { points, knee, firstMet } = JSON.parse(out)
    expect(points.map(({ value }: { value: number }) => value)).toEqual([1, 2, 3, 4])
    expect([knee.value, firstMet]).toEqual([2, 2])
    const words = await simulate([fileFor(SMALL), '--sweep', 'api server.replicas=1..4', '--load', '2x'])
    expect(words.out).toContain('The knee of goodput is at api server.replicas = 2.')
  })

  test('a comparison is of the same arrivals: a design does not differ from itself', async () => {
    const file = fileFor(SMALL)
    const { out } = await simulate([file, '--compare', file, '--runs', '3', '--json'])
    for (const { difference } of JSON.parse(out).differences)
      expect(difference).toEqual({ mean: 0, halfWidth: 0 })
  })

  test('and is sure of a difference that there is', async () => {
    const file = fileFor(SMALL)
    const args = [file, '--compare', file, '--set', 'api server.service=5 ms', '--runs', '4', '--json']
    const found = JSON.parse((await simulate(args)).out).differences
    const mean = found.find(({ figure }: { figure: string }) => figure === 'meanSeconds')
    expect(mean.sure).toBe(true)
    expect(mean.difference.mean).toBeLessThan(-0.004)
  })
})

describe('bad input', () => {
  test.each([
    [['nowhere.yaml'], 1, /cannot be read/],
    [['retry-strom'], 1, /Did you mean "retry-storm"/],
    [['go-coffee', '--fault', 'menu cache flush at 5s'], 1, /entries: 10000/],
    [['go-coffee', '--fault', 'order service disk full at 5s'], 1, /a service knows crash/],
    [['retry-storm', '--for', '1e9s'], 2, /from 0 s to 24 h/],
    [['retry-storm', '--load', '0'], 2, /a factor is above 0/],
    [['retry-storm', '--seed', 'x'], 2, /--seed takes a whole number/],
    [['retry-storm', '--fault', 'api sever crash at 5s'], 1, /--fault .*did you mean `api server`/],
    [['retry-storm', '--fault', 'api server crash'], 1, /does not say when/],
    [['retry-storm', '--set', 'api server.replica=2'], 1, /did you mean `replicas`/],
    [['retry-storm', '--set', 'api server.replicas=0'], 1, /replicas/],
    [['retry-storm', '--sweep', 'api server.replicas=5..1'], 1, /from less to more/],
    [['retry-storm', '--compare', 'nowhere'], 1, /cannot be read/],
    [[], 2, /FILE is missing/],
  ])('%j', async (args, code, why) => {
    const ran = await simulate(args)
    expect(ran.err).toMatch(why)
    expect([ran.code, ran.out]).toEqual([code, ''])
  })

  test('a file names its line', async () => {
    const file = fileFor(SMALL.replace('replicas: 2', 'replicas: 0'))
    const { code, err } = await simulate([file])
    expect(code).toBe(1)
    expect(err).toContain(`${file}:6: nodes.api server.replicas`)
  })
})
