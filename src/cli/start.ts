import { spawn } from 'node:child_process'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import type { Command, Shell } from './run.ts'

/** Serves until it is interrupted. */
export const start: Command = async (args, shell) => {
  const options = { port: { type: 'string' }, 'no-browser': { type: 'boolean' } } as const
  const { values } = readArguments(args, options, { least: 0, most: 0, called: '' })
  const port = readPort(values.port ?? shell.env.PORT)
  const folder = shell.dataFolder(values.data ?? null)
  const world = await shell.openWorld(folder)
  if (!world.ok) return fail(shell, world.error)
  const serving = await shell.serve(world.value, folder, port)
  if (!serving.ok) {
    await world.value.store.close()
    shell.err(`atlas: ${serving.error}\n`)
    return EXIT.problem
  }
  shell.out(`Atlas is at ${serving.value.address}\nYour history is in ${folder}. Ctrl+C ends.\n`)
  if (!values['no-browser'] && isDesktop(shell)) openBrowser(serving.value.address, shell)
  await interrupted()
  await serving.value.close()
  await world.value.store.close()
  return EXIT.ok
}

function readPort(text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Usage(`a port is a number from 0 (any that is free) to 65535, not "${text}".`)
  return port
}

/** A person sits in front of it: there is a display, and nobody said that no browser is wanted. */
export function isDesktop({ env, platform }: Pick<Shell, 'env' | 'platform'>): boolean {
  if (env.BROWSER === 'none' || env.CI || env.SSH_CONNECTION) return false
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

function openBrowser(address: string, { env, platform }: Shell): void {
  const system = { darwin: 'open', win32: 'explorer.exe' }[platform as 'darwin' | 'win32'] ?? 'xdg-open'
  const child = spawn(env.BROWSER || system, [address], { stdio: 'ignore', detached: true })
  // No browser is no failure: the address is on the screen.
  child.on('error', () => {})
  child.unref()
}

const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
