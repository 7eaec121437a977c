import { expect, test } from 'vitest'
import { runCommand, type Shell } from './run.ts'
import { isDesktop } from './start.ts'

function fakeShell(over: Partial<Shell> = {}) {
  const said = { out: '', err: '' }
  const nothing = () => {
    throw new Error('the disk is made of cheese')
  }
  const shell: Shell = {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    env: {},
    platform: 'linux',
    contentFolder: '',
    dataFolder: () => '',
    openCatalogue: nothing,
    openWorld: nothing,
    runElk: nothing,
    parsers: nothing,
    paint: nothing,
    anki: nothing,
    serve: nothing,
    ...over,
  }
  return { shell, said }
}

test('a fault is a sentence and code 4; the stack only for whoever asks', async () => {
  const { shell, said } = fakeShell()
  expect(await runCommand(['today'], shell)).toBe(4)
  expect(said.err).toMatch(/fault of Atlas: the disk is made of cheese/)
  expect(said.err).not.toMatch(/\n\s+at /)
  const asked = fakeShell({ env: { ATLAS_DEBUG: '1' } })
  await runCommand(['today'], asked.shell)
  expect(asked.said.err).toMatch(/\n\s+at /)
})

test('a command that nothing has to do with is not loaded under a name of every object', async () => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    const { shell, said } = fakeShell()
    expect(await runCommand([name], shell)).toBe(2)
    expect(said.err).toMatch(/there is no command/)
  }
})

test.each<[string, Record<string, string>, NodeJS.Platform, boolean]>([
  ['a Mac', {}, 'darwin', true],
  ['Linux without a display', {}, 'linux', false],
  ['Linux with one', { DISPLAY: ':0' }, 'linux', true],
  ['Wayland', { WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
  ['nobody wants a browser', { DISPLAY: ':0', BROWSER: 'none' }, 'linux', false],
  ['over SSH', { DISPLAY: ':0', SSH_CONNECTION: '10.0.0.1 22' }, 'linux', false],
  ['continuous integration', { CI: '1' }, 'darwin', false],
])('a browser on a desktop only: %s', (_, env, platform, opens) => {
  expect(isDesktop({ env, platform })).toBe(opens)
})
