import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { perfect, type SmallWorld, smallWorld, value } from '../../test/small-world.ts'
import { appeal, previewAppeal } from './appeal.ts'
import { appealSuggestions, appeals } from './appeals.ts'
import { attempt } from './attempt.ts'
import { exportLog } from './export-log.ts'
import { importLog } from './import-log.ts'
import { progress } from './progress.ts'
import { result } from './result.ts'
import { suggestionsFile, suggestionsYaml } from './suggestions-yaml.ts'
import type { ResultView } from './views.ts'
import { withdrawAppeal } from './withdraw-appeal.ts'

const CACHING = 'patterns/caching'
/** The cache under a name of the learner's own, an edge too many, and a fact of their own. */
const DRAWING = 'client -> api -> warm shelf: get\napi -> database: query\nclient -> database'

async function recalled(world: SmallWorld, drawing = DRAWING, ttl = '45 s') {
  const { answers, ...rest } = perfect(world, CACHING)
  const given = { ...answers, facts: { ...answers.facts, ttl } }
  world.later(1)
  return value(await attempt(world, { ...rest, drawing, answers: given }))
}
const lostOf = ({ grade }: ResultView) => grade.elements.filter(({ verdict }) => verdict !== 'matched')
const lineOf = (view: ResultView, kind: string) => {
  const one = lostOf(view).find((element) => element.kind === kind)
  if (!one) throw new Error(`nothing of ${kind} was lost`)
  return { kind, label: one.label, given: one.answer?.given ?? '', says: 'It is called so here.' }
}
const totalOf = async (world: SmallWorld) => value(await progress(world)).recent[0]?.total

describe('an appeal', () => {
  test('changes the grade, the memory and the progress at once; withdrawing it restores them', async () => {
    const world = await smallWorld()
    const made = await recalled(world)
    const before = value(await result(world, made))
    expect(
      lostOf(before)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['edge', 'fact', 'node', 'speed'])
    for (const kind of ['node', 'edge', 'fact']) {
      world.later(0.01)
      const line = lineOf(before, kind)
      const told = value(await previewAppeal(world, { ...made, ...line }))
      const after = value(await appeal(world, { ...made, ...line }))
      expect(told).toEqual({
        accepts: true,
        before: before.grade.total,
        after: after.grade.total,
        because: '',
      })
      expect(after.grade.total).toBeGreaterThan(before.grade.total)
      expect(after.onAppeal).toBeCloseTo(after.grade.total - before.grade.total, 9)
      expect(after.recordedTotal).toBeNull()
      expect(await totalOf(world)).toBe(after.grade.total)
      const [about] = after.appeals
      expect(after.grade.elements[about?.element ?? -1]?.because).toMatch(/accepted on your appeal/)
      world.later(0.01)
      value(await withdrawAppeal(world, { appeal: about?.id ?? '' }))
      const restored = value(await result(world, made))
      expect(restored).toEqual({ ...before, card: restored.card })
      expect(restored.card.due).toBe(before.card.due)
      expect(await totalOf(world)).toBe(before.grade.total)
    }
  })

  test('counts for what is drawn later, not for what was drawn before, and is taken out of both again', async () => {
    const world = await smallWorld()
    const [first, second] = [await recalled(world), await recalled(world)]
    const third = await recalled(world)
    const total = async (made: { attempt: string }) => value(await result(world, made)).grade.total
    const bare = await total(first)
    const line = lineOf(value(await result(world, second)), 'node')
    const raised = value(await appeal(world, { ...second, ...line })).grade.total
    const fourth = await recalled(world)
    const all = [first, second, third, fourth]
    expect(await Promise.all(all.map(total))).toEqual([bare, raised, raised, raised])
    const recent = async () =>
      value(await progress(world))
        .recent.map((one) => one.total)
        .reverse()
    expect(await recent()).toEqual([bare, raised, raised, raised])
    const [standing] = value(await appeals(world))
    await withdrawAppeal(world, { appeal: standing?.id ?? '' })
    expect(await recent()).toEqual([bare, bare, bare, bare])
    expect(await Promise.all(all.map(total))).toEqual([bare, bare, bare, bare])
  })

  test('one of two that is withdrawn leaves the other, in whichever order', async () => {
    for (const kept of [0, 1]) {
      const world = await smallWorld()
      const made = await recalled(world)
      const before = value(await result(world, made))
      const kinds = ['node', 'fact']
      const alone = value(await previewAppeal(world, { ...made, ...lineOf(before, kinds[kept] ?? '') })).after
      for (const kind of kinds) {
        world.later(0.01)
        value(await appeal(world, { ...made, ...lineOf(before, kind) }))
      }
      world.later(0.01)
      const standing = value(await appeals(world))
      await withdrawAppeal(world, { appeal: standing[1 - kept]?.id ?? '' })
      expect(value(await result(world, made)).grade.total).toBeCloseTo(alone, 9)
      expect(await totalOf(world)).toBeCloseTo(alone, 9)
      expect(value(await result(world, made)).recordedTotal).toBeNull()
    }
  })

  test('pairs what the grade did not: a drawn thing for a missing one', async () => {
    const world = await smallWorld()
    const made = await recalled(world, 'client -> api -> database; warm shelf')
    const before = value(await result(world, made))
    const missing = lostOf(before).find(({ kind, verdict }) => kind === 'node' && verdict === 'missing')
    const extra = lostOf(before).find(({ kind, verdict }) => kind === 'node' && verdict === 'extra')
    const claim = { kind: 'node', label: missing?.label ?? '', given: 'warm shelf', says: '' }
    expect(value(await previewAppeal(world, { ...made, ...claim }))).toMatchObject({ accepts: false })
    const after = value(await appeal(world, { ...made, ...claim, drawn: extra?.drawn ?? null }))
    expect(after.grade.total).toBeGreaterThan(before.grade.total)
    expect(after.appeals[0]?.accepts).toBe('“warm shelf” counts as Cache')
  })

  test('that nothing can be made of is kept as words, and the same one is recorded once', async () => {
    const world = await smallWorld()
    const made = await recalled(world)
    const before = value(await result(world, made))
    const claim = { kind: 'node', label: 'Nothing of this name', given: '', says: 'The question is odd.' }
    expect(value(await appeal(world, { ...made, ...claim })).grade).toEqual(before.grade)
    world.later(0.01)
    for (let i = 0; i < 2; i++) await appeal(world, { ...made, ...lineOf(before, 'fact') })
    expect(value(await appeals(world)).map(({ accepts }) => accepts)).toEqual([
      null,
      '“45 s” answers: How long?',
    ])
  })

  test('goes with the log to another machine', async () => {
    const [here, there] = [await smallWorld(), await smallWorld()]
    const made = await recalled(here)
    await appeal(here, { ...made, ...lineOf(value(await result(here, made)), 'node') })
    const log = value(await exportLog(here))
    for (let i = 0; i < 2; i++) value(await importLog(there, log))
    expect(await totalOf(there)).toBe(await totalOf(here))
    expect(value(await appeals(there))).toEqual(value(await appeals(here)))
  })
})

