import { expect, it } from 'vitest'
import { fnv1a64 } from './hash.ts'

it('is the published FNV-1a of the bytes of UTF-16', () => {
  // The offset basis for no bytes; then 'a' as the bytes 61 00, worked out from the definition.
  expect(fnv1a64('')).toBe('cbf29ce484222325')
  const prime = 0x100000001b3n
  const mask = (1n << 64n) - 1n
  const step = (hash: bigint, byte: bigint) => ((hash ^ byte) * prime) & mask
  const expected = step(step(0xcbf29ce484222325n, 0x61n), 0n)
  expect(fnv1a64('a')).toBe(expected.toString(16).padStart(16, '0'))
})

it('tells apart texts that differ in one place', () => {
  const texts = [
    'client -> api',
    'client -> apj',
    'client <- api',
    'client -> api ',
    'Client -> api',
    'ä',
    'Ӥ',
  ]
  expect(new Set(texts.map(fnv1a64)).size).toBe(texts.length)
})
