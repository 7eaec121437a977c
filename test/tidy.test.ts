import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/**
 * Style limits as a test (the formatter breaks code at 110 columns, but no string and no comment). Each check is a
 * function of a file's text, so that it can be seen to fail.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SKIPPED = new Set(['node_modules', 'dist', '.git', 'golden', 'fixtures', 'layouts'])

interface SourceFile {
  readonly path: string
  readonly text: string
}

const list = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return []
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    return entry.isDirectory() ? list(path) : [path]
  })

const files: SourceFile[] = list('')
  .filter((path) => /\.(tsx?|mjs|css|md|yaml|json|html)$/.test(path) && path !== 'package-lock.json')
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))

const CODE = /\.(tsx?|mjs)$/
const PURE = /^src\/(lib|domain)\//
const TEST = /\.test\.tsx?$|^test\/|^bench\//
/** Tables that a tool wrote. */
const GENERATED =
  /^(src\/domain\/(diagram\/layout\/metrics|simulator\/engine\/assembled)\.ts|content\/icons\.json)$/

const lines = (text: string): string[] => text.split('\n')
const code = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1')

const CHECKS: Record<string, (file: SourceFile) => string[]> = {
  'a file of code has at most 400 lines': ({ path, text }) =>
    CODE.test(path) && !GENERATED.test(path) && lines(text).length > 401
      ? [`${lines(text).length} lines`]
      : [],

  'a line of code has at most 130 columns': ({ path, text }) =>
    CODE.test(path) && !GENERATED.test(path)
      ? lines(text).flatMap((line, i) =>
          line.length > 130 && !line.includes('http') ? [`line ${i + 1}: ${line.length}`] : [],
        )
      : [],

  'clock and randomness come in as arguments': ({ path, text }) =>
    PURE.test(path) && !TEST.test(path)
      ? (code(text).match(/\b(Date\.now|new Date\(\s*\)|Math\.random|performance\.now|Temporal\.Now)/g) ?? [])
      : [],

  'imports across folders use #…': ({ path, text }) =>
    path.startsWith('src/') && CODE.test(path)
      ? [
          ...text.matchAll(/from '((?:\.\.\/)+(lib|domain|app|catalog|store|anki|server|cli|web)\/[^']+)'/g),
        ].flatMap(([, from = '', folder]) => (path.startsWith(`src/${folder}/`) ? [] : [from]))
      : [],

  'nothing is left to do': ({ path, text }) =>
    CODE.test(path) && path !== 'test/tidy.test.ts' ? (text.match(/\b(TODO|FIXME|XXX|HACK)\b/g) ?? []) : [],

  'no test is skipped or alone': ({ path, text }) =>
    TEST.test(path) && path !== 'test/tidy.test.ts'
      ? (text.match(/\b(test|it|describe)\.(skip|only|todo)\b|\bxit\(/g) ?? [])
      : [],

  'the project speaks of itself alone': ({ path, text }) =>
    path === 'test/tidy.test.ts'
      ? []
      : (text.match(
          /\/work\/(main|shared)|\/root\/|\/home\/\w+\/|registry\.npmjs|deb\.debian\.org|\bsubagent|\bAI agent/g,
        ) ?? []),

  'words are calm: no exclamation marks': ({ path, text }) =>
    path.startsWith('src/web/') && path.endsWith('.tsx')
      ? lines(text).flatMap((line, i) =>
          />[^<>{}()=]*[a-z]!\s*</.test(line) || /'[A-Z][^']*[a-z]!'/.test(line) ? [`line ${i + 1}`] : [],
        )
      : [],
}

describe('tidy', () => {
  test('saw the project', () => expect(files.length).toBeGreaterThan(100))

  test.each(Object.entries(CHECKS))('%s', (_, check) => {
    const found = files.flatMap((file) => check(file).map((what) => `${file.path}: ${what}`))
    expect(found).toEqual([])
  })
})

test('every package has its reason in docs/dependencies.md', () => {
  const text = (path: string) => files.find((file) => file.path === path)?.text ?? ''
  const { dependencies, devDependencies } = JSON.parse(text('package.json'))
  const named = [...text('docs/dependencies.md').matchAll(/^\| (.+?) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  )
  expect(named.sort()).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)].sort())
})

describe('the checks can fail', () => {
  const bad: Record<string, SourceFile> = {
    'a file of code has at most 400 lines': { path: 'src/a.ts', text: '\n'.repeat(500) },
    'a line of code has at most 130 columns': { path: 'src/a.ts', text: 'x'.repeat(131) },
    'clock and randomness come in as arguments': { path: 'src/lib/a.ts', text: 'const now = Date.now()' },
    'imports across folders use #…': { path: 'src/app/a.ts', text: "import { x } from '../lib/x.ts'" },
    'nothing is left to do': { path: 'src/a.ts', text: `// ${'TO'}DO` },
    'no test is skipped or alone': { path: 'src/a.test.ts', text: 'test.only()' },
    'the project speaks of itself alone': { path: 'README.md', text: 'see /root/x' },
    'words are calm: no exclamation marks': { path: 'src/web/a.tsx', text: '<p>Well done!</p>' },
  }
  test.each(Object.entries(CHECKS))('%s', (name, check) => {
    expect(check(bad[name] ?? { path: '', text: '' })).not.toEqual([])
  })
})
