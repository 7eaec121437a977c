import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, DEFAULT_PARAMETERS, recallNow } from '#domain/memory/index.ts'
import { uuidv7 } from '#lib/ids.ts'
import { EMPTY_STATE, fold, type ItemMemory, type LearnerEvent, memories, parametersOf } from './index.ts'

const START = Date.UTC(2026, 0, 5, 9)
const NOW = START + 60 * DAY_MS
const WHOLE = 'companies/whole'
const PART = 'patterns/part'
const ALONE = 'patterns/alone'
const ITEMS = new Map([
  [WHOLE, { revision: 1, tier: 1, covers: [PART] }],
  [PART, { revision: 1, tier: 1, covers: [] }],
  [ALONE, { revision: 1, tier: 3, covers: [] }],
])

const id = (n: number) => uuidv7(START + n * 1000, new Uint8Array(10).fill(n % 251))
const base = (n: number, days: number) => ({
  id: id(n),
  learner: 'me',
  at: new Date(START + days * DAY_MS).toISOString(),
})

const attempted = (n: number, days: number, diagram: string, total: number, share = 1): LearnerEvent => ({
  ...base(n, days),
  type: 'recall.attempted',
  v: 3,
  payload: {
    diagram,
    revision: 1,
    drawing: 'a -> b',
    answers: { facts: {}, context: {} },
    seconds: 60,
    hints: 0,
    grader: '1',
    grade: { total, structure: 40, technical: 30, context: 20, speed: 10, proven: true },
    lost: [],
    asked: share < 1 ? ['node node:a'] : null,
    share,
    confidence: null,
  },
})

const elsewhere = (n: number, days: number, diagram: string, fact: string | null): LearnerEvent => ({
  ...base(n, days),
  type: 'review.imported',
  v: 1,
  payload: { from: 'anki', diagram, fact, rating: 'good', seconds: null },
})

const fitted = (n: number, days: number, parameters: readonly number[], adopted: boolean): LearnerEvent => ({
  ...base(n, days),
  type: 'memory.fitted',
  v: 1,
  payload: {
    parameters: [...parameters],
    optimizer: 'test',
    trained: 800,
    heldOut: 200,
    lossBefore: 0.4,
    lossAfter: 0.3,
    adopted,
    because: 'a test',
  },
})

const configured = (n: number, payload: object): LearnerEvent =>
  ({ ...base(n, 0), type: 'settings.changed', v: 1, payload }) as LearnerEvent

const undone = (n: number, attempt: string): LearnerEvent => ({
  ...base(n, 50),
  type: 'recall.undone',
  v: 1,
  payload: { attempt },
})

const memoriesOf = (...events: LearnerEvent[]) => memories(fold(EMPTY_STATE, events), ITEMS, NOW)
const of = (found: ReadonlyMap<string, ItemMemory>, item: string): ItemMemory => {
  const memory = found.get(item)
  if (memory === undefined) throw new Error(`no memory of ${item}`)
  return memory
}

describe('what counts as a review', () => {
  test('a part of a redraw counts for its share', () => {
    const first = attempted(1, 0, ALONE, 80)
    const none = of(memoriesOf(first), ALONE)
    const third = of(memoriesOf(first, attempted(2, 5, ALONE, 80, 1 / 3)), ALONE)
    const whole = of(memoriesOf(first, attempted(2, 5, ALONE, 80)), ALONE)
    expect(third.stability).toBeGreaterThan(none.stability)
    expect(third.stability).toBeLessThan(whole.stability)
    expect(third.last).toBeCloseTo(START + (5 / 3) * DAY_MS, -1)
  })

  test('a whole review made elsewhere counts, one of a fact does not, and one that is undone neither', () => {
    const first = attempted(1, 0, ALONE, 80)
    const whole = of(memoriesOf(first, elsewhere(2, 4, ALONE, null)), ALONE)
    expect(whole.last).toBe(START + 4 * DAY_MS)
    const none = of(memoriesOf(first), ALONE)
    expect(of(memoriesOf(first, elsewhere(2, 4, ALONE, 'vnodes')), ALONE)).toEqual(none)
    expect(of(memoriesOf(first, elsewhere(2, 4, ALONE, null), undone(3, id(2))), ALONE)).toEqual(none)
  })

  test('what is known only from elsewhere is introduced, and not called revised', () => {
    expect(of(memoriesOf(elsewhere(1, 4, ALONE, null)), ALONE)).toMatchObject({
      introduced: START + 4 * DAY_MS,
      revised: false,
    })
  })
})

describe('covers', () => {
  const known = [attempted(1, 0, PART, 80), attempted(2, 0, WHOLE, 80)]

  test('redrawing the whole makes the part last longer, and says so until the part is recalled itself', () => {
    const plain = of(memoriesOf(...known), PART)
    const events = [...known, attempted(3, 4, WHOLE, 80)]
    const credited = of(memoriesOf(...events), PART)
    expect(credited.credits).toEqual([{ from: WHOLE, at: START + 4 * DAY_MS, weight: 0.2, rating: 'good' }])
    expect(credited.due).toBeGreaterThan(plain.due)
    expect(credited.reviews).toBe(1)
    expect(of(memoriesOf(...events, attempted(4, 6, PART, 80)), PART).credits).toEqual([])
    expect(of(memoriesOf(...events, undone(5, id(3))), PART)).toEqual(plain)
  })

  test('failing the part brings the whole back sooner', () => {
    const plain = of(memoriesOf(...known), WHOLE)
    const shaken = of(memoriesOf(...known, attempted(3, 4, PART, 20)), WHOLE)
    expect(shaken.credits).toMatchObject([{ from: PART, rating: 'again' }])
    expect(shaken.due).toBeLessThanOrEqual(plain.due)
    expect(shaken.stability).toBeLessThan(plain.stability)
  })
})

