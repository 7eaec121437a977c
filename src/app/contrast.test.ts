import { describe, expect, test } from 'vitest'
import { perfect, type SmallWorld, smallWorld, value } from '../../test/small-world.ts'
import { attempt } from './attempt.ts'
import { contrastView, dueDrills, finishContrast, undoContrast } from './contrast.ts'
import { loadLearner } from './learner.ts'
import { mistakes } from './mistakes.ts'
import { undoAttempt } from './undo-attempt.ts'

const CACHING = 'patterns/caching'
const REPLAY = 'mechanisms/replay'
const nothing = { places: {}, answers: { facts: {}, context: {} }, seconds: 60, hints: 0, event: null }

/** A queue where the cache belongs, on two diagrams, a day apart each. */
async function confused(times = 3): Promise<{ world: SmallWorld; attempts: string[] }> {
  const world = await smallWorld()
  const attempts: string[] = []
  for (let i = 0; i < times; i++) {
    world.later(24)
    const id = i % 2 === 0 ? CACHING : REPLAY
    const drawing = 'client -> api -> queue: get\napi -> database: query'
    attempts.push(value(await attempt(world, { ...nothing, id, drawing })).attempt)
  }
  return { world, attempts }
}

const due = async (world: SmallWorld) => dueDrills(world, value(await loadLearner(world)))
const confusions = async (world: SmallWorld) => value(await mistakes(world)).confusions

/** The blanks named, the connections drawn: the queue's side after the cache's. */
const RIGHT = [
  '1: cache\nclient -> api\napi -> database: query\napi -> 1',
  '1: queue\nclient -> 1 -> worker\nworker -> database',
]

async function drill(world: SmallWorld, drawings: readonly string[] = RIGHT, event: string | null = null) {
  const [one] = await due(world)
  if (one === undefined) throw new Error('no drill is due')
  const view = value(await contrastView(world, one))
  const diagrams = view.sides.map(({ diagram }) => diagram)
  const input = { drill: one.drill, diagrams, drawings, seconds: 40, event }
  return { view, input, result: value(await finishContrast(world, input)) }
}

describe('a confusion', () => {
  test('twice is seldom, three times across diagrams is a drill', async () => {
    const { world } = await confused(2)
    expect(await confusions(world)).toMatchObject([
      { expected: 'Cache', drawn: 'Queue', times: 2, state: 'seldom', drill: null },
    ])
    expect(await due(world)).toEqual([])
    const three = await confused(3)
    expect(await confusions(three.world)).toMatchObject([
      { times: 3, state: 'due', drill: expect.any(String) },
    ])
    expect(await due(three.world)).toEqual([{ drill: expect.any(String), minutes: 2 }])
  })

  test('an undone attempt has confused nothing', async () => {
    const { world, attempts } = await confused(3)
    await undoAttempt(world, { attempt: attempts[1] ?? '' })
    expect(await due(world)).toEqual([])
  })

  test('of one moment is the same, whichever device’s log came first', async () => {
    const [one, other] = [await smallWorld(), await smallWorld()]
    const both: readonly (readonly [string, string])[] = [
      [CACHING, 'client -> api -> queue: get\napi -> database: query'],
      ['patterns/queueing', 'client -> cache -> worker\nworker -> database'],
    ]
    for (const [id, drawing] of both) await attempt(one, { ...nothing, id, drawing })
    const { events } = value(await one.store.read('me'))
    for (const event of [...events].reverse()) {
      value(await other.store.append([event]))
      await confusions(other)
    }
    expect(await confusions(other)).toEqual(await confusions(one))
  })

  test('what nothing shows cannot be set beside it, and is said so', async () => {
    const world = await smallWorld()
    for (let i = 0; i < 3; i++) {
      world.later(24)
      await attempt(world, { ...nothing, id: CACHING, drawing: 'client -> api -> zebra\napi -> database' })
    }
    expect(await confusions(world)).toMatchObject([{ drawn: 'zebra', state: 'alone', drill: null }])
    expect(await due(world)).toEqual([])
  })
})

