// Builds the client, when its sources have changed since the last time.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { node26, ROOT, run } from './install.mjs'

const SOURCES = [
  'src/web',
  'src/domain',
  'src/lib',
  'src/app',
  'src/server/routes.ts',
  'vite.config.ts',
  'package-lock.json',
]

function* files(path) {
  if (!existsSync(path)) return
  if (statSync(path).isFile()) yield path
  else for (const entry of readdirSync(path).sort()) yield* files(join(path, entry))
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of files(join(ROOT, source))) {
      if (!file.includes('.test.')) hash.update(file.slice(ROOT.length)).update(readFileSync(file))
    }
  }
  return hash.digest('hex')
}

export function build() {
  const stamp = join(ROOT, 'dist', 'web.stamp')
  const now = fingerprint()
  const page = join(ROOT, 'dist', 'web', 'index.html')
  if (existsSync(page) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  console.log('atlas: building the client')
  run(node26(), [join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'])
  mkdirSync(join(ROOT, 'dist'), { recursive: true })
  writeFileSync(stamp, now)
}
