import { describe, expect, test } from 'vitest'
import { perfect, smallWorld, value } from '../../test/small-world.ts'
import { answerMutation } from './answer-mutation.ts'
import { attempt } from './attempt.ts'
import { mistakes, mistakesOfAttempt, noteMistake } from './mistakes.ts'

const CACHING = 'patterns/caching'
const nothing = { places: {}, answers: { facts: {}, context: {} }, seconds: 60, hints: 0, event: null }

describe('the error log', () => {
  test('says in words what was lost, of which kind, and when its diagram comes back', async () => {
    const world = await smallWorld()
    const { answers } = perfect(world, CACHING)
    const drawing = 'client -> api\ndatabase -> api'
    const made = value(await attempt(world, { ...nothing, id: CACHING, drawing, answers }))
    const { mistakes: all, counts } = value(await mistakes(world))
    expect(all.map(({ label, verdict, kind, took }) => [label, verdict, kind, took])).toEqual([
      ['Api → Database', 'reversed', 'conceptual', 0],
      ['Cache', 'missing', 'factual', 1],
    ])
    expect(counts).toEqual({ again: 0, open: 2, mended: 0 })
    expect(all[1]).toMatchObject({
      diagram: CACHING,
      title: 'The diagram patterns/caching',
      name: 'node node:cache',
      losses: [{ attempt: made.attempt, at: '2026-03-02T09:00:00.000Z', line: 'missing node node:cache' }],
      note: null,
      mended: null,
      due: expect.any(String),
    })
  })

  test('of every form there are words for every element', async () => {
    const world = await smallWorld()
    for (const id of ['incidents/outage', 'comparisons/brokers'])
      await attempt(world, { ...nothing, id, drawing: '' })
    const labels = value(await mistakes(world)).mistakes.map(({ element, label }) => `${element} ${label}`)
    expect(labels).toEqual(
      expect.arrayContaining([
        'event 09:37 Deploy',
        'row Queue',
        'column Replay',
        'fact How long?',
        'context Who?',
      ]),
    )
    expect(labels.filter((label) => /(node|row|event|cell):/.test(label))).toEqual([])
  })

  test('a mutation that was missed is in it until it is got', async () => {
    const world = await smallWorld()
    const made = value(await attempt(world, perfect(world, CACHING)))
    await answerMutation(world, { ...made, answer: 'x', mark: 'partly' })
    expect(value(await mistakes(world)).mistakes).toMatchObject([
      { element: 'mutation', kind: 'application', label: 'And if it doubles?', standing: 'open' },
    ])
    expect(
      value(
        await noteMistake(world, {
          ...made,
          line: 'missed mutation',
          kind: 'factual',
          cause: 'c',
          correction: '',
        }),
      ),
    ).toMatchObject({ kind: 'factual' })
  })
})

describe('a note', () => {
  test('stands with its kind, and follows what it is about', async () => {
    const world = await smallWorld()
    const drawing = 'client -> api\napi -> database'
    const one = value(await attempt(world, { ...nothing, id: CACHING, drawing }))
    const note = {
      line: 'missing node node:cache',
      kind: 'application',
      cause: ' I forgot. ',
      correction: 'Reads go there.',
    } as const
    const noted = value(await noteMistake(world, { ...one, ...note }))
    expect(noted).toMatchObject({ kind: 'application', suggested: 'factual', note: { cause: 'I forgot.' } })
    world.later(30)
    const two = value(await attempt(world, { ...nothing, id: CACHING, drawing }))
    const [again] = value(await mistakesOfAttempt(world, two)).filter(
      ({ name }) => name === 'node node:cache',
    )
    expect(again).toMatchObject({
      note: { correction: 'Reads go there.' },
      losses: [{ attempt: two.attempt }, one],
    })
  })

  test('is about something that was lost, or is refused', async () => {
    const world = await smallWorld()
    const one = value(await attempt(world, perfect(world, CACHING)))
    const note = { line: 'missing node node:cache', kind: 'factual', cause: '', correction: '' } as const
    expect(await noteMistake(world, { ...one, ...note })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
    expect(await noteMistake(world, { ...one, ...note, line: 'missed mutation' })).toMatchObject({
      ok: false,
    })
    expect(await noteMistake(world, { attempt: world.ids.next(), ...note })).toMatchObject({ ok: false })
  })
})
