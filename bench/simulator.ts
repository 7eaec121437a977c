import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Model, type Step, startRun } from '#domain/simulator/index.ts'
import { Arena } from '../src/domain/simulator/engine/arena.ts'
import { EventQueue } from '../src/domain/simulator/engine/event-queue.ts'
import { HEADS, TOP } from '../src/domain/simulator/engine/records.ts'
import { lastDrawn, Stream } from '../src/domain/simulator/engine/stream.ts'
import type { BenchRow } from './row.ts'

/**
 * The C++ loop on M/M/1 where the bars of 25 and 10 million were set: the middle of 31.9 to 34.7 (decision 14). What a bar
 * asks of a machine is as much less as that loop is slower there.
 */
const PACE = 33.3
const ROUNDS = 9
const EVENTS = 6_000_000

/** One server at load 0.8, everything measured as in any run. */
const MM1: Model = {
  components: [
    {
      kind: 'service',
      id: 'server',
      replicas: 1,
      workers: 1,
      queue: null,
      time: { law: 'exponential', mean: 1 },
    },
  ],
  requests: [{ id: 'get', call: { to: 'server' } }],
  sources: [
    {
      kind: 'open',
      id: 'clients',
      mix: [{ request: 'get', weight: 1 }],
      arrivals: { law: 'poisson', perSecond: 0.8 },
    },
  ],
}

/**
 * Six hops over twelve stations, two ways of six, and 10,000 requests a second. Either each has a timeout of a second
 * (10,000 timers, of which the engine keeps only the first among its events), or each waits for a second on average
 * after its last hop, so that 10,000 events are pending here as in the peer.
 */
function hops(then: 'timeout' | 'wait'): Model {
  const way = (name: string) => Array.from({ length: 6 }, (_, i) => `${name}${i}`)
  const ids = [...way('a'), ...way('b')]
  const time = { law: 'exponential', mean: 0.7 / 5000 } as const
  const request = (name: string) => {
    const through = then === 'wait' ? [...way(name), 'far'] : way(name)
    const steps = through.map((to): Step => ({ do: 'call', call: { to } }))
    return { id: name, call: { to: 'door', steps } }
  }
  return {
    components: [
      { kind: 'limiter', id: 'door', perSecond: 1e6, burst: 1e6 },
      ...ids.map((id) => ({ kind: 'service', id, replicas: 1, workers: 1, queue: null, time }) as const),
      { kind: 'delay', id: 'far', time: { law: 'exponential', mean: 1 } },
    ],
    requests: [request('a'), request('b')],
    sources: [
      {
        kind: 'open',
        id: 'clients',
        mix: [
          { request: 'a', weight: 1 },
          { request: 'b', weight: 1 },
        ],
        arrivals: { law: 'poisson', perSecond: 10_000 },
        ...(then === 'timeout' ? { policy: { timeoutSeconds: 1 } } : {}),
      },
    ],
  }
}

/** Millions of events for a second of this thread's processor time: other work on the machine is not the engine's. */
function millions(events: number, run: () => void): number {
  const start = process.threadCpuUsage().user
  run()
  return events / (process.threadCpuUsage().user - start)
}

function engine(model: Model, untilSeconds: number, express = true): () => number {
  return () => {
    const run = startRun(model, { seed: 1, untilSeconds, maxEvents: EVENTS, express })
    if (!run.ok) throw new Error('the bench has a sound model')
    return millions(EVENTS, () => run.value.step())
  }
}

/** A peer that prints its own rate; null: it cannot be had here. */
type Peer = (() => number) | null

function cpp(folder: string, shape: string): Peer {
  const source = fileURLToPath(new URL('simulator.cpp', import.meta.url))
  const program = join(folder, 'peer')
  const built = spawnSync('g++', ['-O2', '-std=c++17', '-o', program, source])
  if (built.status !== 0) return null
  return () => {
    const { stdout } = spawnSync(program, [shape, String(EVENTS)], { encoding: 'utf8' })
    return (JSON.parse(stdout) as { millions: number }).millions
  }
}

/** The same model for SimPy 3 and 4, and for 2, which Debian has. */
const SIMPY = `
import random, time, json
N = 200000
random.seed(1)
try:
    import simpy
    def customer(env, server):
        with server.request() as turn:
            yield turn
            yield env.timeout(random.expovariate(1.0))
    def clients(env, server):
        for _ in range(N):
            yield env.timeout(random.expovariate(0.8))
            env.process(customer(env, server))
    env = simpy.Environment()
    server = simpy.Resource(env, capacity=1)
    env.process(clients(env, server))
    start = time.process_time()
    env.run()
except ImportError:
    from SimPy.Simulation import Process, Resource, activate, hold, initialize, release, request, simulate
    class Customer(Process):
        def visit(self, server):
            yield request, self, server
            yield hold, self, random.expovariate(1.0)
            yield release, self, server
    class Clients(Process):
        def come(self, server):
            for _ in range(N):
                yield hold, self, random.expovariate(0.8)
                customer = Customer()
                activate(customer, customer.visit(server))
    initialize()
    server = Resource(1)
    clients = Clients()
    activate(clients, clients.come(server))
    start = time.process_time()
    simulate(until=1e9)
print(json.dumps({"millions": 2 * N / (time.process_time() - start) / 1e6}))
`

