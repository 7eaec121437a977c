import { describe, expect, test } from 'vitest'
import { FIGURES, HISTOGRAM, STATION_BYTES, WORDS } from './columns.ts'
import * as places from './places.ts'
import { HEADS, TOP } from './records.ts'
import { FLOATS, INTS } from './slots.ts'

/** `places.ts` has numbers where it cannot ask (see there): that they are right is shown here. */
describe('the places of the arena', () => {
  const line = 64

  test('have room for what they are of', () => {
    expect(places.HEADS_AT - places.CLOCK_AT).toBeGreaterThanOrEqual(2 * 8)
    expect(places.STEPS_AT - places.HEADS_AT).toBeGreaterThanOrEqual(4 * HEADS)
    expect(places.ZIGGURAT_AT - places.STEPS_AT).toBeGreaterThanOrEqual(4 * 4)
    expect(places.STATIONS_AT - places.CALLS_AT).toBe(4 * INTS * places.SLOTS_THERE)
    expect(places.VISITS_AT - places.STATIONS_AT).toBe(STATION_BYTES * places.STATIONS)
    expect(places.PROGRAM_AT - places.VISITS_AT).toBe(4 * HISTOGRAM * places.STATIONS)
    expect(STATION_BYTES).toBe(4 * WORDS + 8 * FIGURES)
    expect(8 * FLOATS).toBe(4 * INTS)
  })

  test('keep what is looked at together in one line of the cache', () => {
    expect((places.TIMES_AT + 8 * (4 * TOP - 8)) % 32).toBe(0)
    expect(places.CALLS_AT % line).toBe(0)
    expect((4 * INTS) % line).toBe(0)
    expect(places.STATIONS_AT % line).toBe(0)
  })

  test('follow each other', () => {
    const all = Object.entries(places).flatMap(([name, at]) => (name.endsWith('_AT') ? [at] : []))
    expect(all).toEqual(all.toSorted((a, b) => a - b))
    expect(all.every((at) => at % 16 === 0)).toBe(true)
    expect(places.REST).toBeGreaterThan(all.at(-1) ?? 0)
  })
})
