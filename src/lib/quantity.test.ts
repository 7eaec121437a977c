import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatQuantity, parseQuantity, sameQuantity, yearOf } from './quantity.ts'

const read = (text: string) => {
  const found = parseQuantity(text)
  return found && { value: found.value, unit: found.unit }
}

describe('what people write', () => {
  test.each<[string, number, string]>([
    ['16', 16, ''],
    ['-3', -3, ''],
    ['1,234,567', 1_234_567, ''],
    ['1.2M', 1_200_000, ''],
    ['1.2 million users', 1_200_000, ''],
    ['1.5B requests', 1.5e9, ''],
    ['3bn', 3e9, ''],
    ['2^32', 2 ** 32, ''],
    ['1e6', 1e6, ''],
    ['200ms', 0.2, 's'],
    ['0.2 s', 0.2, 's'],
    ['250 µs', 0.00025, 's'],
    ['4 h 17 min', 15_420, 's'],
    ['4h17m', 15_420, 's'],
    ['1 hour, 30 minutes and 5 seconds', 5405, 's'],
    ['+5 min', 300, 's'],
    ['3 days', 259_200, 's'],
    ['5k rps', 5000, '/s'],
    ['5000/s', 5000, '/s'],
    ['5,000 req/s', 5000, '/s'],
    ['5000 requests per second', 5000, '/s'],
    ['300k QPS', 300_000, '/s'],
    ['60 per minute', 1, '/s'],
    ['3 TB', 3e12, 'B'],
    ['3TiB', 3 * 2 ** 40, 'B'],
    ['64 B', 64, 'B'],
    ['64 KB', 64_000, 'B'],
    ['64 kilobytes', 64_000, 'B'],
    ['8 bits', 1, 'B'],
    ['10 Gbps', 1.25e9, 'B/s'],
    ['10 gbit/s', 1.25e9, 'B/s'],
    ['125 MB/s', 1.25e8, 'B/s'],
    ['1 Gb', 1.25e8, 'B'],
    ['1 gb', 1e9, 'B'],
    ['99.95%', 99.95, '%'],
    ['99.95 percent', 99.95, '%'],
    ['10x', 10, 'x'],
    ['20-fold', 20, 'x'],
    ['128-bit', 16, 'B'],
    ['100Mi', 100 * 2 ** 20, 'B'],
    ['16 mebibytes', 2 ** 24, 'B'],
    ['200 ppm', 0.02, '%'],
    ['$12', 12, 'usd'],
    ['$1.2M', 1.2e6, 'usd'],
    ['$460m', 460e6, 'usd'],
    ['440 million dollars', 440e6, 'usd'],
    ['50 cents', 0.5, 'usd'],
    ['€3', 3, 'eur'],
    ['$0.09/GB', 0.09 / 1e9, 'usd/B'],
    ['$0.045 per GB', 0.045 / 1e9, 'usd/B'],
    ['$0.40 per million requests', 0.4 / 1e6, 'usd'],
    ['$0.045 an hour', 0.045 / 3600, 'usd/s'],
    ['100 W', 100, 'W'],
    ['1 kWh', 3.6e6, 'W·s'],
    ['09:37', 34_620, 'clock'],
    ['9:37 pm', 77_820, 'clock'],
    ['23:59:59', 86_399, 'clock'],
    ['1970-01-02', 1, 'day'],
    ['2017-02-28', 17_225, 'day'],
    ['28 February 2017', 17_225, 'day'],
    ['Feb 28, 2017', 17_225, 'day'],
    ['2017-02', 24_205, 'month'],
    ['February 2017', 24_205, 'month'],
  ])('%s', (text, value, unit) => {
    expect(read(text)?.unit).toBe(unit)
    expect(read(text)?.value).toBeCloseTo(value, 9)
  })

  test.each([
    '',
    'ms',
    'cassandra',
    '5-10 ms',
    '3-way',
    '2-phase commit',
    '16 or 32',
    '25:00',
    '10:75',
    '2017-02-30',
    '2017-13',
    '5 parsecs',
    '3 / 0 s',
    '1,5 s',
    '4 min 4 h',
    '16 ms ms ms extra',
    '$',
    'node-3',
    '1e300 EB',
    '9e999',
  ])('"%s" is no quantity', (text) => {
    expect(parseQuantity(text)).toBeNull()
  })

  test('a price for storage over time', () => {
    const price = parseQuantity('$0.023/GB-month')
    expect(price?.unit).toBe('usd/B·s')
    const same = parseQuantity('$23 per TB month')
    expect(price && same && sameQuantity(price, same, 0)).toBe(true)
    const other = parseQuantity('$0.023/GB')
    expect(price && other && sameQuantity(price, other, 0)).toBe(false)
  })
})

