import { describe, expect, test } from 'vitest'
import { isCombination, type Pressed } from './keys.tsx'
import { routeOf } from './router.ts'
import { asOfWords, clockWords, dueWords, points } from './ui/words.ts'

describe('addresses', () => {
  test.each([
    ['/', { page: 'today' }],
    ['/library', { page: 'library' }],
    ['/learn/patterns/cache-aside', { page: 'learn', id: 'patterns/cache-aside' }],
    ['/recall/patterns/cache-aside/', { page: 'recall', id: 'patterns/cache-aside' }],
    ['/attempts/0192f1c2-0000-7000-8000-000000000000', expect.objectContaining({ page: 'result' })],
    ['/learn/patterns', { page: 'lost' }],
    ['/recall/patterns/../x', { page: 'lost' }],
    ['/library/x', { page: 'lost' }],
    ['/nowhere', { page: 'lost' }],
  ])('%s', (path, route) => {
    expect(routeOf(path)).toEqual(route)
  })
})

describe('keys', () => {
  const press = (key: string, held: Partial<Pressed> = {}): Pressed => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...held,
  })

  test('a combination is told from its neighbours', () => {
    expect(isCombination(press('z', { ctrlKey: true }), 'Ctrl+Z')).toBe(true)
    expect(isCombination(press('Z', { ctrlKey: true, shiftKey: true }), 'Ctrl+Z')).toBe(false)
    expect(isCombination(press('Z', { metaKey: true, shiftKey: true }), 'Ctrl+Shift+Z')).toBe(true)
    expect(isCombination(press('z'), 'Ctrl+Z')).toBe(false)
    expect(isCombination(press(' '), 'Space')).toBe(true)
  })

  test('a sign that needs Shift on some keyboards is the same sign', () => {
    expect(isCombination(press('?', { shiftKey: true }), '?')).toBe(true)
    expect(isCombination(press('.', { ctrlKey: true }), 'Ctrl+.')).toBe(true)
  })
})

describe('words', () => {
  const now = new Date(2026, 10, 20, 10, 0)
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()

  test('when something is due', () => {
    expect(dueWords(later(-1), now)).toBe('now')
    expect(dueWords(later(0.5), now)).toBe('in 30 minutes')
    expect(dueWords(later(5), now)).toBe('today at 15:00')
    expect(dueWords(later(24), now)).toBe('tomorrow')
    expect(dueWords(later(24 * 4), now)).toBe('on Tuesday 24 November')
    expect(dueWords(later(24 * 90), now)).toBe('on 18 February 2027')
  })

  test('times, points and dates', () => {
    expect([clockWords(5), clockWords(125), clockWords(3729)]).toEqual(['0:05', '2:05', '1:02:09'])
    expect([points(40), points(29.649999)]).toEqual(['40', '29.6'])
    expect([asOfWords('2017'), asOfWords('2021-07'), asOfWords('2017-02-28')]).toEqual([
      '2017',
      'July 2021',
      '28 February 2017',
    ])
  })
})
