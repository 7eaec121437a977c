import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventOf, LearnerEvent } from './events.ts'
import { fold } from './fold.ts'
import { mistakesOf, type Needs, suggestedKind } from './mistakes.ts'
import { EMPTY_STATE } from './state.ts'

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = (day: number) => new Date(Date.UTC(2026, 2, day)).toISOString()
const SCORES = { total: 50, structure: 20, technical: 10, context: 10, speed: 5, proven: true }
const GRADED = { revision: 1, grader: '2', grade: SCORES }

let count = 0
const head = (day: number) => ({ id: uuid(++count), learner: 'me', at: at(day), v: 1 as const })

function attempt(day: number, lost: string[], asked: string[] | null = null, diagram = 'patterns/a') {
  const payload = { diagram, drawing: '', answers: { facts: {}, context: {} }, seconds: null, hints: 0 }
  return {
    ...head(day),
    type: 'recall.attempted',
    v: 3,
    payload: { ...payload, ...GRADED, lost, asked, share: 1, confidence: null },
  } as const satisfies LearnerEvent
}

const NONE: Needs = () => []
const found = (events: readonly LearnerEvent[], needs = NONE) => mistakesOf(fold(EMPTY_STATE, events), needs)

describe('an entry an element', () => {
  test('each thing lost is one, with every time that it was lost', () => {
    const first = attempt(1, ['missing node node:cache', 'wrong fact ttl'])
    const second = attempt(2, ['wrong node node:cache'])
    const [cache, ttl] = found([first, second])
    expect(cache).toMatchObject({ name: 'node node:cache', verdict: 'wrong', standing: 'open', mended: null })
    expect(cache?.losses).toEqual([
      { attempt: first.id, at: Date.parse(at(1)), line: 'missing node node:cache' },
      { attempt: second.id, at: Date.parse(at(2)), line: 'wrong node node:cache' },
    ])
    expect(ttl).toMatchObject({ name: 'fact ttl', standing: 'mended', mended: Date.parse(at(2)) })
  })

  test('time is none, and two lines of one element are one loss', () => {
    const lines = ['wrong speed ', 'missing edge edge:a <-> b', 'missing edge edge:a <-> b']
    expect(found([attempt(1, lines)]).map(({ name, losses }) => [name, losses.length])).toEqual([
      ['edge edge:a <-> b', 1],
    ])
  })

  test('an undone attempt lost nothing, and a standing regrade says what was lost', () => {
    const one = attempt(1, ['missing node node:cache'])
    const undone = { ...head(2), type: 'recall.undone', payload: { attempt: one.id } } as const
    expect(found([one, undone])).toEqual([])
    const payload = {
      attempt: one.id,
      cause: 'regrade' as const,
      ...GRADED,
      lost: ['wrong fact ttl'],
      appeals: [],
    } satisfies EventOf<'recall.regraded'>['payload']
    const regrade = { ...head(2), type: 'recall.regraded', payload } as const
    expect(found([one, regrade]).map(({ name }) => name)).toEqual(['fact ttl'])
  })
})

describe('where it stands', () => {
  test('mended is the first time that it was right after its last loss', () => {
    const [cache] = found([attempt(1, ['missing node node:cache']), attempt(2, []), attempt(3, [])])
    expect(cache).toMatchObject({ standing: 'mended', mended: Date.parse(at(2)) })
  })

  test('lost once more after it was right, or three times, is again and again', () => {
    const line = ['missing node node:cache']
    expect(found([attempt(1, line), attempt(2, line)])[0]?.standing).toBe('open')
    expect(found([attempt(1, line), attempt(2, []), attempt(3, line)])[0]?.standing).toBe('again')
    expect(found([1, 2, 3].map((day) => attempt(day, line)))[0]?.standing).toBe('again')
  })

  test('a partial redraw mends what it asked, and nothing else', () => {
    const lost = ['missing node node:cache', 'wrong fact ttl']
    const [ttl, cache] = found([attempt(1, lost), attempt(2, [], ['node node:cache'])]).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )
    expect([ttl?.standing, cache?.standing]).toEqual(['open', 'mended'])
  })

  test('an attempt whose evidence was not kept says nothing', () => {
    const { lost: _, asked: __, share: ___, confidence: ____, ...payload } = attempt(2, []).payload
    const old = { ...head(2), type: 'recall.attempted', payload } as const
    expect(found([attempt(1, ['wrong fact ttl']), old])[0]).toMatchObject({ standing: 'open' })
  })
})

