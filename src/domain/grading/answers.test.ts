import { describe, expect, test } from 'vitest'
import type { Concept, Fact } from '#domain/curriculum/index.ts'
import { buildVocabulary, type Diagram } from '#domain/diagram/index.ts'
import { acceptedAnswer, gradeAttempt, referenceAnswers } from './index.ts'
import { diagramOf } from './trials.ts'

const concept = (id: string, kind: Concept['kind'], name: string, ...aliases: string[]): Concept => {
  return { id, kind, name, layer: 'none', icon: null, aliases }
}
const { vocabulary } = buildVocabulary([
  concept('cassandra', 'technology', 'Cassandra', 'apache cassandra'),
  concept('kafka', 'technology', 'Kafka', 'apache kafka'),
  concept('dynamo', 'technology', 'Dynamo', 'amazon dynamo'),
  concept('leader', 'component', 'Leader', 'primary'),
  concept('commit-log', 'component', 'Commit log'),
  concept('split-brain', 'failure', 'Split brain'),
])

function diagram(fact: Partial<Fact>, accept: string[] = ['cassandra', 'dynamo']): Diagram {
  const base = diagramOf({ form: 'timeline', events: [{ id: '1', at: '', label: 'leader', lane: '' }] })
  const [first] = base.item.facts
  const facts = first ? [{ ...first, id: 'f', ...fact }] : []
  const context = base.item.context.map((slot) => ({ ...slot, slot: 's', accept }))
  return { ...base, vocabulary, item: { ...base.item, facts, context } }
}

function given(one: Diagram, fact: string, slot = '', appeals: string[] = []) {
  const answers = { facts: { f: fact }, context: { s: slot } }
  const grade = gradeAttempt(one, { drawing: one.drawing, answers, seconds: null, appeals })
  const of = (kind: string) => grade.elements.find((element) => element.kind === kind)
  return { grade, fact: of('fact'), context: of('context') }
}
const right = (fact: Partial<Fact>, answer: string): boolean =>
  given(diagram(fact), answer).fact?.verdict === 'matched'

describe('numbers', () => {
  test.each([
    ['200 ms', '0.2s'],
    ['200 ms', 'about 200 milliseconds'],
    ['200 ms', '200'],
    ['15 s', 'every 15 seconds'],
    ['16', '16'],
    ['16', '16 vnodes'],
    ['16', '16 virtual nodes.'],
    ['3', 'three'],
    ['3', 'three replicas'],
    ['3', '3x'],
    ['1.2M', '1.2m'],
    ['2 billion', '2B'],
    ['5k rps', '5,000 requests per second'],
    ['99.95%', '99.95'],
    ['2012', 'August 1, 2012'],
    ['2017-02', '28 February 2017'],
    ['09:37', '9:37 am PST'],
    ['$0.023/GB-month', '0.023'],
    ['$0.023/GB-month', '$23/TB-month'],
  ])('%s: "%s" is right', (value, answer) => {
    expect(right({ value }, answer)).toBe(true)
  })

  test.each([
    ['200 ms', '200 s'],
    ['200 ms', '0.2'],
    ['16', '16 ms'],
    ['16', '16 or 32'],
    ['16', 'not 16'],
    ['16', '15'],
    ['16', '16 to 32 nodes'],
    ['5k rps', '50k rps'],
    ['09:37', '0937'],
    ['2012', 'August 2013'],
    ['99.95%', '0.9995'],
  ])('%s: "%s" is wrong', (value, answer) => {
    expect(right({ value }, answer)).toBe(false)
  })

  test('a tolerance is in the unit of the value, or a share of it', () => {
    expect(right({ value: '200 ms', tolerance: 20 }, '220 ms')).toBe(true)
    expect(right({ value: '200 ms', tolerance: 20 }, '221 ms')).toBe(false)
    expect(right({ value: '200 ms', tolerance: '10%' }, '0.18 s')).toBe(true)
    expect(right({ value: '200 ms', tolerance: '10%' }, '0.179 s')).toBe(false)
    expect(right({ value: '09:37', tolerance: 5 }, '09:42')).toBe(true)
    expect(right({ value: '09:37', tolerance: 5 }, '09:43')).toBe(false)
  })

  test('another right wording may be a number or a phrase', () => {
    expect(right({ value: '60 s', accept: ['2 min'] }, '120 s')).toBe(true)
    expect(right({ value: '3', accept: ['a majority'] }, 'majority')).toBe(true)
  })

  test('a bare number says in whose unit it was taken', () => {
    expect(given(diagram({ value: '200 ms' }), '200').fact?.because).toContain('200 ms')
  })
})

