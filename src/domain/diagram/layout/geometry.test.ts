import { describe, expect, it } from 'vitest'
import { hull, overlaps, segmentHits, segmentsCross, simplify, snapUp } from './geometry.ts'

const box = { x: 10, y: 10, width: 20, height: 10 }

describe('segmentHits', () => {
  it.each([
    ['through', { x: 0, y: 15 }, { x: 50, y: 15 }, true],
    ['ends inside', { x: 0, y: 15 }, { x: 20, y: 15 }, true],
    ['slanted through a corner region', { x: 5, y: 15 }, { x: 15, y: 5 }, false],
    ['along the border', { x: 0, y: 10 }, { x: 50, y: 10 }, false],
    ['stops before', { x: 0, y: 15 }, { x: 9, y: 15 }, false],
    ['beside', { x: 0, y: 30 }, { x: 50, y: 30 }, false],
  ])('%s', (_, a, b, hits) => {
    expect(segmentHits(a, b, box)).toBe(hits)
    expect(segmentHits(b, a, box)).toBe(hits)
  })
})

describe('segmentsCross', () => {
  const a = { x: 0, y: 0 }
  const b = { x: 10, y: 10 }
  it('counts a crossing', () => expect(segmentsCross(a, b, { x: 0, y: 10 }, { x: 10, y: 0 })).toBe(true))
  it('not a shared end', () => expect(segmentsCross(a, b, b, { x: 20, y: 0 })).toBe(false))
  it('not an end on the other line', () =>
    expect(segmentsCross(a, b, { x: 5, y: 5 }, { x: 5, y: 20 })).toBe(false))
})

describe('boxes and lines', () => {
  it('touching boxes do not overlap', () => {
    expect(overlaps(box, { ...box, x: 30 })).toBe(false)
    expect(overlaps(box, { ...box, x: 28 })).toBe(true)
  })
  it('the hull holds all', () => {
    expect(hull([box, { x: 0, y: 0, width: 1, height: 1 }])).toEqual({ x: 0, y: 0, width: 30, height: 20 })
    expect(hull([])).toBeNull()
  })
  it('points on a straight line go', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 5 },
      { x: 0, y: 9 },
      { x: 4, y: 9 },
    ]
    expect(simplify(points)).toEqual([points[0], points[2], points[3]])
  })
  it('lengths go up to the grid', () => expect([1, 8, 9].map((n) => snapUp(n))).toEqual([8, 8, 16]))
})
