import { expect, test } from 'vitest'
import { attempt } from '#app/attempt.ts'
import { noteMistake } from '#app/mistakes.ts'
import { ok } from '#lib/result.ts'
import { smallWorld, value } from '../../test/small-world.ts'
import { runCommand, type Shell } from './run.ts'

async function terminal() {
  const world = await smallWorld()
  const run = async (...args: string[]) => {
    const said = { out: '', err: '' }
    const shell: Partial<Shell> = {
      out: (text) => {
        said.out += text
      },
      err: (text) => {
        said.err += text
      },
      env: {},
      dataFolder: () => world.folder,
      openWorld: async () => ok({ ...world, store: { ...world.store, close: async () => {} } }),
    }
    const code = await runCommand(args, shell as Shell)
    return { code, ...said }
  }
  return { world, run }
}

test('mistakes are listed with kind, note and what was taken for what, for people and for programs', async () => {
  const { world, run } = await terminal()
  expect((await run('mistakes')).out).toMatch(/^No mistakes/)
  const drawing = 'client -> api -> queue: get\napi -> database: query'
  const answers = { facts: {}, context: {} }
  const made = value(
    await attempt(world, {
      id: 'patterns/caching',
      drawing,
      answers,
      places: {},
      seconds: 9,
      hints: 0,
      event: null,
    }),
  )
  const note = {
    line: 'wrong node node:cache',
    kind: 'application',
    cause: 'Read\u001b too\u0007 fast.',
    correction: '',
  } as const
  value(await noteMistake(world, { ...made, ...note }))
  const { out, code } = await run('mistakes')
  expect(code).toBe(0)
  expect(out).toMatch(/Cache\n +wrong, application; patterns\/caching; asked again .*\n +Read +too +fast\./)
  expect(out).not.toMatch(/[^\P{Cc}\n]/u)
  expect(out).toMatch(/Queue for Cache, 1 time\n/)
  const listed = JSON.parse((await run('mistakes', '--json', '--kind', 'application')).out)
  expect(listed.mistakes.map(({ label }: { label: string }) => label)).toEqual(['Cache'])
  expect(listed.counts).toEqual({ again: 0, open: 6, mended: 0 })
  expect(await run('mistakes', '--kind', 'moral')).toMatchObject({
    code: 2,
    err: expect.stringContaining('moral'),
  })
})