describe('phrases', () => {
  test.each([
    ['cassandra', 'Apache Cassandra'],
    ['cassandra', 'casandra'],
    ['cassandra', 'it is Cassandra'],
    ['leader', 'the primary'],
    ['last write wins', 'Last-write wins.'],
    ['last write wins', 'by last write wins'],
    ['commit-log', 'the commit log on disk'],
  ])('%s: "%s" is right', (value, answer) => {
    expect(right({ value }, answer)).toBe(true)
  })

  test.each([
    ['cassandra', 'kafka'],
    ['cassandra', 'not cassandra'],
    ['cassandra', 'cassandra or kafka'],
    ['cassandra', 'kafka, cassandra'],
    ['cassandra', 'cassandra kafka dynamo'],
    ['cassandra', 'one two three four five six seven eight cassandra'],
    ['last write wins', 'first write wins'],
    ['last write wins', 'last write never wins'],
    ['commit-log', 'log'],
    ['leader', ''],
  ])('%s: "%s" is wrong', (value, answer) => {
    expect(right({ value }, answer)).toBe(false)
  })
})

describe('the real world', () => {
  test('any accepted answer earns it, and several accepted ones too', () => {
    for (const answer of ['dynamo', 'Amazon Dynamo', 'cassandra and dynamo', 'used by Cassandra'])
      expect(given(diagram({}), '', answer).context?.points, answer).toBe(20)
    for (const answer of ['', 'kafka', 'cassandra and kafka', 'everyone'])
      expect(given(diagram({}), '', answer).context?.points, answer).toBe(0)
  })

  test('the right answers are told with the verdict', () => {
    const { context } = given(diagram({}), '', 'kafka')
    expect(context).toMatchObject({
      verdict: 'wrong',
      answer: { id: 's', given: 'kafka', right: 'Cassandra, Dynamo' },
    })
    expect(given(diagram({}), '').context?.verdict).toBe('missing')
  })
})

test('an accepted appeal makes an answer right, but not an empty one', () => {
  const one = diagram({ value: '200 ms' })
  expect(given(one, '0.3 s', '', [acceptedAnswer('f', '300 ms')]).fact?.points).toBe(30)
  expect(given(one, '0.4 s', '', [acceptedAnswer('f', '300 ms')]).fact?.points).toBe(0)
  expect(given(one, '', '', [acceptedAnswer('f', '')]).fact?.points).toBe(0)
  expect(given(one, '0.3 s', '', [acceptedAnswer('s', '0.3 s')]).fact?.points).toBe(0)
})

test('the answers of the reference are right, whatever they look like', () => {
  for (const value of [
    '16',
    '3 replicas',
    '2f + 1',
    'not at all',
    'one or two',
    '09:37 PST',
    'at least once',
    '10-20 ms',
  ]) {
    const one = diagram({ value }, [value])
    const answers = referenceAnswers(one)
    expect(gradeAttempt(one, { drawing: one.drawing, answers, seconds: null }).total, value).toBe(100)
  }
})

test('a name that every object has is no answer', () => {
  const one = diagram({ id: 'constructor', value: 'cassandra' })
  const answers = { facts: {}, context: {} }
  expect(gradeAttempt(one, { drawing: one.drawing, answers, seconds: null }).technical.score).toBe(0)
})
