import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BenchRow, quantile, sampleMs } from './row.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What a person waits for: `npx atlas today`, and `npm start` of an installed clone until the first page has arrived. */
export async function run(): Promise<BenchRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'atlas-bench-'))
  const env = { ...process.env, ATLAS_HOME: home, BROWSER: 'none' }
  try {
    const today = () => {
      const { status, stderr } = spawnSync('npx', ['atlas', 'today'], { cwd: ROOT, env, encoding: 'utf8' })
      if (status !== 0) throw new Error(`npx atlas today failed: ${stderr}`)
    }
    const nothing = () => spawnSync('npx', ['--no', '--', 'node', '-e', '0'], { cwd: ROOT, env })
    const bare = await sampleMs(5, nothing)
    const commands = await sampleMs(7, today)
    const starts = await sampleMs(5, () => firstPage(env))
    const value = quantile(commands, 0.5)
    const npx = quantile(bare, 0.5)
    const page = quantile(starts, 0.5)
    return [
      {
        bench: 'start',
        what: 'npx atlas today, median of 7',
        value,
        unit: 'ms',
        bar: '≤ 700',
        holds: value <= 700,
        against: { what: 'npx node -e 0', value: npx, ratio: value / npx },
      },
      {
        bench: 'start',
        what: 'npm start to the first page, median of 5',
        value: page,
        unit: 'ms',
        bar: '≤ 1500',
        holds: page <= 1500,
        against: null,
      },
    ]
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** Starts a server on a free port and fetches its first page with all that the page names, then stops it. */
async function firstPage(env: NodeJS.ProcessEnv): Promise<void> {
  const port = String(20_000 + Math.floor(Math.random() * 20_000))
  const server = spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    env: { ...env, PORT: port },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const stop = () => server.pid !== undefined && process.kill(-server.pid, 'SIGTERM')
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let text = ''
      server.stdout.on('data', (chunk) => {
        text += chunk
        const found = /http:\/\/[\w.:[\]]+/.exec(text)
        if (found) resolve(found[0])
      })
      server.on('exit', (code) => reject(new Error(`npm start ended with ${code}: ${text}`)))
    })
    const page = await (await fetch(address)).text()
    const parts = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => fetch(address + path))
    await Promise.all([...parts, fetch(`${address}/api/today`)])
  } finally {
    stop()
  }
}
