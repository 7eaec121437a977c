import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Catalogue, World } from '#app/ports.ts'
import { type Concept, type DiagramItem, diagramItem, ownNames } from '#domain/curriculum/index.ts'
import { buildVocabulary, parseDrawing, withNames } from '#domain/diagram/index.ts'
import { referenceAnswers } from '#domain/grading/index.ts'
import { uuidv7 } from '#lib/ids.ts'
import { err } from '#lib/result.ts'
import { openSqlite } from '#store/index.ts'
import { value } from './store-contract.ts'

/** A small catalogue, a real store in a folder of its own, and a clock that a test sets. */
export interface SmallWorld extends World {
  readonly folder: string
  at(iso: string): void
  later(hours: number): void
}

const concept = (id: string, layer: Concept['layer'] = 'service', aliases: string[] = []): Concept => ({
  id,
  name: id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' '),
  kind: 'component',
  layer,
  icon: null,
  aliases,
})

const CONCEPTS = [
  concept('client', 'client', ['browser']),
  concept('cache', 'data'),
  concept('database', 'data', ['db']),
  concept('api'),
  concept('queue', 'stream'),
  concept('worker'),
  concept('deploy'),
  concept('outage'),
  concept('recovery'),
  concept('ordering'),
  concept('replay'),
]

const item = (id: string, over: Record<string, unknown> = {}): DiagramItem => ({
  ...diagramItem.parse({
    title: `The diagram ${id}`,
    form: 'topology',
    question: `What is ${id}?`,
    tier: 1,
    group: 'test/test',
    minutes: 20,
    complexity: 2,
    window: 'deep',
    revision: 1,
    drawing: 'client -> api -> cache: get\napi -> database: query',
    facts: [
      { id: 'ttl', ask: 'How long?', value: '30 s', source: 'book', as_of: '2020' },
      { id: 'replicas', ask: 'How many?', value: 3, source: 'book', as_of: '2020' },
      { id: 'engine', ask: 'Which one?', value: 'queue', source: 'book', as_of: '2020', derived: 'a + b' },
    ],
    context: [
      { slot: 'used-by', ask: 'Who?', accept: ['worker', 'client'], source: 'book' },
      { slot: 'trade-off', ask: 'At what price?', accept: ['stale reads'], source: 'book' },
    ],
    walkthrough: [
      { shows: ['client'], says: 'It begins here.' },
      { shows: ['api', 'cache'], says: 'Because it is near.' },
      { shows: ['database'], says: 'Because it is true.' },
    ],
    mutation: { ask: 'And if it doubles?', answer: 'Secret of the mutation.', because: 'Reason of it.' },
    ...over,
  }),
  id,
  category: id.split('/')[0] as DiagramItem['category'],
})

export const ITEMS: readonly DiagramItem[] = [
  item('patterns/caching'),
  item('patterns/queueing', {
    needs: ['patterns/caching'],
    drawing: 'client -> queue -> worker\nworker -> database',
  }),
  item('mechanisms/replay', { tier: 2 }),
  item('incidents/outage', {
    form: 'timeline',
    drawing: '09:37 | deploy\n09:41 | outage\n10:10 | recovery',
    walkthrough: [
      { shows: ['1'], says: 'One.' },
      { shows: ['2'], says: 'Two.' },
      { shows: ['3'], says: 'Three.' },
    ],
  }),
  item('comparisons/brokers', {
    form: 'matrix',
    tier: 3,
    drawing: '| ordering | replay\nqueue | yes | no\nworker | no | yes',
    walkthrough: [
      { shows: ['1'], says: 'One.' },
      { shows: ['2'], says: 'Two.' },
      { shows: ['column replay'], says: 'Three.' },
    ],
    names: { yes: {}, no: {} },
  }),
]

export function smallCatalogue(items: readonly DiagramItem[] = ITEMS): Catalogue {
  const field = buildVocabulary(CONCEPTS).vocabulary
  const diagrams = items.map((one) => ({
    item: one,
    drawing: parseDrawing(one.drawing, one.form).drawing,
    vocabulary: withNames(field, ownNames(one)),
  }))
  const source = { id: 'book', title: 'The Book', author: 'A. Author', year: 2020 }
  return {
    items: new Map(items.map((one) => [one.id, one])),
    diagrams: new Map(diagrams.map((diagram) => [diagram.item.id, diagram])),
    concepts: new Map(CONCEPTS.map((one) => [one.id, one])),
    sources: new Map([['book', source]]),
    icons: {},
    bakedLayout: () => null,
  }
}

/** Closed and deleted when the test that made it ends. */
export async function smallWorld(over: Partial<World> = {}): Promise<SmallWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-world-'))
  const store = value(await openSqlite(folder))
  onTestFinished(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  let now = Date.parse('2026-03-02T09:00:00.000Z')
  let count = 0
  return {
    folder,
    catalogue: smallCatalogue(),
    store,
    clock: { now: () => now },
    ids: {
      next: () =>
        uuidv7(
          now,
          new Uint8Array(10).map((_, i) => (++count * (i + 1)) % 256),
        ),
    },
    learner: 'me',
    timeZone: 'UTC',
    runElk,
    fitParameters: async () => err({ message: 'No optimizer in this test.', mend: 'Give it one.' }),
    at: (iso) => {
      now = Date.parse(iso)
    },
    later: (hours) => {
      now += hours * 3_600_000
    },
    ...over,
  }
}

/** Everything in one column: what ELK would do better. */
async function runElk(graph: unknown): Promise<unknown> {
  const { loadElk } = await import('../tools/elk.ts')
  return loadElk()(graph as never)
}

/** The attempt that earns everything. */
export function perfect(world: World, id: string) {
  const diagram = world.catalogue.diagrams.get(id)
  if (!diagram) throw new Error(`no diagram ${id}`)
  const answers = referenceAnswers(diagram)
  return { id, drawing: diagram.item.drawing, places: {}, answers, seconds: 30, hints: 0, event: null }
}

export { value } from './store-contract.ts'
