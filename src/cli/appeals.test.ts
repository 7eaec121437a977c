import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { appeal } from '#app/appeal.ts'
import { ok } from '#lib/result.ts'
import { ITEMS, perfect, type SmallWorld, smallCatalogue, smallWorld, value } from '../../test/small-world.ts'
import { runCommand, type Shell } from './run.ts'

const CACHING = 'patterns/caching'
const DRAWING = 'client -> api -> warm shelf: get\napi -> database: query'

/** The command line over one small world, whose store stays open from command to command. */
async function terminal(catalogue = smallCatalogue()) {
  const world = await smallWorld({ catalogue })
  const file = (name: string, text: string) => {
    writeFileSync(join(world.folder, name), text)
    return join(world.folder, name)
  }
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
      // A drawing in the notation is told from other formats before any parser is asked.
      parsers: async () => ({}) as Awaited<ReturnType<Shell['parsers']>>,
      openWorld: async () => ok({ ...world, store: { ...world.store, close: async () => {} } }),
    }
    world.later(0.1)
    const code = await runCommand(args, shell as Shell)
    return { code, ...said }
  }
  return { world, run, file }
}

async function recalled({ world, run, file }: Awaited<ReturnType<typeof terminal>>, drawing = DRAWING) {
  const answers = file('answers.json', JSON.stringify(perfect(world, CACHING).answers))
  const files = ['--drawing', file('drawing.txt', drawing), '--answers', answers]
  return run('recall', CACHING, ...files, '--json')
}
const claim = { kind: 'node', label: 'Cache', given: 'warm shelf', says: 'We say so.' }

test('an appeal is listed, counts for the next recall, is exported and withdrawn', async () => {
  const shell = await terminal()
  const { world, run } = shell
  expect((await run('appeals')).out).toMatch(/No appeals/)
  const { attempt } = JSON.parse((await recalled(shell)).out)
  value(await appeal(world, { attempt, ...claim }))
  expect((await run('appeals')).out).toMatch(/“warm shelf” counts as Cache\n\s+We say so\.\n/)
  const { appeals } = JSON.parse((await run('appeals', '--json')).out)
  expect(appeals).toMatchObject([{ attempt, diagram: CACHING, accepts: '“warm shelf” counts as Cache' }])
  const again = JSON.parse((await recalled(shell)).out)
  expect(again).toMatchObject({ total: 100, onAppeal: expect.any(Number) })
  expect(again.onAppeal).toBeGreaterThan(1)
  const people = await run('recall', CACHING, '--drawing', join(world.folder, 'drawing.txt'))
  expect(people.out).toMatch(/of 100, of which \d+(\.\d)? on appeal/)
  expect(people.out).toMatch(/“warm shelf” counts as Cache, accepted on your appeal\./)
  expect((await run('appeals', 'export')).out).toMatch(/cache: \{ aliases: \[warm shelf\] \}/)
  expect((await run('appeals', 'export', join(world.folder, 'out.yaml'))).err).toMatch(
    /^1 suggestion written/,
  )
  expect((await run('appeals', 'withdraw', appeals[0].id)).out).toMatch(/Withdrawn/)
  expect((await run('appeals')).out).toMatch(/No appeals/)
  expect(JSON.parse((await recalled(shell)).out)).toMatchObject({ onAppeal: 0 })
})

test('a line of a grade is appealed by its number, alone or with what belongs to it', async () => {
  const shell = await terminal()
  const { run } = shell
  await recalled(shell)
  const listed = await run('appeal', 'last')
  expect(listed.out).toMatch(/1 {2}wrong +node +Cache/)
  const { lines, attempt } = JSON.parse((await run('appeal', 'last', '--json')).out)
  expect(lines[0]).toMatchObject({ line: 1, kind: 'node', verdict: 'wrong' })
  const tried = await run('appeal', attempt, '1', '--dry-run')
  expect(tried.out).toMatch(/^\d+(\.\d)? of 100 would be 100\.\n$/)
  expect((await run('appeals')).out).toMatch(/No appeals/)
  const made = await run('appeal', 'last', '1', '--says', 'We say so.')
  expect(made.out).toMatch(
    /^“warm shelf” counts as Cache\. \d+(\.\d)? of 100 is now 100\. The lines [^\n]+ anew\.\natlas appeals withdraw /,
  )
  expect((await run('appeal', 'last')).out).toMatch(/Nothing was lost/)
  const id = /withdraw (\S+)/.exec(made.out)?.[1] ?? ''
  expect((await run('appeals')).out).toContain(id)
  expect((await run('appeals', 'withdraw', id)).out).toMatch(/Withdrawn/)
  expect((await run('appeal', 'last')).out).toMatch(/1 {2}wrong +node +Cache/)
})