test('a connection that is missing with its end is told with it, and neither lost nor mended by that', () => {
  const needs: Needs = (_, name) => (name === 'edge edge:a -> b' ? ['node node:a', 'node node:b'] : [])
  const edge = attempt(1, ['missing edge edge:a -> b'])
  const both = attempt(2, ['missing node node:b', 'missing edge edge:a -> b'])
  const all = found([edge, both], needs)
  expect(all.map(({ name, took, losses, standing }) => [name, took, losses.length, standing])).toEqual([
    ['node node:b', 1, 1, 'open'],
    ['edge edge:a -> b', 0, 1, 'open'],
  ])
})

test('a mutation that was missed is one of application, until it is got', () => {
  const answered = (day: number, attempt: string, mark: 'missed' | 'got-it') =>
    ({
      ...head(day),
      type: 'mutation.answered',
      payload: { attempt, diagram: 'patterns/a', answer: 'x', mark },
    }) as const
  const [one, two] = [attempt(1, []), attempt(3, [])]
  const events = [one, answered(2, one.id, 'missed'), two]
  expect(found(events)).toMatchObject([
    { name: 'mutation', verdict: 'missed', kind: 'application', standing: 'open' },
  ])
  expect(found([...events, answered(4, two.id, 'got-it')])).toMatchObject([{ standing: 'mended' }])
})

test('what the learner said last of any of its losses is its note, and its kind', () => {
  const [one, two] = [attempt(1, ['missing node node:cache']), attempt(3, ['wrong node node:cache'])]
  const noted = (day: number, attempt: string, lost: string, cause: string) => {
    const payload = { attempt, lost, kind: 'application', cause, correction: '' } as const
    return { ...head(day), type: 'mistake.noted', payload } as const
  }
  const early = noted(2, one.id, 'missing node node:cache', 'early')
  const [cache] = found([one, two, noted(4, two.id, 'wrong node node:cache', 'late'), early])
  expect(cache).toMatchObject({ suggested: 'conceptual', kind: 'application', note: { cause: 'late' } })
  expect(found([one, two, early])[0]?.note?.cause).toBe('early')
})

test.each([
  ['wrong', 'node', 'conceptual'],
  ['reversed', 'edge', 'conceptual'],
  ['extra', 'node', 'conceptual'],
  ['missing', 'node', 'factual'],
  ['wrong', 'fact', 'factual'],
  ['wrong', 'cell', 'factual'],
  ['missing', 'edge', 'procedural'],
  ['wrong', 'order', 'procedural'],
  ['extra', 'message', 'procedural'],
  ['missed', 'mutation', 'application'],
] as const)('%s %s is suggested as %s', (verdict, kind, suggested) => {
  expect(suggestedKind(verdict, kind)).toBe(suggested)
})

test('the log does not depend on the order in which events arrive', () => {
  const lines = fc.subarray([
    'missing node node:a',
    'wrong node node:b',
    'wrong fact ttl',
    'extra node node:x',
  ])
  const attempts = fc.array(lines, { maxLength: 8 }).map((all) => all.map((lost, i) => attempt(i + 1, lost)))
  fc.assert(
    fc.property(
      attempts.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      ([sorted, shuffled]) => {
        expect(found(shuffled)).toEqual(found(sorted))
      },
    ),
  )
})