describe('a drill', () => {
  test('shows the place of each and a place where the other one stands, and names neither', async () => {
    const { world } = await confused()
    const { view } = await drill(world)
    expect(view.sides.map(({ diagram, blanks, connections }) => [diagram, blanks, connections])).toEqual([
      [CACHING, [{ number: 1, node: '1' }], true],
      ['patterns/queueing', [{ number: 1, node: '1' }], true],
    ])
    expect(view.sides[0]?.drawing).toBe(
      'client: Client\napi: Api\n1\ndatabase: Database\nclient -> api: get\napi -> database: query',
    )
    const {
      title: _,
      question: __,
      diagram: ___,
      ...first
    } = view.sides[0] ?? { title: '', question: '', diagram: '' }
    expect(JSON.stringify([first, view.drill])).not.toMatch(/cache|queue/i)
    expect(view.sides[0]?.places['1']).toEqual({ x: expect.any(Number), y: expect.any(Number) })
  })

  test('all right: the pair rests a week, then three, and each thing is explained', async () => {
    const { world } = await confused()
    const { result } = await drill(world)
    expect(result).toMatchObject({ asked: 5, right: 5, expected: 'Cache', drawn: 'Queue' })
    expect(result.things).toEqual([
      {
        name: 'Cache',
        title: 'The diagram patterns/caching',
        says: 'Because it is near.',
        from: ['Api'],
        to: [],
      },
      { name: 'Queue', title: expect.any(String), says: null, from: ['Client'], to: ['Worker'] },
    ])
    expect(await due(world)).toEqual([])
    expect(await confusions(world)).toMatchObject([{ state: 'resting', due: '2026-03-12T09:00:00.000Z' }])
    world.later(24 * 7)
    const again = await drill(world)
    expect(again.result.due).toBe('2026-04-02T09:00:00.000Z')
  })

  test('confused again while it rests, it is due at once', async () => {
    const { world } = await confused()
    await drill(world)
    world.later(24)
    await attempt(world, { ...nothing, id: CACHING, drawing: 'client -> api -> queue: get\napi -> database' })
    expect(await due(world)).toHaveLength(1)
  })

  test('what is wrong says so, element by element, and comes back the next day', async () => {
    const { world } = await confused()
    const { result } = await drill(world, [
      '1: queue\nclient -> api\napi -> database: query\n1 -> api',
      '1\nclient -> 1\nworker -> database\nworker -> 1\ndatabase -> client',
    ])
    expect(
      result.sides.map(({ elements }) => elements.map(({ verdict, label }) => `${verdict} ${label}`)),
    ).toEqual([
      ['wrong Cache', 'reversed Api → Cache'],
      ['missing Queue', 'matched Client → Queue', 'reversed Queue → Worker', 'extra Database → Client'],
    ])
    expect(result).toMatchObject({ asked: 5, right: 0, due: '2026-03-06T09:00:00.000Z' })
  })

  test('comes back in the morning of its day, not at the hour of the last one, and counts as in time', async () => {
    const { world } = await confused()
    await drill(world, ['client', 'client'])
    world.at('2026-03-05T23:59:00.000Z')
    expect(await due(world)).toEqual([])
    world.at('2026-03-06T00:01:00.000Z')
    expect(await due(world)).toHaveLength(1)
    expect((await confusions(world))[0]?.state).toBe('due')
    await drill(world)
    world.at('2026-03-13T00:00:00.000Z')
    expect((await drill(world)).result.due).toBe('2026-04-03T00:00:00.000Z')
  })

  test('is recorded once, however often it is sent', async () => {
    const { world } = await confused()
    const { input, result } = await drill(world, RIGHT, world.ids.next())
    world.later(1)
    expect(value(await finishContrast(world, input))).toMatchObject({
      asked: result.asked,
      right: result.right,
    })
    const { events } = value(await world.store.read('me'))
    expect(events.filter(({ type }) => type === 'contrast.drilled')).toMatchObject([
      {
        payload: {
          expected: 'cache',
          drawn: 'queue',
          diagrams: [CACHING, 'patterns/queueing'],
          asked: 5,
          right: 5,
        },
      },
    ])
  })

  test('taken back is as if it had not been, once and for all', async () => {
    const { world, attempts } = await confused()
    const before = await confusions(world)
    const { result } = await drill(world, ['client', 'client'])
    expect(await due(world)).toEqual([])
    for (let i = 0; i < 2; i++) value(await undoContrast(world, result))
    expect(await confusions(world)).toEqual(before)
    expect(await due(world)).toHaveLength(1)
    const { events } = value(await world.store.read('me'))
    expect(events.filter(({ type }) => type === 'recall.undone')).toHaveLength(1)
    for (const drilled of [attempts[0] ?? '', world.ids.next()])
      expect(await undoContrast(world, { drilled })).toMatchObject({
        ok: false,
        error: { code: 'not-found' },
      })
  })

  test('under the key of something else is refused', async () => {
    const { world, attempts } = await confused()
    const [one] = await due(world)
    const input = { drill: one?.drill ?? '', diagrams: [CACHING], drawings: [RIGHT[0] ?? ''], seconds: null }
    const sent = await finishContrast(world, { ...input, event: attempts[0] ?? null })
    expect(sent).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(await due(world)).toHaveLength(1)
  })

  test('of other diagrams, or in no notation, is refused and recorded nowhere', async () => {
    const { world } = await confused()
    const [one] = await due(world)
    const send = (diagrams: string[], drawings: string[]) =>
      finishContrast(world, { drill: one?.drill ?? '', diagrams, drawings, seconds: null, event: null })
    expect(await send(['incidents/outage'], ['x'])).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(await send(['patterns/nowhere'], ['x'])).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(await send([], [])).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(await send([CACHING], ['-> -> {'])).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(await contrastView(world, { drill: 'nonsense' })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
    expect((await confusions(world))[0]?.drills).toBe(0)
  })
})

test('one who never confuses anything has no drill', async () => {
  const world = await smallWorld()
  await attempt(world, perfect(world, CACHING))
  expect(await confusions(world)).toEqual([])
})
