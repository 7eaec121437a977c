import { describe, expect, test } from 'vitest'
import { ITEMS, perfect, type SmallWorld, smallCatalogue, smallWorld, value } from '../../test/small-world.ts'
import { answerMutation } from './answer-mutation.ts'
import { appeal } from './appeal.ts'
import { attempt } from './attempt.ts'
import { changeSettings } from './change-settings.ts'
import { finishLearning } from './finish-learning.ts'
import { learn } from './learn.ts'
import { progress } from './progress.ts'
import { recallView } from './recall-view.ts'
import { result } from './result.ts'
import { saveDraft } from './save-draft.ts'
import { settingsView } from './settings.ts'
import { today } from './today.ts'
import { undoAttempt } from './undo-attempt.ts'
import { withdrawAppeal } from './withdraw-appeal.ts'

const CACHING = 'patterns/caching'
const nothing = {
  drawing: '',
  places: {},
  answers: { facts: {}, context: {} },
  seconds: 200,
  hints: 0,
  event: null,
}
const dueIds = async (world: SmallWorld) => value(await today(world)).due.map(({ id }) => id)
const freshIds = async (world: SmallWorld) => value(await today(world)).fresh.map(({ id }) => id)

describe('the loop', () => {
  test('learn, recall, see the grade, meet it again when it is due', async () => {
    const world = await smallWorld()
    expect(value(await today(world)).next).toEqual({ action: 'learn', id: 'incidents/outage' })
    expect(value(await finishLearning(world, { id: CACHING, seconds: 300 })).due).toBe(
      '2026-03-02T09:10:00.000Z',
    )
    expect(await dueIds(world)).toEqual([])
    world.later(0.2)
    expect(value(await today(world)).next).toEqual({ action: 'recall', id: CACHING })
    const made = value(await attempt(world, perfect(world, CACHING)))
    const view = value(await result(world, made))
    expect(view.grade.total).toBe(100)
    // A week or so, at midnight: how long exactly is the policy's business.
    const { due, because } = view.comesBack
    expect(due).toMatch(/^2026-03-(0[7-9]|1[0-4])T00:00:00.000Z$/)
    const back = `it comes back on ${Number(due.slice(8, 10))} March, when you would still know it with`
    expect(because).toMatch(
      new RegExp(`^100 of 100 within the time counts as easy; ${back} a chance of \\d\\d%\\.$`),
    )
    expect(await dueIds(world)).toEqual([])
    world.at(due)
    expect(await dueIds(world)).toEqual([CACHING])
  })

  test('what failed comes back tomorrow; what saves most memory a minute comes first', async () => {
    const world = await smallWorld()
    await attempt(world, { ...perfect(world, 'mechanisms/replay') })
    world.later(1)
    const failed = value(await attempt(world, { ...nothing, id: CACHING }))
    const view = value(await result(world, failed))
    expect(view.grade.total).toBe(0)
    expect(view.comesBack.because).toBe('0 of 100 counts as not yet remembered; it comes back on 3 March.')
    world.later(24 * 20)
    // The one that took half a minute, before the one that took three and failed.
    expect(await dueIds(world)).toEqual(['mechanisms/replay', CACHING])
  })

  test('an undone attempt leaves things as they were before it', async () => {
    const world = await smallWorld()
    await attempt(world, perfect(world, CACHING))
    const before = value(await today(world)).nextDue
    world.later(1)
    const slip = value(await attempt(world, { ...nothing, id: CACHING }))
    expect(value(await today(world)).nextDue).not.toEqual(before)
    const undone = value(await undoAttempt(world, slip))
    expect(undone).toMatchObject({ undone: true })
    expect(undone.comesBack.because).toMatch(/^This attempt is undone; without it the diagram comes back on/)
    expect(value(await today(world)).nextDue).toEqual(before)
    await undoAttempt(world, slip)
    expect(value(await world.store.read('me')).events).toHaveLength(3)
  })

  test('what was expected stands beside the grade, where it was said', async () => {
    const world = await smallWorld()
    const said = value(await attempt(world, { ...perfect(world, CACHING), confidence: 80 }))
    expect(value(await result(world, said)).expected).toBe(80)
    const unsaid = value(await attempt(world, perfect(world, CACHING)))
    expect(value(await result(world, unsaid)).expected).toBeNull()
  })

  test('a request that is repeated is recorded once', async () => {
    const world = await smallWorld()
    const event = '019a9c10-0000-7000-8000-000000000001'
    const once = await attempt(world, { ...perfect(world, CACHING), event })
    expect(await attempt(world, { ...perfect(world, CACHING), event })).toEqual(once)
    expect(value(await world.store.read('me')).events).toHaveLength(1)
  })

  test('a raised revision brings a learnt diagram back', async () => {
    const world = await smallWorld()
    const made = value(await attempt(world, perfect(world, CACHING)))
    const items = ITEMS.map((item) => (item.id === CACHING ? { ...item, revision: 2 } : item))
    const revised = { ...world, catalogue: smallCatalogue(items) }
    expect(await dueIds(revised)).toEqual([CACHING])
    const view = value(await result(revised, made))
    expect(view.recordedTotal).toBe(100)
    expect(view.comesBack.because).toMatch(/corrected since/)
  })
})