function simpy(folder: string): Peer {
  const script = join(folder, 'peer.py')
  writeFileSync(script, SIMPY)
  // The distribution's own Python has the distribution's package.
  const python = ['/usr/bin/python3', 'python3'].find((name) =>
    ['simpy', 'SimPy'].some((module) => spawnSync(name, ['-c', `import ${module}`]).status === 0),
  )
  if (python === undefined) return null
  return () => {
    const { stdout } = spawnSync(python, [script], { encoding: 'utf8' })
    return (JSON.parse(stdout) as { millions: number }).millions
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Rounds of each in turn, so that a machine that drifts drifts for all; medians. */
function interleaved(runs: readonly Peer[]): (number | null)[] {
  const samples = runs.map((): number[] => [])
  for (const run of runs) run?.()
  for (let i = 0; i < ROUNDS; i++)
    for (const [j, run] of runs.entries()) if (run !== null) samples[j]?.push(run())
  return samples.map((list) => (list.length === 0 ? null : median(list)))
}

function row(what: string, value: number, bar: string | null, holds: boolean | null): BenchRow {
  return { bench: 'simulator', what, value, unit: 'M events/s', bar, holds, against: null }
}

/** Against so many million events a second, at the pace of this machine. */
function paced(what: string, value: number, millions: number, loop: number | null): BenchRow {
  if (loop === null) return row(what, value, `>= ${millions} M/s`, value >= millions)
  const here = (millions * loop) / PACE
  const bar = `>= ${millions} M/s where the C++ loop of M/M/1 makes ${PACE}: here ${here.toFixed(1)}`
  return row(what, value, bar, value >= here)
}

function beside(what: string, value: number, peer: number | null, name: string, least: number): BenchRow {
  if (peer === null) return row(`${what} (no ${name} here)`, value, null, null)
  const ratio = value / peer
  const against = { what: name, value: peer, ratio }
  return { ...row(what, value, `>= ${least} x ${name}`, ratio >= least), against }
}

/** Nanoseconds of taking the first event and putting another, with so many pending. */
function holdCost(pending: number): number {
  const stream = new Stream(1, 'hold')
  const queue = new EventQueue(new Arena(0, false), new Int32Array(HEADS), pending + TOP + 1)
  for (let i = 0; i < pending; i++) queue.push(stream.exponential(), 0, i)
  const hold = (times: number) => {
    for (let i = 0; i < times; i++) {
      queue.advance()
      const now = queue.time[TOP] as number
      queue.take()
      stream.drawExponential()
      queue.push(now + (lastDrawn[0] as number), 0, i)
    }
  }
  hold(500_000)
  return 1000 / millions(2_000_000, () => hold(2_000_000))
}

export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'))
  try {
    const [mm1, mm1Peer, python, mm1General] = interleaved([
      engine(MM1, 9e6),
      cpp(folder, 'mm1'),
      simpy(folder),
      engine(MM1, 9e6, false),
    ])
    const [real, realPeer, realGeneral] = interleaved([
      engine(hops('timeout'), 1e4),
      cpp(folder, 'hops'),
      engine(hops('timeout'), 1e4, false),
    ])
    const [wait, waitPeer] = interleaved([engine(hops('wait'), 1e4), cpp(folder, 'waits')])
    const a = mm1 ?? 0
    const b = real ?? 0
    const c = wait ?? 0
    const loop = mm1Peer ?? null
    const six = 'six hops, twelve stations, a timeout a request'
    const many = 'six hops, twelve stations, 10,000 pending'
    return [
      paced('M/M/1', a, 25, loop),
      beside('M/M/1', a, loop, 'C++ std::priority_queue', 0.8),
      beside('M/M/1', a, python ?? null, 'SimPy', 70),
      row('M/M/1, all events by the general way', mm1General ?? 0, null, null),
      paced(six, b, 10, loop),
      beside(six, b, realPeer ?? null, 'C++ std::priority_queue', 0.8),
      row(`${six}, all events by the general way`, realGeneral ?? 0, null, null),
      row(many, c, null, null),
      beside(many, c, waitPeer ?? null, 'C++ std::priority_queue', 0.8),
      ...[1e3, 1e4, 1e5, 1e6].map((pending) => ({
        ...row(`take one, put one, ${pending.toLocaleString('en')} pending`, holdCost(pending), null, null),
        unit: 'ns',
      })),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}
