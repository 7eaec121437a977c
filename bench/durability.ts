import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSqlite } from '#store/index.ts'
import { numberOf } from '../test/durable-event.ts'
import type { BenchRow } from './row.ts'

const APPENDER = fileURLToPath(new URL('../test/durability/appender.ts', import.meta.url))
const ROUNDS = 20

/** Acknowledged events that are lost when the process is killed, and when the power is cut: none may be. */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-durability-'))
  try {
    const kills = await kill(join(folder, 'kills'))
    const cuts = await cutPower(folder)
    return [row('kills (SIGKILL)', kills), ...cuts]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Losses {
  readonly acknowledged: number
  readonly lost: number
}

const row = (how: string, { acknowledged, lost }: Losses, against: BenchRow['against'] = null): BenchRow => ({
  bench: 'durability',
  what: `events lost of ${acknowledged} acknowledged, ${ROUNDS} ${how}`,
  value: lost,
  unit: 'events',
  bar: '0',
  holds: lost === 0,
  against,
})

async function kill(folder: string): Promise<Losses> {
  const safe = new Set<number>()
  let lost = 0
  for (let round = 0; round < ROUNDS; round++) {
    for (const n of await appendFor(folder, round, (child) => child.kill('SIGKILL'))) safe.add(n)
    lost = Math.max(lost, await missing(folder, safe))
  }
  return { acknowledged: safe.size, lost }
}

/**
 * An ext4 in a file is mounted, and told to go down without writing anything more (EXT4_IOC_SHUTDOWN with
 * NOLOGFLUSH): what was not synced is gone, as in a power cut. Needs root on Linux. As a control, a file that nobody
 * syncs is written in each round: where it survived, the cut was none.
 */
async function cutPower(folder: string): Promise<BenchRow[]> {
  const image = join(folder, 'disk')
  const at = join(folder, 'mounted')
  if (!prepareDisk(image, at)) return [notHere]
  const safe = new Set<number>()
  let lost = 0
  let bit = 0
  try {
    for (let round = 0; round < ROUNDS; round++) {
      execFileSync('mount', ['-o', 'loop', image, at])
      const control = join(at, `unsynced-${round}`)
      const acknowledged = await appendFor(join(at, 'data'), round, (child) => {
        writeFileSync(control, 'written, not synced')
        execFileSync('perl', ['-e', SHUTDOWN, at])
        child.kill('SIGKILL')
      })
      for (const n of acknowledged) safe.add(n)
      execFileSync('umount', [at])
      execFileSync('mount', ['-o', 'loop', image, at])
      if (!existsSync(control)) bit++
      lost = Math.max(lost, await missing(join(at, 'data'), safe))
      execFileSync('umount', [at])
    }
  } finally {
    spawnSync('umount', [at], { stdio: 'ignore' })
  }
  const against = { what: 'cuts that took a file nobody synced', value: bit, ratio: bit / ROUNDS }
  return [row('simulated power cuts', { acknowledged: safe.size, lost }, against)]
}

const SHUTDOWN = 'open(D, "<", $ARGV[0]) or die; my $f = pack("I", 2); ioctl(D, 0x8004587d, $f) or die $!'

const notHere: BenchRow = {
  bench: 'durability',
  what: 'simulated power cuts: not possible here (needs root on Linux, a loop device, perl)',
  value: 0,
  unit: 'cuts',
  bar: '0',
  holds: null,
  against: null,
}

/** False where this machine does not let us mount a file system of our own. */
function prepareDisk(image: string, at: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  mkdirSync(at, { recursive: true })
  const succeeds = (command: string, ...args: string[]) =>
    spawnSync(command, args, { stdio: 'ignore' }).status === 0
  return (
    succeeds('truncate', '-s', '64M', image) &&
    succeeds('mkfs.ext4', '-q', image) &&
    succeeds('perl', '-e', '1') &&
    succeeds('mount', '-o', 'loop', image, at) &&
    succeeds('umount', at)
  )
}

/** Appends until the end that `stop` puts to it, each time at another point; the numbers that were acknowledged. */
async function appendFor(
  folder: string,
  round: number,
  stop: (child: ChildProcess) => void,
): Promise<number[]> {
  const args = [APPENDER, folder, 'me', String(round * 100_000)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const wanted = 1 + ((round * 53) % 200)
  let text = ''
  let stopped = false
  child.stdout.on('data', (data: Buffer) => {
    // What is said after the cut was acknowledged by nobody who still had power.
    if (stopped) return
    text += data.toString()
    if (text.split('\n').length - 2 < wanted) return
    stopped = true
    stop(child)
  })
  await new Promise((resolve) => child.on('close', resolve))
  return text.split('\n').slice(1, -1).map(Number)
}

async function missing(folder: string, safe: ReadonlySet<number>): Promise<number> {
  const store = await openSqlite(folder)
  if (!store.ok) return safe.size
  const read = await store.value.read('me')
  await store.value.close()
  const there = new Set(read.ok ? read.value.events.map(numberOf) : [])
  return [...safe].filter((n) => !there.has(n)).length
}
