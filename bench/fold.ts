import { EMPTY_STATE, fold, type LearnerEvent, memories } from '#domain/progress/index.ts'
import { uuidv7 } from '#lib/ids.ts'
import { seeded } from '#lib/random.ts'
import type { BenchRow } from './row.ts'

const EVENTS = 100_000
const DIAGRAMS = 1_060
const RUNS = 7
const BAR_MS = 300

/** 100,000 events as a diligent learner's would be: mostly attempts, some undone, over 1,060 diagrams. */
function history(): LearnerEvent[] {
  const random = seeded(7)
  const start = Date.UTC(2026, 0, 5)
  return Array.from({ length: EVENTS }, (_, i): LearnerEvent => {
    const bytes = Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256))
    const at = start + i * 300_000
    const base = { id: uuidv7(at, bytes), learner: 'me', at: new Date(at).toISOString(), v: 1 as const }
    const diagram = `patterns/d-${Math.floor(random() * DIAGRAMS)}`
    if (i % 50 === 0)
      return { ...base, type: 'diagram.learned', payload: { diagram, revision: 1, seconds: 300 } }
    const total = Math.round(random() * 1000) / 10
    const grade = { total, structure: 30, technical: 20, context: 10, speed: 5, proven: true }
    const answers = { facts: {}, context: {} }
    const seen = {
      diagram,
      revision: 1,
      drawing: 'a -> b',
      answers,
      seconds: 90,
      hints: 0,
      grader: '1',
      grade,
    }
    return { ...base, type: 'recall.attempted', payload: seen }
  })
}

/** Every tenth diagram holds two others. */
const held = (i: number): string[] =>
  i % 10 === 0 ? [1, 2].map((step) => `patterns/d-${(i + step) % DIAGRAMS}`) : []

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function time(run: () => unknown): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

/** The fold of 100,000 events and the memories it leaves, beside reading the same events from JSON. */
export async function run(): Promise<BenchRow[]> {
  const events = history()
  const text = JSON.stringify(events)
  const now = Date.parse(events.at(-1)?.at ?? '')
  const items = new Map(
    Array.from({ length: DIAGRAMS }, (_, i) => [
      `patterns/d-${i}`,
      { revision: 1, tier: 1 + (i % 7), covers: held(i) },
    ]),
  )
  const times = { fold: [] as number[], both: [] as number[], json: [] as number[] }
  for (let i = 0; i < RUNS; i++) {
    times.fold.push(time(() => fold(EMPTY_STATE, events)))
    times.both.push(time(() => memories(fold(EMPTY_STATE, events), items, now)))
    times.json.push(time(() => JSON.parse(text)))
  }
  const json = median(times.json)
  const row = (what: string, value: number): BenchRow => ({
    bench: 'fold',
    what,
    value: Math.round(value * 10) / 10,
    unit: 'ms',
    bar: `≤ ${BAR_MS}`,
    holds: value <= BAR_MS,
    against: {
      what: 'JSON.parse of the same events, ms',
      value: Math.round(json * 10) / 10,
      ratio: Math.round((value / json) * 100) / 100,
    },
  })
  return [
    row('100,000 events to a state, median', median(times.fold)),
    row('100,000 events to a state and 1,060 memories, median', median(times.both)),
  ]
}