test('a missing line is paired with the extra one that was drawn for it', async () => {
  const shell = await terminal()
  const { run } = shell
  await recalled(shell, 'client -> api -> database\nqueue')
  const { lines } = JSON.parse((await run('appeal', 'last', '--json')).out)
  const at = (verdict: string) => {
    const found = lines.find(
      (one: { verdict: string; kind: string }) => one.verdict === verdict && one.kind === 'node',
    )
    return String(found?.line)
  }
  const alone = await run('appeal', 'last', at('missing'), '--dry-run')
  expect(alone.out).toBe('Nothing that you drew stands for it yet: pair it with what you drew for it.\n')
  expect((await run('appeal', 'last', at('missing'), '--with', at('missing'))).code).toBe(2)
  const paired = await run('appeal', 'last', at('missing'), '--with', at('extra'), '--json')
  const told = JSON.parse(paired.out)
  expect(told).toMatchObject({ accepts: '“queue” counts as Cache', because: '' })
  expect(told.after).toBeGreaterThan(told.before)
})

test('what cannot be accepted is kept as words, and says why', async () => {
  const shell = await terminal()
  const { run } = shell
  const files = [
    '--drawing',
    shell.file('drawing.txt', 'client -> api -> cache\napi -> database'),
    '--seconds',
    '9999',
  ]
  await run('recall', CACHING, ...files)
  const { lines } = JSON.parse((await run('appeal', 'last', '--json')).out)
  const line = (kind: string) => String(lines.find((one: { kind: string }) => one.kind === kind)?.line)
  expect((await run('appeal', 'last', line('speed'), '--says', 'I was called away.')).out).toMatch(
    /^Your words about speed Speed are kept; the grade stays\. Time is measured and not judged/,
  )
  expect((await run('appeal', 'last', line('fact'), '--dry-run')).out).toMatch(/^Nothing was answered here/)
  expect((await run('appeals')).out).toMatch(/speed Speed: words alone/)
  expect(await run('appeal', 'last', '99')).toMatchObject({ code: 2, err: expect.stringMatching(/1 to \d/) })
  expect(await run('appeal', 'last', '--says', 'So.')).toMatchObject({ code: 2 })
  expect(await run('appeal', 'nothing')).toMatchObject({ code: 1 })
})

test('what makes no sense is said with its code', async () => {
  const { run } = await terminal()
  expect(await run('appeals', 'withdraw')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/ID is missing/),
  })
  expect(await run('appeals', 'withdraw', 'nothing')).toMatchObject({ code: 1 })
  expect(await run('appeals', 'undo')).toMatchObject({ code: 2 })
  expect(await run('appeals', 'export', '/nowhere/at/all')).toMatchObject({ code: 3 })
  expect(await run('regrade', '--apply', '--undo')).toMatchObject({ code: 2 })
})

test('a regrade is shown with its reasons, applied and taken back', async () => {
  const shell = await terminal()
  const { run, world } = shell
  await recalled(shell)
  expect((await run('regrade')).out).toBe('1 attempt graded anew: none would change.\n')
  const accept = [{ instead: 'cache', also: ['warm shelf'] }]
  const items = ITEMS.map((item) => (item.id === CACHING ? { ...item, accept } : item))
  Object.assign(world satisfies SmallWorld, { catalogue: smallCatalogue(items) })
  const shown = await run('regrade')
  expect(shown.out).toMatch(/^1 of 1 attempt would grade otherwise/)
  expect(shown.out).toMatch(/Structure: [\d.]+ then, 40 now\./)
  expect(shown.out).toMatch(/node Cache: wrong, now matched\. “warm shelf” counts as Cache\./)
  expect(JSON.parse((await run('regrade', '--json')).out)).toMatchObject({
    checked: 1,
    changes: [{ id: CACHING }],
  })
  expect((await run('regrade', '--apply')).out).toBe('1 attempt regraded.\n')
  expect((await run('regrade')).out).toMatch(/none would change[\s\S]*atlas regrade --undo/)
  expect(JSON.parse((await run('regrade', '--undo', '--json')).out)).toEqual({ undone: 1 })
  expect((await run('regrade', '--undo')).out).toMatch(/no regrade to take back/)
})
