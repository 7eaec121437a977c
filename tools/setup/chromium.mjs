// A Chromium for the tests: the one that is here, else Debian's package, else Playwright's.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { node26, ROOT } from './install.mjs'

const PLACES = [
  process.env.ATLAS_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const here = () => PLACES.find((path) => path && existsSync(path)) ?? playwrights()

function playwrights() {
  const script = "import('playwright-core').then(({ chromium }) => console.log(chromium.executablePath()))"
  const path = spawnSync(node26(), ['-e', script], { cwd: ROOT, encoding: 'utf8' }).stdout?.trim()
  return path && existsSync(path) ? path : undefined
}

const tries = (command, args) => spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' }).status === 0

/** The path of an executable; exits with what to do where none can be had. */
export function chromium() {
  const found = here()
  if (found) return found
  console.log('atlas: installing Chromium for the browser tests (once)')
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args]
    return tries(command, rest)
  }
  const byApt =
    existsSync('/usr/bin/apt-get') &&
    apt('update', '-qq') &&
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')
  if (!byApt)
    tries(node26(), [join(ROOT, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium'])
  const installed = here()
  if (installed) return installed
  console.error('atlas: no Chromium. Install one and name it: ATLAS_CHROMIUM=/path/to/chromium npm test')
  process.exit(1)
}
