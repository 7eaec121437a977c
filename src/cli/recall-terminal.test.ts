import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { changeSettings } from '#app/change-settings.ts'
import { recallView } from '#app/recall-view.ts'
import { saveDraft } from '#app/save-draft.ts'
import { type SmallWorld, smallWorld, value } from '../../test/small-world.ts'
import { recallInTerminal } from './recall-terminal.ts'
import type { Shell } from './run.ts'

const CACHING = 'patterns/caching'
/** What stands behind a prompt when the terminal waits. */
const AT_COLUMN_3 = '\u001b[3G'
const CTRL_C = '\u0003'
const CTRL_D = '\u0004'

/** A recall by a person at a terminal who types what is given, each piece when something was asked. */
async function typed(world: SmallWorld, pieces: readonly string[], whenTyping: () => void = () => {}) {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = new PassThrough()
  const waiting = [...pieces]
  let seen = ''
  output.on('data', (data: Buffer) => {
    seen += data.toString()
    if (!seen.endsWith(`> ${AT_COLUMN_3}`) && !seen.endsWith(`? ${AT_COLUMN_3}`)) return
    const next = waiting.shift()
    if (next === undefined) return
    whenTyping()
    setImmediate(() => input.write(next))
  })
  const shell = { out: (text: string) => void output.write(text) } as unknown as Shell
  const view = value(await recallView(world, { id: CACHING }))
  const finished = await recallInTerminal(world, view, shell, { input, output })
  const { draft } = value(await recallView(world, { id: CACHING }))
  return { finished, draft, seen }
}

describe.each([
  ['Ctrl+C', CTRL_C],
  ['Ctrl+D', CTRL_D],
])('%s', (_, key) => {
  test('while drawing keeps the drawing', async () => {
    const { finished, draft, seen } = await typed(await smallWorld(), ['client -> api\r', key])
    expect([finished, draft]).toMatchObject([null, { stage: 'draw', drawing: 'client -> api' }])
    expect(seen).toMatch(/Kept/)
  })

  test('while answering keeps the answers, and the same command asks for the rest alone', async () => {
    const world = await smallWorld()
    const left = await typed(world, ['client -> api\r', ':done\r', '30 s\r', key])
    expect([left.finished, left.draft]).toMatchObject([null, { stage: 'answer' }])
    expect(Object.values(left.draft?.answers.facts ?? {})).toEqual(['30 s'])
    expect(left.seen).not.toMatch(/Who\?/)
    const again = await typed(world, ['3\r', 'queue\r', 'worker\r', 'stale reads\r', '\r'])
    expect(again.seen).not.toMatch(/How long\?/)
    expect(Object.values(again.finished?.answers.facts ?? {})).toEqual(['30 s', '3', 'queue'])
    expect(again.finished?.drawing).toBe('client -> api')
  })
})

test('a clock that is set back takes no time away, and one that jumps far ahead stays within what is recorded', async () => {
  const world = await smallWorld()
  const kept = { drawing: 'client', places: {}, answers: { facts: {}, context: {} }, hints: 0 }
  await saveDraft(world, { id: CACHING, draft: { ...kept, seconds: 60, stage: 'draw' } })
  const back = await typed(world, [CTRL_C], () => world.later(-48))
  expect(back.draft?.seconds).toBe(60)
  const ahead = await typed(world, [CTRL_C], () => world.later(1000))
  expect(ahead.draft?.seconds).toBe(86_400)
})

describe('what is expected of it', () => {
  const answered = [':done\r', ...Array(5).fill('\r')]
  test('is asked before the grade, with one key', async () => {
    const { finished, seen } = await typed(await smallWorld(), [...answered, '4\r'])
    expect(finished?.confidence).toBe(80)
    expect(seen).toMatch(/1: 20, 2: 40, 3: 60, 4: 80, 5: 95 of 100/)
  })
  test('may be left unsaid, and anything else is asked again', async () => {
    expect((await typed(await smallWorld(), [...answered, '\r'])).finished?.confidence).toBeNull()
    const again = await typed(await smallWorld(), [...answered, '80\r', '0\r', 'x\r', '5\r'])
    expect(again.finished?.confidence).toBe(95)
    expect(again.seen.match(/One of 1 to 5/g)).toHaveLength(3)
  })
  test('is not asked where the learner does not want it', async () => {
    const world = await smallWorld()
    await changeSettings(world, { askConfidence: false })
    const { finished, seen } = await typed(world, answered)
    expect(finished?.confidence).toBeNull()
    expect(seen).not.toMatch(/do you think/)
  })
})