const same = (right: string, given: string, tolerance = 0): boolean => {
  const [a, b] = [parseQuantity(right), parseQuantity(given)]
  return a !== null && b !== null && sameQuantity(a, b, tolerance)
}

describe('the same quantity', () => {
  test.each([
    ['200ms', '0.2 s'],
    ['5k rps', '5000/s'],
    ['1 Gbps', '125 MB/s'],
    ['24 months', '2 years'],
    ['09:37', '09:37 PST'],
    ['14:00 UTC', '2:00 pm GMT'],
    ['2017-02', '2017-02-28'],
    ['28 Feb 2017', '2017-02-28'],
  ])('%s is %s', (right, given) => {
    expect(same(right, given)).toBe(true)
  })

  test.each([
    ['5k rps', '50k rps'],
    ['3 TB', '3 TiB'],
    ['3 TB', '3 Tb'],
    ['09:37 PST', '09:37 UTC'],
    ['2017-02-28', '2017-02'],
    ['200 ms', '200'],
    ['99.9%', '99.99%'],
    ['16', '16 s'],
  ])('%s is not %s', (right, given) => {
    expect(same(right, given)).toBe(false)
  })

  test('a tolerance is in base units and counts at its edge', () => {
    expect(same('200 ms', '210 ms', 0.01)).toBe(true)
    expect(same('200 ms', '211 ms', 0.01)).toBe(false)
    expect(parseQuantity('200 ms')?.scale).toBeCloseTo(0.001, 12)
    expect(parseQuantity('09:37')?.scale).toBe(60)
  })

  test('years', () => {
    expect(yearOf({ value: 24_205, unit: 'month', scale: 1 })).toBe(2017)
    expect(yearOf({ value: 17_225, unit: 'day', scale: 1 })).toBe(2017)
    expect(yearOf({ value: 2017, unit: '', scale: 1 })).toBeNull()
  })
})

