import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FAULT_WORDS, readFault } from './design-fault.ts'

const read = (text: string) => {
  const fault = readFault(text)
  return fault.ok ? fault.value : fault.error
}

describe('a fault in words', () => {
  test('says what is struck, how, when, for how long, how much of it and how fast', () => {
    expect(read('order db slow x0.2 at 60s for 10s on 50% ramp 5s')).toEqual({
      text: 'order db slow x0.2 at 60s for 10s on 50% ramp 5s',
      target: 'order db',
      word: 'slow',
      amount: 0.2,
      atSeconds: 60,
      forSeconds: 10,
      share: 0.5,
      rampSeconds: 5,
    })
  })

  test('goes on to the end where it does not say how long', () => {
    expect(read('api crash at 1 min')).toMatchObject({
      word: 'crash',
      atSeconds: 60,
      forSeconds: null,
      share: 1,
    })
  })

  test('strikes a connection', () => {
    expect(read('api -> db loss 30% at 5s')).toMatchObject({ target: 'api -> db', word: 'loss', amount: 0.3 })
  })

  test.each([
    ['db slow x0.2', /when/],
    ['db slwo x0.2 at 60s', /did you mean `slow`/],
    ['db slow at 60s', /needs a factor/],
    ['db crash x2 at 60s', /takes no number/],
    ['db crash at -5s', /a duration is/],
    ['db crash at 1e9s', /a duration is/],
    ['db errors 300% at 5s', /a share is/],
    ['db slow xNaN at 5s', /takes a factor/],
    ['db crash at 5s for 1s for 2s', /twice/],
    ['', /fault/],
  ])('%s is refused with what to write', (text, why) => {
    expect(read(text)).toMatch(why)
  })

  test('any text is answered, never thrown at', () => {
    const word = fc.constantFrom(...Object.keys(FAULT_WORDS), 'at', 'for', 'on', 'x1', '5s', 'db', '->', '%')
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(text, (line) => {
        const fault = readFault(line)
        if (fault.ok) {
          expect(fault.value.atSeconds).toBeGreaterThanOrEqual(0)
          expect(fault.value.share).toBeLessThanOrEqual(1)
        } else expect(fault.error.length).toBeGreaterThan(10)
      }),
      { numRuns: 500 },
    )
  })
})
