import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placesByRank } from './rank-sort.ts'

const rank = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.constantFrom(0, 1, 2047, 2048, 2 ** 22 - 1, 2 ** 22, 2 ** 31, 2 ** 32 - 1),
)

test('places by rank are those of a sort that compares and keeps what is equal as it came', () => {
  fc.assert(
    fc.property(fc.array(rank, { maxLength: 80 }), (ranks) => {
      const compared = ranks.map((_, place) => place)
      compared.sort((a, b) => (ranks[a] as number) - (ranks[b] as number))
      expect([...placesByRank(Uint32Array.from(ranks))]).toEqual(compared)
    }),
  )
})