test('what is written is read as the same quantity', () => {
  const units = [
    '',
    '%',
    'x',
    's',
    'B',
    '/s',
    'B/s',
    'usd',
    'eur',
    'usd/B',
    'usd/s',
    'usd/B·s',
    'W',
    'W·s',
    'km',
  ]
  const number = fc.double({ min: 1e-6, max: 1e15, noNaN: true })
  const measured = fc.record({ value: number, unit: fc.constantFrom(...units) })
  const clock = fc.record({ value: fc.integer({ min: 0, max: 86_399 }), unit: fc.constant('clock') })
  const day = fc.record({ value: fc.integer({ min: -200_000, max: 200_000 }), unit: fc.constant('day') })
  const month = fc.record({ value: fc.integer({ min: 12_000, max: 36_000 }), unit: fc.constant('month') })
  fc.assert(
    fc.property(fc.oneof(measured, clock, day, month), (quantity) => {
      const text = formatQuantity({ ...quantity, scale: 1 })
      const back = parseQuantity(text)
      expect(back, text).not.toBeNull()
      if (back) expect(sameQuantity({ ...quantity, scale: 1 }, back, 0), text).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('no text breaks it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const found = parseQuantity(text)
      if (found) expect(Number.isFinite(found.value)).toBe(true)
    }),
    { numRuns: 5000 },
  )
  expect(parseQuantity('9'.repeat(1_000_000))).toBeNull()
})

/** As they stand in price lists, runbooks and on whiteboards: the second is the same, plainly written. */
const IN_REAL_LIFE: readonly (readonly [string, string])[] = [
  ['200ms', '0.2 s'],
  ['5k rps', '5000/s'],
  ['1.2M', '1,200,000'],
  ['3 TB', '3000 GB'],
  ['10:37', '10:37:00'],
  ['99.95%', '99.95 percent'],
  ['$0.023/GB-month', '$23 per TB per month'],
  ['$0.20/1M requests', '$0.0000002 per request'],
  ['$0.20 per 1M requests', '$0.20 / million requests'],
  ['$0.20 per 1m requests', '$0.20/1M requests'],
  ['$3.50/M requests', '$3.50 per million requests'],
  ['$0.0000166667/GB-s', '$0.0000166667 per GB-second'],
  ['$0.40/M writes', '40 cents per million writes'],
  ['$1.25/1M reads', '1.25 USD per 1,000,000 reads'],
  ['$0.045/h', '$0.045 per hour'],
  ['0.045 $/h', '$0.045/hour'],
  ['0.023 USD/GB/month', '$0.023/GB-month'],
  ['€0.02/GB', '20 EUR per TB'],
  ['$1.2k/month', '1200 dollars a month'],
  ['$1M/yr', '$1,000,000 per year'],
  ['10 Gbps', '1.25 GB/s'],
  ['10Gbit/s', '10,000 Mbps'],
  ['100MiB/s', '104857600 B/s'],
  ['512 KiB', '524288 bytes'],
  ['64 KBps', '64 kB/s'],
  ['200 Kb', '25 kB'],
  ['1M ops/s', '1,000,000 op/s'],
  ['1 M ops/s', '1000k ops/s'],
  ['2.5 million writes/s', '2.5M writes per second'],
  ['10k msgs/s', '10,000 messages per second'],
  ['50k QPS', '50,000 queries/s'],
  ['500 req/min', '500 rpm'],
  ['3m users', '3 million users'],
  ['3M users', '3,000,000 users'],
  ['20k conn', '20,000 connections'],
  ['5m', '300 s'],
  ['1h30m', '90 min'],
  ['4 h 17 min', '257 minutes'],
  ['5:00 pm', '17:00'],
  ['2 weeks', '14 d'],
  ['7 yrs', '84 months'],
  ['100 GB/day', '0.1 TB per day'],
  ['1_000_000', '1e6'],
  ['2^20', '1,048,576'],
  ['~200 ms', '200 ms'],
  ['about 6,700', '6.7k'],
  ['≈ $5', '$5'],
  ['0.5 ppm', '0.00005%'],
  ['2.4 GHz', '2400 MHz'],
  ['1 kWh', '3600 kW·s'],
  ['3µs/op', '3 us per operation'],
  ['16 vCPUs', '16'],
  ['4 GPUs', '4'],
]

test.each(IN_REAL_LIFE)('%s is %s', (one, other) => {
  const [a, b] = [parseQuantity(one), parseQuantity(other)]
  expect(a).not.toBeNull()
  expect(b?.unit).toBe(a?.unit)
  expect(Math.abs((b?.value ?? 0) / (a?.value ?? 0) - 1)).toBeLessThan(1e-9)
})

test.each([
  ['$0.20/1M requests', '$0.20 per minute'],
  ['3m users', '3 min'],
  ['5M', '5m'],
  ['10 Gb', '10 GB'],
  ['100 MB/s', '100 Mbps'],
  ['$0.09/GB', '$0.09/GB-month'],
  ['99.95%', '99.95'],
  ['1.5x', '1.5%'],
])('%s is not %s', (one, other) => {
  const [a, b] = [parseQuantity(one), parseQuantity(other)]
  expect(a && b && sameQuantity(a, b, 0)).toBe(false)
})

test.each(['<200ms', '100-200 ms', '5 ± 1 ms', 'p99 200ms', 'about', '~', '3 nines', '1 in 1000'])(
  '%s is no one quantity',
  (text) => expect(parseQuantity(text)).toBeNull(),
)
