import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { uuidv7 } from '#lib/ids.ts'
import {
  allAttempts,
  appealsFor,
  attemptsByDay,
  dueForecast,
  EMPTY_STATE,
  fold,
  type ItemMemory,
  type LearnerEvent,
  type LearnerState,
  meanRecall,
  meanTotalBy,
  memories,
  settingsOf,
  standingAppeals,
  standingAttempts,
  standingRegrade,
} from './index.ts'

/** One item's memory where the content holds it alone, in a revision. */
const memoryOf = (state: LearnerState, diagram: string, revision: number): ItemMemory | null =>
  memories(state, new Map([[diagram, { revision, tier: 1, covers: [] }]]), START).get(diagram) ?? null

const START = Date.UTC(2026, 0, 5, 9)
const DIAGRAMS = ['patterns/sharding', 'incidents/s3-2017', 'mechanisms/raft'] as const
const id = (n: number) => uuidv7(START + n, new Uint8Array(10).fill(n % 251))

interface Told {
  n: number
  at: number
  about: number
  total: number
  type: LearnerEvent['type']
}

const kept = (total: number) => ({
  revision: 1 + (total % 2),
  grader: `${total % 3}`,
  grade: { total, structure: 40, technical: 0, context: 0, speed: 10, proven: true },
  lost: [],
})

/** One event from small numbers; `n` makes its id, `about` chooses the diagram or the event that it is about. */
function event({ n, at, about, total, type }: Told): LearnerEvent {
  const base = { id: id(n), learner: 'me', at: new Date(START + at).toISOString(), v: 1 as const }
  const diagram = DIAGRAMS[about % DIAGRAMS.length] ?? DIAGRAMS[0]
  /** The events before and after the one that it is about. */
  const appeals = total % 4 === 0 ? [] : [id(about + 1), ...(total % 4 === 1 ? [id(about + 2)] : [])]
  switch (type) {
    case 'diagram.learned':
      return { ...base, type, payload: { diagram, revision: 1 + (total % 2), seconds: 60 } }
    case 'recall.attempted':
      if (total % 2 === 0) return { ...base, type, payload: attempt(diagram, total) }
      return { ...base, v: 2, type, payload: { ...attempt(diagram, total), lost: ['missing node node:x'] } }
    case 'recall.undone':
      return { ...base, type, payload: { attempt: id(about) } }
    case 'recall.regraded':
      return { ...base, type, payload: { attempt: id(about), cause: 'regrade', ...kept(total), appeals } }
    case 'recall.regrade-undone':
      return { ...base, type, payload: { regrade: id(about) } }
    case 'appeal.made': {
      const payload = {
        attempt: id(about),
        diagram,
        kind: 'node',
        label: 'Ring',
        given: '',
        says: `${total}`,
      }
      if (total % 3 === 0) return { ...base, type, payload }
      if (total % 3 === 1)
        return { ...base, v: 2, type, payload: { ...payload, accepts: null, regrade: null } }
      const accepts = 'node:token ring=ring'
      return { ...base, v: 2, type, payload: { ...payload, accepts, regrade: { ...kept(total), appeals } } }
    }
    case 'appeal.withdrawn':
      return { ...base, type, payload: { appeal: id(about) } }
    case 'mutation.answered':
      return { ...base, type, payload: { attempt: id(about), diagram, answer: `${total}`, mark: 'partly' } }
    case 'settings.changed':
      return { ...base, type, payload: total % 2 ? { newPerDay: total % 50 } : { theme: 'dark' } }
    default:
      return { ...base, ...aboutMemory(type, about, total, diagram) } as LearnerEvent
  }
}

