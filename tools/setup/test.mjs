// `npm test`: everything that must hold before a change lands. `npm test -- PATTERN` runs the matching test files only.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { chromium } from './chromium.mjs'
import { install, node26, ROOT } from './install.mjs'

install()
const env = { ...process.env, ATLAS_CHROMIUM: chromium(), NODE_OPTIONS: '' }
build()

const bin = (name, path) => join(ROOT, 'node_modules', name, path)
const report = join(ROOT, 'dist', 'test-report.json')
mkdirSync(join(ROOT, 'dist'), { recursive: true })
rmSync(report, { force: true })

const pattern = process.argv.slice(2)
const tests = [
  bin('vitest', 'vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
]
const steps = [
  ['types', [bin('typescript-7', 'bin/tsc'), '-p', '.']],
  ['types of the pure rooms', [bin('typescript-7', 'bin/tsc'), '-p', 'tsconfig.pure.json']],
  ['format and lint', [bin('@biomejs/biome', 'bin/biome'), 'ci', '--error-on-warnings', '.']],
  ['content', [join(ROOT, 'src/main.ts'), 'catalog', 'check']],
  ['tests', [...tests, ...pattern]],
]

const outcomes = []
for (const [name, args] of pattern.length > 0 ? steps.slice(-1) : steps) {
  console.log(`\n── ${name}`)
  const started = Date.now()
  const ok = spawnSync(node26(), args, { cwd: ROOT, stdio: 'inherit', env }).status === 0
  outcomes.push({ name, ok, seconds: (Date.now() - started) / 1000 })
}

console.log('')
for (const { name, ok, seconds } of outcomes)
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
const counts = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : { numPassedTests: 0, numFailedTests: 0 }
const checks = outcomes.filter(({ name }) => name !== 'tests')
const failedSuites = outcomes.at(-1)?.ok === false && counts.numFailedTests === 0 ? 1 : 0
const passed = counts.numPassedTests + checks.filter(({ ok }) => ok).length
const failed = counts.numFailedTests + checks.filter(({ ok }) => !ok).length + failedSuites
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && outcomes.every(({ ok }) => ok) ? 0 : 1)