test('a drawing that the content lists as good is shown against that drawing', async () => {
  const says = 'A queue takes the requests as well.'
  const alternatives = [
    { name: 'with a queue', instead: ['api'], draw: 'client -> queue -> cache\nqueue -> db', says },
  ]
  const items = ITEMS.map((item) => (item.id === CACHING ? { ...item, alternatives } : item))
  const world = await smallWorld({ catalogue: smallCatalogue(items) })
  const drawing = 'client -> queue -> cache\nworker'
  const made = value(await attempt(world, { ...perfect(world, CACHING), drawing }))
  const view = value(await result(world, made))
  expect(view.against).toEqual([{ name: 'with a queue', says }])
  expect(view.referenceSvg).toContain('data-el="node:queue"')
  expect(view.referenceSvg).not.toContain('data-el="node:api"')
  const missing = view.grade.elements.find(({ kind, verdict }) => kind === 'node' && verdict === 'missing')
  expect(view.ghosts?.reference[missing?.reference ?? '']).toBeDefined()
  const claim = {
    attempt: made.attempt,
    kind: 'node',
    label: 'Worker',
    given: 'worker',
    says: 'It is the same.',
  }
  const appealed = value(await appeal(world, { ...claim, reference: missing?.reference }))
  expect(appealed.appeals[0]?.accepts).toBe('“worker” counts as Database')
  expect(appealed.grade.structure.score).toBeGreaterThan(view.grade.structure.score)
})

describe('what is new', () => {
  test('comes by tier, after its prerequisites, as many a day as the settings say', async () => {
    const world = await smallWorld()
    expect(await freshIds(world)).toEqual(['incidents/outage', CACHING])
    await finishLearning(world, { id: CACHING, seconds: 1 })
    expect(await freshIds(world)).toEqual(['incidents/outage'])
    await finishLearning(world, { id: 'incidents/outage', seconds: 1 })
    expect(await freshIds(world)).toEqual([])
    await changeSettings(world, { newPerDay: 50 })
    expect(await freshIds(world)).toEqual(['patterns/queueing', 'mechanisms/replay', 'comparisons/brokers'])
    await changeSettings(world, { newPerDay: 2 })
    world.at('2026-03-03T00:00:00.000Z')
    expect(await freshIds(world)).toEqual(['patterns/queueing', 'mechanisms/replay'])
  })

  test('a day begins at the learner’s own midnight', async () => {
    const world = await smallWorld({ timeZone: 'America/New_York' })
    await finishLearning(world, { id: CACHING, seconds: 1 })
    await finishLearning(world, { id: 'incidents/outage', seconds: 1 })
    world.at('2026-03-03T04:59:00.000Z')
    expect(await freshIds(world)).toEqual([])
    world.at('2026-03-03T05:00:00.000Z')
    expect(await freshIds(world)).toHaveLength(2)
  })
})

describe('a recall in the middle', () => {
  const draft = { ...nothing, drawing: 'client -> ap', seconds: 12.5, stage: 'draw' as const }
  const { event: _, ...kept } = draft

  test('is kept, offered first, and gone when the attempt is recorded', async () => {
    const world = await smallWorld()
    value(await saveDraft(world, { id: CACHING, draft: kept }))
    expect(value(await recallView(world, { id: CACHING })).draft).toEqual({
      ...kept,
      part: null,
      par: null,
      at: '2026-03-02T09:00:00.000Z',
    })
    expect(value(await today(world)).unfinished).toMatchObject({ id: CACHING })
    await attempt(world, perfect(world, CACHING))
    expect(value(await recallView(world, { id: CACHING })).draft).toBeNull()
    expect(value(await today(world)).unfinished).toBeNull()
  })

  test('is kept where the attempt cannot be read', async () => {
    const world = await smallWorld()
    value(await saveDraft(world, { id: CACHING, draft: kept }))
    const refused = await attempt(world, { ...nothing, id: CACHING, drawing: 'client -> \nx {' })
    expect(refused).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    expect(value(await recallView(world, { id: CACHING })).draft).not.toBeNull()
    expect(value(await world.store.read('me')).events).toEqual([])
  })

  test.each(ITEMS.map(({ id }) => id))('the view of %s holds no answer', async (id) => {
    const world = await smallWorld()
    const item = world.catalogue.items.get(id)
    const text = JSON.stringify(value(await recallView(world, { id })))
    const answers = [
      ...(item?.drawing.split('\n') ?? []),
      ...(item?.walkthrough.map(({ says }) => says) ?? []),
      ...(item?.context.flatMap(({ accept }) => accept).filter((word) => word.length > 6) ?? []),
      item?.mutation.answer ?? '',
      '30 s',
      'The Book',
    ]
    for (const answer of answers) expect(text).not.toContain(answer)
  })
})