/** The events that make, measure and mend memory beside attempts. */
function aboutMemory(type: LearnerEvent['type'], about: number, total: number, diagram: string): object {
  const rating = total % 2 ? 'good' : 'again'
  const deck = `deck ${about % 2}`
  const card = `card ${about % 3}`
  const words = { question: `q${total}`, answer: 'a', tags: [] }
  const payloads: Partial<Record<LearnerEvent['type'], object>> = {
    'review.imported': { from: 'anki', diagram, fact: total % 3 ? null : 'f', rating, seconds: null },
    'memory.fitted': { parameters: [total], adopted: total % 2 === 0, because: '' },
    'mistake.noted': {
      attempt: id(about),
      lost: 'missing node x',
      kind: 'factual',
      cause: `${total}`,
      correction: '',
    },
    'contrast.drilled': {
      expected: 'a',
      drawn: 'b',
      diagrams: [diagram, diagram],
      asked: 2,
      right: total % 3,
    },
    'cards.imported': { from: 'anki', deck, name: `${total}`, cards: [{ card, ...words }] },
    'deck.removed': { deck },
    'card.answered': { card, rating, seconds: null, from: 'atlas' },
  }
  return { type, payload: payloads[type] }
}

const attempt = (diagram: string, total: number) => ({
  diagram,
  revision: 1,
  drawing: 'a -> b',
  answers: { facts: {}, context: {} },
  seconds: 60,
  hints: 0,
  grader: '1',
  grade: { total, structure: 40, technical: 0, context: 0, speed: 10, proven: true },
})

const attempted = (n: number, at: number, total: number, about = 0) =>
  event({ n, at, about, total, type: 'recall.attempted' })

/** Ids are unique, as ids are: the same id means the same event. */
const told = fc.uniqueArray(
  fc.record({
    n: fc.nat(40),
    at: fc.nat(1000).map((steps) => steps * 3_600_000),
    about: fc.nat(40),
    total: fc.nat(100),
    type: fc.constantFrom<LearnerEvent['type']>(
      'review.imported',
      'memory.fitted',
      'mistake.noted',
      'contrast.drilled',
      'cards.imported',
      'deck.removed',
      'card.answered',
      'diagram.learned',
      'recall.attempted',
      'recall.attempted',
      'recall.undone',
      'recall.regraded',
      'recall.regraded',
      'recall.regrade-undone',
      'appeal.made',
      'appeal.made',
      'appeal.withdrawn',
      'mutation.answered',
      'settings.changed',
    ),
  }),
  { selector: ({ n }) => n, maxLength: 40 },
)
const history = told.map((all) => all.map(event))
const shuffled = history.chain((events) =>
  fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
)
const sorted = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, v) =>
      v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort()) : v,
    ),
  )

describe('the fold', () => {
  test('any order of the same events gives the same state', () => {
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(fold(EMPTY_STATE, other)).toEqual(fold(EMPTY_STATE, events))
      }),
    )
  })

  test('two copies of a history merge to one state, whichever comes first and however they overlap', () => {
    fc.assert(
      fc.property(history, fc.array(fc.boolean(), { minLength: 40 }), fc.nat(40), (events, sides, cut) => {
        const mine = events.filter((_, i) => sides[i])
        const theirs = events.filter((_, i) => !sides[i] || i < cut)
        const whole = fold(EMPTY_STATE, events)
        expect(fold(fold(EMPTY_STATE, mine), theirs)).toEqual(whole)
        expect(fold(fold(EMPTY_STATE, theirs), mine)).toEqual(whole)
      }),
    )
  })

  test('a state goes through JSON and on', () => {
    fc.assert(
      fc.property(history, fc.nat(40), (events, cut) => {
        const half = fold(EMPTY_STATE, events.slice(0, cut))
        const before = structuredClone(half)
        const resumed = fold(JSON.parse(JSON.stringify(half)), events.slice(cut))
        expect(sorted(resumed)).toEqual(sorted(fold(EMPTY_STATE, events)))
        fold(half, events)
        expect(half).toEqual(before)
      }),
    )
  })
})

