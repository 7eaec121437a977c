import { expect, test } from 'vitest'
import { ITEMS, perfect, smallCatalogue, smallWorld, value } from '../../test/small-world.ts'
import { attempt } from './attempt.ts'
import { result } from './result.ts'

const CACHING = 'patterns/caching'
const REPLAY = 'mechanisms/replay'

test('a redraw says what it counted for, and what was moved through another says by what', async () => {
  const items = ITEMS.map((item) => (item.id === REPLAY ? { ...item, covers: [CACHING] } : item))
  const world = await smallWorld({ catalogue: smallCatalogue(items) })
  const part = value(await attempt(world, perfect(world, CACHING)))
  value(await attempt(world, perfect(world, REPLAY)))
  const before = value(await result(world, part)).comesBack
  world.later(72)
  const whole = value(await attempt(world, perfect(world, REPLAY)))
  expect(value(await result(world, whole)).comesBack.why).toContain(
    'It counted as 25% of a recall of “The diagram patterns/caching” too, which stands in it.',
  )
  const after = value(await result(world, part)).comesBack
  expect(after.why).toContain(
    'Since then redrawing “The diagram mechanisms/replay”, which holds it, counted as 25% of a recall.',
  )
  expect(after.due > before.due).toBe(true)
  world.later(72)
  value(await attempt(world, perfect(world, REPLAY)))
  expect(value(await result(world, part)).comesBack.why).toContain(
    'Since then “The diagram mechanisms/replay”, which holds it, was redrawn 2 times: that counted as 50% of a recall in all.',
  )

  world.later(72)
  const failed = {
    ...perfect(world, CACHING),
    drawing: 'client -> queue',
    answers: { facts: {}, context: {} },
  }
  const miss = value(await attempt(world, failed))
  expect(value(await result(world, miss)).comesBack.why).toContain(
    'It counted as 15% of a failed recall of “The diagram mechanisms/replay” too, which holds it.',
  )
})