describe('parameters and targets', () => {
  const past = [attempted(1, 0, ALONE, 80), attempted(2, 4, ALONE, 80)]
  const own = DEFAULT_PARAMETERS.map((w, i) => (i === 2 ? w * 3 : w))

  test('of the last fit that was adopted, unless the learner wants the defaults', () => {
    const adopted = fitted(3, 5, own, true)
    const state = fold(EMPTY_STATE, [adopted, fitted(4, 6, DEFAULT_PARAMETERS, false)])
    expect(parametersOf(state)).toMatchObject({ fit: { id: id(3) } })
    expect(of(memoriesOf(...past, adopted), ALONE).stability).toBeGreaterThan(
      of(memoriesOf(...past), ALONE).stability,
    )
    const refused = memoriesOf(...past, adopted, configured(5, { ownParameters: false }))
    expect(of(refused, ALONE)).toEqual(of(memoriesOf(...past), ALONE))
  })

  test('outlandish parameters are brought within the range of the model', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 1000, noNaN: true }), { minLength: 21, maxLength: 21 }),
        (parameters) => {
          const memory = of(memoriesOf(...past, fitted(3, 5, parameters, true)), ALONE)
          expect(memory.due - memory.last).toBeGreaterThanOrEqual(DAY_MS)
          expect(memory.due - memory.last).toBeLessThanOrEqual(36_500 * DAY_MS)
          const recall = recallNow(memory, memory.due)
          expect(recall > 0 && recall <= 1).toBe(true)
        },
      ),
      // Each has tables of its own to solve.
      { numRuns: 8 },
    )
  })

  test('a tier with a higher target comes back sooner', () => {
    const due = (...settings: LearnerEvent[]) => of(memoriesOf(...past, ...settings), ALONE).due
    expect(due(configured(3, { tierRecall: { 3: 0.98 } }))).toBeLessThan(due())
    expect(due(configured(3, { tierRecall: { 1: 0.98 } }))).toBe(due())
  })

  test('a tier is kept at its target by itself, however well another one is remembered', () => {
    const forty = (tier: number) =>
      Array.from({ length: 40 }, (_, i) => ({ tier, name: `patterns/t${tier}-${i}` }))
    const [old, young] = [forty(1), forty(2)]
    const items = new Map(
      [...old, ...young].map(({ name, tier }) => [name, { revision: 1, tier, covers: [] }]),
    )
    const known = old.flatMap(({ name }, i) =>
      [0, 8, 25].map((days, j) => attempted(100 + 3 * i + j, days + (i % 20), name, 95)),
    )
    const fresh = young.map(({ name }, i) => attempted(500 + i, 46 + (i % 10), name, 95))
    const dues = (events: readonly LearnerEvent[]) => {
      const found = memories(fold(EMPTY_STATE, [...events]), items, NOW)
      return young.map(({ name }) => found.get(name)?.due)
    }
    expect(dues([...known, ...fresh])).toEqual(dues(fresh))
  })
})

describe('time', () => {
  /** Attempts at any times, a clock that was set back among them; some undone, some parts, some elsewhere. */
  const story = fc
    .array(
      fc.record({
        days: fc.double({ min: -3, max: 60, noNaN: true }),
        diagram: fc.constantFrom(WHOLE, PART, ALONE),
        total: fc.integer({ min: 0, max: 100 }),
        kind: fc.constantFrom('whole', 'part', 'elsewhere', 'undone'),
        about: fc.nat(15),
      }),
      { maxLength: 16 },
    )
    .map((told) =>
      told.map(({ days, diagram, total, kind, about }, n): LearnerEvent => {
        if (kind === 'undone') return undone(n, id(about))
        if (kind === 'elsewhere') return elsewhere(n, days, diagram, null)
        return attempted(n, days, diagram, total, kind === 'part' ? 0.3 : 1)
      }),
    )

  test('two devices: their logs merged in either order, with what both have, leave the same memories', () => {
    fc.assert(
      fc.property(story, fc.nat(16), fc.nat(16), (events, cut, overlap) => {
        const one = events.slice(0, cut)
        const other = events.slice(Math.max(0, cut - overlap))
        const ab = memories(fold(fold(EMPTY_STATE, one), other), ITEMS, NOW)
        const ba = memories(fold(fold(EMPTY_STATE, [...other].reverse()), one), ITEMS, NOW)
        expect(Object.fromEntries(ba)).toEqual(Object.fromEntries(ab))
      }),
    )
  })

  test('whatever the clock did, every memory is one that can be: in order, in range, never due before it began', () => {
    fc.assert(
      fc.property(story, (events) => {
        for (const memory of memoriesOf(...events).values()) {
          const { introduced, last, due, stability, difficulty } = memory
          expect(introduced).toBeLessThanOrEqual(last)
          expect(due).toBeGreaterThanOrEqual(introduced)
          expect(Number.isFinite(stability) && stability > 0).toBe(true)
          expect(difficulty >= 1 && difficulty <= 10).toBe(true)
          for (const at of [introduced - DAY_MS, last, due, due + 400 * DAY_MS]) {
            const recall = recallNow(memory, at)
            expect(recall > 0 && recall <= 1).toBe(true)
          }
        }
      }),
    )
  })
})