describe('memory of an item', () => {
  const DAY = 86_400_000

  test('undoing an attempt leaves the memory that there was without it', () => {
    const good = attempted(1, 0, 80)
    const slip = attempted(2, 2 * DAY, 20)
    const undo = event({ n: 3, at: 2 * DAY + 1, about: 2, total: 0, type: 'recall.undone' })
    const without = memoryOf(fold(EMPTY_STATE, [good]), DIAGRAMS[0], 1)
    expect(memoryOf(fold(EMPTY_STATE, [good, slip]), DIAGRAMS[0], 1)).not.toEqual(without)
    expect(memoryOf(fold(EMPTY_STATE, [undo, slip, good]), DIAGRAMS[0], 1)).toEqual(without)
  })

  test('an item is new again when its only attempt is undone', () => {
    const undo = event({ n: 3, at: 1, about: 1, total: 0, type: 'recall.undone' })
    expect(memoryOf(fold(EMPTY_STATE, [attempted(1, 0, 80), undo]), DIAGRAMS[0], 1)).toBeNull()
  })

  test('a raised revision is due at once, and ten minutes after its new walkthrough', () => {
    const state = fold(EMPTY_STATE, [attempted(1, 0, 100)])
    expect(memoryOf(state, DIAGRAMS[0], 1)).toMatchObject({ revised: false })
    expect(memoryOf(state, DIAGRAMS[0], 2)).toMatchObject({ revised: true, due: START })
    const again = event({ n: 2, at: DAY, about: 0, total: 1, type: 'diagram.learned' })
    const due = START + DAY + 600_000
    expect(memoryOf(fold(state, [again]), DIAGRAMS[0], 2)).toMatchObject({ revised: false, due })
  })

  test('only items that the content has are remembered', () => {
    const state = fold(EMPTY_STATE, [attempted(1, 0, 100), attempted(2, 0, 100, 1)])
    expect([
      ...memories(state, new Map([[DIAGRAMS[1], { revision: 1, tier: 1, covers: [] }]]), START).keys(),
    ]).toEqual([DIAGRAMS[1]])
  })
})

describe('the scores that count', () => {
  const DIAGRAM = DIAGRAMS[0]
  const recalled = attempted(1, 0, 40)
  const appealed = event({ n: 2, at: 1, about: 1, total: 80, type: 'appeal.made' })
  const further = event({ n: 3, at: 2, about: 1, total: 89, type: 'appeal.made' })
  const totals = (...events: LearnerEvent[]) =>
    standingAttempts(fold(EMPTY_STATE, events), DIAGRAM).map(({ total }) => total)
  const withdrawn = (n: number, about: number) =>
    event({ n, at: n, about, total: 0, type: 'appeal.withdrawn' })
  const regraded = event({ n: 10, at: 10, about: 1, total: 64, type: 'recall.regraded' })
  const undone = event({ n: 11, at: 11, about: 10, total: 0, type: 'recall.regrade-undone' })

  test('an appeal changes them at once, in memory too; withdrawing it restores what was recorded', () => {
    expect(totals(recalled, appealed)).toEqual([80])
    const due = (...events: LearnerEvent[]) => memoryOf(fold(EMPTY_STATE, events), DIAGRAM, 1)?.due ?? 0
    expect(due(recalled, appealed)).toBeGreaterThan(due(recalled))
    expect(totals(recalled, appealed, withdrawn(4, 2))).toEqual([40])
    expect(due(recalled, appealed, withdrawn(4, 2))).toBe(due(recalled))
    expect(allAttempts(fold(EMPTY_STATE, [recalled, appealed]), 'with undone')).toMatchObject([{ total: 80 }])
  })

  test('of several appeals the grade counts that counts none that was withdrawn', () => {
    expect(totals(recalled, appealed, further)).toEqual([89])
    expect(totals(recalled, appealed, further, withdrawn(4, 3))).toEqual([80])
    expect(totals(recalled, appealed, further, withdrawn(4, 3), withdrawn(5, 2))).toEqual([40])
  })

  test('the newest regrade counts until it is undone; the revision that was met stays', () => {
    expect(totals(recalled, appealed, regraded)).toEqual([64])
    expect(totals(recalled, appealed, regraded, undone)).toEqual([80])
    const state = fold(EMPTY_STATE, [
      recalled,
      event({ n: 10, at: 9, about: 1, total: 65, type: 'recall.regraded' }),
    ])
    expect(standingRegrade(state, id(1))).toMatchObject({ revision: 2 })
    expect(memoryOf(state, DIAGRAM, 2)).toMatchObject({ revised: true })
  })

  test('an appeal counts for its attempt and those after it, words alone for none', () => {
    const [first, last] = [attempted(1, 0, 40), attempted(5, 50, 40)]
    const late = event({ n: 6, at: 60, about: 5, total: 80, type: 'appeal.made' })
    const early = event({ n: 7, at: 70, about: 1, total: 83, type: 'appeal.made' })
    const words = event({ n: 8, at: 80, about: 1, total: 79, type: 'appeal.made' })
    const other = event({ n: 9, at: 80, about: 1, total: 80, type: 'appeal.made' })
    const elsewhere = { ...other, payload: { ...other.payload, diagram: 'x/y' } } as LearnerEvent
    const about = (one: LearnerEvent): LearnerEvent =>
      ({ ...one, payload: { ...one.payload, diagram: DIAGRAM } }) as LearnerEvent
    const state = fold(EMPTY_STATE, [first, last, late, early, words].map(about).concat(elsewhere))
    const counted = (n: number) => appealsFor(state, DIAGRAM, id(n)).map((appeal) => appeal.id)
    expect(counted(1)).toEqual([id(7)])
    expect(counted(5)).toEqual([id(6), id(7)])
    expect(counted(30)).toEqual([id(6), id(7)])
  })
})

