import { describe, expect, test } from 'vitest'
import { createFitter, fitMemory } from '#app/fit-memory.ts'
import { loadLearner } from '#app/learner.ts'
import { DEFAULT_PARAMETERS, type FitSequence, judgedReviews } from '#domain/memory/index.ts'
import { type LearnerEvent, parametersOf } from '#domain/progress/index.ts'
import { uuidv7 } from '#lib/ids.ts'
import { fitParameters } from '../src/world-fit.ts'
import { simulatedSequences } from './simulated-sequences.ts'
import { ITEMS, type SmallWorld, smallCatalogue, smallWorld, value } from './small-world.ts'

/** Learners whose truth is known, and the real optimizer in its process. */

const ODD = DEFAULT_PARAMETERS.map((w, i) => (i < 4 ? w / 4 : i === 8 ? w - 1 : i === 20 ? 0.5 : w))

function eventsOf(sequences: readonly FitSequence[]): LearnerEvent[] {
  let n = 0
  return sequences.flatMap((sequence, item) =>
    sequence.map(({ at, rating }): LearnerEvent => {
      n++
      return {
        id: uuidv7(
          at,
          Uint8Array.from({ length: 10 }, (_, i) => (n >> (i * 4)) % 256),
        ),
        learner: 'me',
        at: new Date(at).toISOString(),
        type: 'review.imported',
        v: 1,
        payload: { from: 'anki', diagram: `patterns/d-${item}`, fact: null, rating, seconds: null },
      }
    }),
  )
}

/** A world where the learner has reviewed so. */
async function worldOf(sequences: readonly FitSequence[], over: Partial<SmallWorld> = {}) {
  const [first] = ITEMS
  const items = sequences.map((_, i) => ({ ...(first as (typeof ITEMS)[number]), id: `patterns/d-${i}` }))
  const world = await smallWorld({ catalogue: smallCatalogue(items), fitParameters, ...over })
  value(await world.store.append(eventsOf(sequences)))
  world.at('2025-09-01T09:00:00.000Z')
  return world
}

const never = new AbortController().signal
const nothing = () => undefined
const stateOf = async (world: SmallWorld) => value(await loadLearner(world)).state

describe('parameters of a learner’s own', () => {
  test('are adopted where the learner forgets otherwise than the defaults say, and count from then on', async () => {
    const world = await worldOf(simulatedSequences(ODD, 200, 1))
    const shares: number[] = []
    const outcome = value(await fitMemory(world, (share) => shares.push(share), never))
    expect(outcome).toMatchObject({ adopted: true })
    expect(outcome.lossAfter).toBeLessThan(outcome.lossBefore)
    expect(shares.length).toBeGreaterThan(0)
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
    const { parameters, fit } = parametersOf(await stateOf(world))
    expect(fit).not.toBeNull()
    expect(parameters).not.toEqual(DEFAULT_PARAMETERS)
  })

  test.each([
    ['the learner is as the defaults say', 0],
    ['the outcomes are half noise', 0.5],
  ])(
    'are hardly ever adopted where %s, and every trial leaves its evidence',
    async (_, noise) => {
      let adopted = 0
      for (const seed of [11, 12, 13, 14, 15]) {
        const world = await worldOf(simulatedSequences(DEFAULT_PARAMETERS, 90, seed, noise))
        const outcome = value(await fitMemory(world, nothing, never))
        expect((await stateOf(world)).fits).toHaveLength(1)
        if (outcome.adopted) adopted++
        else expect(parametersOf(await stateOf(world)).parameters).toEqual(DEFAULT_PARAMETERS)
      }
      expect(adopted).toBeLessThanOrEqual(1)
    },
    60_000,
  )

  test('are not tried on too few recalls', async () => {
    const world = await worldOf(simulatedSequences(ODD, 10, 1))
    const outcome = await fitMemory(world, nothing, never)
    expect(outcome.ok === false && outcome.error.message).toContain('it needs 400')
  })
})

describe('a fit that is stopped', () => {
  test('half-way leaves nothing behind, and the next one works', async () => {
    const world = await worldOf(simulatedSequences(ODD, 200, 1))
    const controller = new AbortController()
    const stopped = await fitMemory(world, () => controller.abort(), controller.signal)
    expect(stopped.ok === false && stopped.error.message).toBe('The fit was stopped.')
    expect((await stateOf(world)).fits).toEqual([])
    expect((await fitMemory(world, nothing, never)).ok).toBe(true)
  })

  test('before it began does not begin', async () => {
    const outcome = await fitParameters([], nothing, AbortSignal.abort())
    expect(outcome.ok).toBe(false)
  })

  test('by a fault of the optimizer says so, and keeps what stands', async () => {
    const world = await worldOf(simulatedSequences(ODD, 200, 1), {
      fitParameters: async () => ({ ok: false, error: { message: 'It fell over.', mend: 'Pick it up.' } }),
    })
    const fitter = createFitter(world)
    fitter.begin()
    await expect.poll(async () => value(await fitter.view()).failure).toBe('It fell over. Pick it up.')
    expect(value(await fitter.view())).toMatchObject({ running: null, last: null, inForce: 'default' })
  })
})

describe('in the background', () => {
  test('one begins by itself when there are enough recalls, and again for a quarter more', async () => {
    const sequences = simulatedSequences(ODD, 200, 1)
    let asked = 0
    const world = await worldOf(sequences, {
      fitParameters: async () => {
        asked++
        return { ok: true, value: { parameters: ODD, optimizer: 'test' } }
      },
    })
    const fitter = createFitter(world)
    await fitter.consider()
    await expect.poll(async () => value(await fitter.view()).last?.adopted).toBe(true)
    await expect.poll(async () => value(await fitter.view()).running).toBeNull()
    await fitter.consider()
    expect(asked).toBe(1)
    const { reviews, nextFrom } = value(await fitter.view())
    expect(reviews).toBe(judgedReviews(sequences))
    expect(nextFrom).toBe(Math.ceil(reviews * 1.25))
  })

  test('one that was stopped waits until it is asked for', async () => {
    let asked = 0
    const world = await worldOf(simulatedSequences(ODD, 200, 1), {
      fitParameters: (_, __, signal) =>
        new Promise((resolve) => {
          asked++
          signal.addEventListener('abort', () =>
            resolve({ ok: false, error: { message: 'The fit was stopped.', mend: '' } }),
          )
        }),
    })
    const fitter = createFitter(world)
    await fitter.consider()
    await expect.poll(() => asked).toBe(1)
    fitter.stop()
    await expect.poll(async () => value(await fitter.view()).running).toBeNull()
    await fitter.consider()
    expect(value(await fitter.view())).toMatchObject({ running: null, failure: null, last: null })
    fitter.begin()
    await expect.poll(() => asked).toBe(2)
    fitter.stop()
  })
})
