import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUuid, uuidv7 } from './ids.ts'

const random = fc.uint8Array({ minLength: 10, maxLength: 10 })
const time = fc.integer({ min: 0, max: 2 ** 48 - 1 })

test('the example of RFC 9562, appendix A.6', () => {
  // rand_a = 0xCC3, rand_b = 0x18C4DC0C0C07398F; the version and the variant overwrite the bits before each.
  const bytes = Uint8Array.of(0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f)
  expect(uuidv7(0x017f22e279b0, bytes)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test('every id is a UUID of version 7, and ids sort by time', () => {
  fc.assert(
    fc.property(time, time, random, random, (a, b, some, other) => {
      const [first, second] = [uuidv7(Math.min(a, b), some), uuidv7(Math.max(a, b), other)]
      expect(isUuid(first)).toBe(true)
      expect(first[14]).toBe('7')
      expect('89ab').toContain(first[19])
      if (a !== b) expect(first < second).toBe(true)
    }),
  )
})

test('what is no UUID is none', () => {
  for (const text of [
    '',
    '017f22e2',
    '017f22e2-79b0-7cc3-18c4-dc0c0c07398f',
    `${uuidv7(1, new Uint8Array(10))}x`,
  ]) {
    expect(isUuid(text)).toBe(false)
  }
})