describe('what is shown of it', () => {
  const undo = event({ n: 9, at: 9, about: 2, total: 0, type: 'recall.undone' })
  const state = fold(EMPTY_STATE, [attempted(1, 0, 80), attempted(2, 1, 20), attempted(3, 2, 60, 1), undo])

  test('undone attempts count nowhere', () => {
    expect(standingAttempts(state, DIAGRAMS[0])).toHaveLength(1)
    expect(allAttempts(state).map(({ total }) => total)).toEqual([80, 60])
    expect(attemptsByDay(state, ['x', 'y'], (at) => (at === START ? 'x' : 'y'))).toEqual([
      { day: 'x', attempts: 1 },
      { day: 'y', attempts: 1 },
    ])
    expect(meanTotalBy(state, (diagram) => diagram.split('/')[0] ?? null)).toEqual([
      { key: 'patterns', mean: 80, attempts: 1 },
      { key: 'incidents', mean: 60, attempts: 1 },
    ])
  })

  test('mean recall is certain at once, none without items', () => {
    expect(meanRecall([], START)).toBeNull()
    const found = memories(
      fold(EMPTY_STATE, [attempted(1, 0, 80)]),
      new Map([[DIAGRAMS[0], { revision: 1, tier: 1, covers: [] }]]),
      START,
    )
    expect(meanRecall(found.values(), START)).toBe(1)
  })

  test('the forecast counts what is overdue for today and leaves out what lies beyond', () => {
    const days = [
      { day: 'mon', ends: 10 },
      { day: 'tue', ends: 20 },
    ]
    expect(dueForecast([-5, 3, 10, 19, 20], days)).toEqual([
      { day: 'mon', due: 2 },
      { day: 'tue', due: 2 },
    ])
  })

  test('settings: the last change of each field wins; a withdrawn appeal is gone', () => {
    const changes = [3, 5].map((total, n) =>
      event({ n, at: 10 - n, about: 0, total, type: 'settings.changed' }),
    )
    expect(settingsOf(fold(EMPTY_STATE, changes))).toMatchObject({ newPerDay: 3, theme: 'system' })
    const made = event({ n: 1, at: 1, about: 0, total: 0, type: 'appeal.made' })
    const gone = event({ n: 2, at: 2, about: 1, total: 0, type: 'appeal.withdrawn' })
    expect(standingAppeals(fold(EMPTY_STATE, [made]))).toHaveLength(1)
    expect(standingAppeals(fold(EMPTY_STATE, [gone, made]))).toHaveLength(0)
  })
})