describe('suggestions for the content', () => {
  test('are by diagram, counted, with the learner’s words, and in the shape of its files', async () => {
    const world = await smallWorld()
    const made = await recalled(world)
    const view = value(await result(world, made))
    for (const kind of ['node', 'edge', 'fact']) await appeal(world, { ...made, ...lineOf(view, kind) })
    await appeal(world, { ...made, kind: 'node', label: 'X', given: '', says: 'a: "b"\n- c' })
    expect(value(await appealSuggestions(world))).toContainEqual({
      diagram: CACHING,
      sort: 'alias',
      of: 'cache',
      given: 'warm shelf',
      times: 1,
      says: ['It is called so here.'],
    })
    const text = value(await suggestionsFile(world))
    expect(text).toContain('# warm shelf: once. "It is called so here."')
    expect(parse(text)).toEqual({
      [CACHING]: {
        aliases: { cache: { aliases: ['warm shelf'] } },
        facts: { ttl: { accept: ['45 s'] } },
        edges: ['client -> database'],
        words: ['node X'],
      },
    })
  })

  test('a file of none, and of the oddest words, can be read', () => {
    expect(parse(suggestionsYaml([]))).toEqual({})
    const odd = [
      '',
      '#',
      'a: b',
      '- x',
      'no',
      '1e3',
      '~',
      '"',
      "it's",
      '\u2028\u0085',
      '{}',
      '*a',
      '0x1F',
      'é → ü',
    ]
    const all = odd.map((given) => {
      return { diagram: 'a/b', sort: 'accept', of: given, given, times: 2, says: [given, 'x\ny'] } as const
    })
    const accept = odd.map((word) => ({ instead: word, also: [word] }))
    expect(parse(suggestionsYaml(all))).toEqual({ 'a/b': { accept } })
  })
})
