import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stem, wordsOf } from './stems.ts'

const stems = (label: string): string[] => [...wordsOf(label).stems]

test.each([
  ['remove', 'removes', 'removed', 'removing'],
  ['stop', 'stops', 'stopped', 'stopping'],
  ['call', 'calls', 'called', 'calling'],
  ['retry', 'retries', 'retried', 'retrying'],
  ['run', 'runs', 'ran', 'running'],
  ['send', 'sends', 'sent', 'sending'],
  ['lose', 'lost', 'loss', 'losses'],
  ['crash', 'crashes', 'crashed', 'crashing'],
  ['use', 'uses', 'used', 'using'],
  ['eight', '8'],
  ['eighth', '8th'],
  ['start', 'begins', 'began'],
  ['restored', 'recovered', 'back'],
])('%s is one word in all its forms', (...forms) => {
  expect(new Set(forms.map(stem)).size, forms.join()).toBe(1)
})

test.each([
  ['start', 'stop'],
  ['up', 'down'],
  ['add', 'remove'],
  ['before', 'after'],
  ['enable', 'disable'],
  ['primary', 'replica'],
  ['old', 'new'],
  ['open', 'closed'],
  ['read', 'write'],
  ['push', 'pull'],
  ['sync', 'async'],
  ['leader', 'lead'],
  ['string', 'str'],
  ['speed', 'spe'],
  ['8', '80'],
  ['8.0', '8'],
])('%s is not %s', (one, other) => expect(stem(one)).not.toBe(stem(other)))

test('what stands between words and words that say nothing do not count', () => {
  expect(stems('The index, and (the) placement: full restart')).toEqual(
    stems('index + placement/full restart'),
  )
  expect(stems('→ …')).toEqual([])
  expect(stems('upgraded to 8.0.')).toEqual(stems('upgrade 8.0'))
})

test('a negation is seen in any of its spellings', () => {
  for (const label of ['not healthy', 'can’t log in', "doesn't start", 'w/o standby', 'restart failed'])
    expect(wordsOf(label).negated, label).toBe(true)
  expect(wordsOf('note taken').negated).toBe(false)
})

test('any label has words, and the same words in any case', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (label) => {
      expect(wordsOf(label)).toEqual(wordsOf(label))
      expect(wordsOf(label).stems.size).toBeLessThanOrEqual(wordsOf(label).count)
    }),
  )
})