describe('after the result', () => {
  test('an appeal is recorded, shown, and can be withdrawn', async () => {
    const world = await smallWorld()
    const made = value(await attempt(world, { ...nothing, id: CACHING, drawing: 'browser -> api' }))
    const claim = { kind: 'node', label: 'Cache', given: '', says: 'It has none.' }
    const view = value(await appeal(world, { ...made, ...claim }))
    expect(view.appeals).toMatchObject([{ kind: 'node', label: 'Cache', says: 'It has none.' }])
    const [listed] = value(await settingsView(world, { dataFolder: '' })).appeals
    expect(value(await withdrawAppeal(world, { appeal: listed?.id ?? '' }))).toEqual(made)
    expect(value(await result(world, made)).appeals).toEqual([])
    expect(await withdrawAppeal(world, { appeal: 'constructor' })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  test('the mutation’s answer is hidden until it was answered; looking records nothing', async () => {
    const world = await smallWorld()
    const made = value(await attempt(world, perfect(world, CACHING)))
    expect(JSON.stringify(value(await result(world, made)))).not.toContain('Secret of the mutation')
    const revealed = value(await answerMutation(world, { ...made, answer: 'Twice as many.' }))
    expect(revealed.answer).toBe('Secret of the mutation.')
    expect(value(await result(world, made)).mutation).toMatchObject({ given: null, answer: null })
    await answerMutation(world, { ...made, answer: 'Twice as many.', mark: 'partly' })
    expect(value(await result(world, made)).mutation).toMatchObject({
      given: 'Twice as many.',
      mark: 'partly',
      answer: 'Secret of the mutation.',
    })
  })

  test('wrong facts come with the right value, its source and its date', async () => {
    const world = await smallWorld()
    const answers = { facts: { ttl: '31 s' }, context: { 'used-by': 'worker' } }
    const made = value(await attempt(world, { ...nothing, id: CACHING, answers }))
    const view = value(await result(world, made))
    expect(view.facts[0]).toMatchObject({ given: '31 s', right: '30 s', correct: false, asOf: '2020' })
    expect(view.facts[0]?.sources).toMatchObject([{ title: 'The Book', year: 2020 }])
    expect(view.facts[2]).toMatchObject({ right: 'Queue', derived: 'a + b', given: '' })
    expect(view.context[0]).toMatchObject({ given: 'worker', correct: true })
  })

  test('each form has its overlay and its reference', async () => {
    const world = await smallWorld()
    for (const { id } of ITEMS) {
      const made = value(await attempt(world, perfect(world, id)))
      const view = value(await result(world, made))
      expect([id, view.grade.total]).toEqual([id, 100])
      expect(view.overlaySvg).toMatch(/^<svg/)
      expect(view.referenceSvg).toContain('data-el=')
    }
  })

  test('progress counts what stands', async () => {
    const world = await smallWorld()
    expect(value(await progress(world))).toMatchObject({ meanRecall: null, introduced: 0, total: 5 })
    await attempt(world, perfect(world, CACHING))
    const slip = value(await attempt(world, { ...nothing, id: CACHING }))
    await undoAttempt(world, slip)
    const view = value(await progress(world))
    expect(view).toMatchObject({ meanRecall: 1, introduced: 1 })
    expect(view.gradeByForm).toEqual([{ form: 'topology', mean: 100, attempts: 1 }])
    expect(view.recent.map(({ undone }) => undone)).toEqual([true, false])
    expect(view.attemptsByDay.at(-1)).toEqual({ day: '2026-03-02', attempts: 1 })
    expect(view.forecast).toHaveLength(14)
    expect(view.forecast.reduce((sum, { due }) => sum + due, 0)).toBe(1)
  })
})

describe('learning', () => {
  test.each(ITEMS.map(({ id }) => id))('%s has its steps, and a third of it faded', async (id) => {
    const world = await smallWorld()
    const view = value(await learn(world, { id }))
    expect(view.steps).toHaveLength(3)
    expect(view.faded.length).toBeGreaterThan(0)
    for (const { element, right, accept, hint } of view.faded) {
      expect(view.svg).toContain(`data-el="${element}"`)
      expect(accept).toContain(right)
      expect(hint).not.toContain(right)
    }
    expect(value(await learn(world, { id })).faded).toEqual(view.faded)
  })

  test('an unknown id says what was probably meant', async () => {
    const world = await smallWorld()
    const problem = async (id: string) => learn(world, { id })
    expect(await problem('patterns/cachin')).toMatchObject({ error: { mend: `Did you mean "${CACHING}"?` } })
    expect(await problem('caching')).toMatchObject({ error: { mend: `Did you mean "${CACHING}"?` } })
    for (const id of ['../../etc/passwd', 'a\u0000b', 'x'.repeat(10_000), '__proto__', ''])
      expect(await problem(id)).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})
