// What every command needs first. Runs on any Node from 20, before anything is installed: no imports but Node's own.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WINDOWS = process.platform === 'win32'

/** Runs a command in the project's folder with its output shown; stops everything with its exit code when it fails. */
export function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options })
  if (status === 0) return
  if (error) console.error(`atlas: could not run ${command}: ${error.message}`)
  process.exit(status ?? (signal ? 130 : 1))
}

const npm = (args) => run(WINDOWS ? 'npm.cmd' : 'npm', args, { shell: WINDOWS })

/** Installs exactly what the lockfile says, once: a stamp remembers for which lockfile. */
export function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')
  const stamp = join(ROOT, 'node_modules', '.atlas-installed')
  const done = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock
  if (done && existsSync(pinnedNode())) return
  console.log('atlas: installing what the lockfile names (once)')
  npm(['ci', '--no-audit', '--no-fund'])
  if (!existsSync(pinnedNode())) npm(['rebuild', 'node'])
  if (!existsSync(pinnedNode())) {
    console.error(
      'atlas: Node 26 did not install. Does npm skip install scripts here (ignore-scripts)? Allow them and run this again.',
    )
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

const pinnedNode = () => join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node')

/** Node 26 or newer: the one that runs now where it is new enough, else the pinned one. */
export const node26 = () =>
  Number(process.versions.node.split('.')[0]) >= 26 ? process.execPath : pinnedNode()
