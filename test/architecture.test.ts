import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { beforeAll, describe, expect, test } from 'vitest'

/** Which room may reach which, as a test: each rule with its reason. */

const TESTS = '\\.test\\.tsx?$'
const room = (name: string) => `^src/domain/${name}/`

const SIBLINGS: Record<string, readonly string[]> = {
  curriculum: [],
  diagram: ['curriculum'],
  grading: ['diagram', 'curriculum'],
  memory: ['curriculum'],
  planner: ['memory', 'curriculum'],
  progress: ['memory', 'planner', 'curriculum'],
  simulator: ['diagram', 'curriculum'],
}

const FOLDERS: Record<string, { may: readonly string[]; because: string }> = {
  lib: { may: [], because: 'lib knows no word of the domain, so that every room can lean on it' },
  domain: { may: ['lib'], because: 'the domain runs in a browser and in Node, on arguments alone' },
  app: { may: ['lib', 'domain'], because: 'a use case names in ports.ts what the outside must provide' },
  catalog: {
    may: ['lib', 'domain', 'app/ports'],
    because: 'an adapter serves a port, and knows no use case',
  },
  store: { may: ['lib', 'domain', 'app/ports'], because: 'an adapter serves a port, and knows no use case' },
  anki: { may: ['lib', 'domain', 'app/ports'], because: 'an adapter serves a port, and knows no use case' },
  server: {
    may: ['lib', 'domain', 'app', 'catalog', 'store'],
    because: 'server and cli never know each other',
  },
  cli: { may: ['lib', 'domain', 'app', 'catalog', 'store'], because: 'server and cli never know each other' },
  web: {
    may: ['lib', 'domain'],
    because: 'what the page is sent comes over the wire, its types alone from the server',
  },
}

const folderRules = Object.entries(FOLDERS).map(
  ([folder, { may, because }]): IForbiddenRuleType => ({
    name: `${folder} imports ${may.join(', ') || 'nothing of ours'}`,
    comment: because,
    severity: 'error',
    from: { path: `^src/${folder}/`, pathNot: TESTS },
    to: {
      path: '^src/',
      pathNot: [folder, ...may].map((one) => (one.includes('/') ? `^src/${one}\\.ts$` : `^src/${one}/`)),
      ...(folder === 'web' ? { dependencyTypesNot: ['type-only'] } : {}),
    },
  }),
)

const siblingRules = Object.entries(SIBLINGS).map(
  ([name, may]): IForbiddenRuleType => ({
    name: `domain/${name} imports ${may.join(', ') || 'no sibling'}`,
    comment: 'rooms of the domain know each other along the listed arrows only',
    severity: 'error',
    from: { path: room(name), pathNot: TESTS },
    to: { path: '^src/domain/', pathNot: [name, ...may].map(room) },
  }),
)

const RULES: IForbiddenRuleType[] = [
  ...folderRules,
  ...siblingRules,
  {
    name: 'a room of the domain is entered by its index.ts',
    comment: 'what index.ts does not name may change without asking anybody',
    severity: 'error',
    from: { path: '^src/(domain/([^/]+)|[^/]+)/', pathNot: TESTS },
    to: { path: '^src/domain/([^/]+)/', pathNot: ['^src/domain/[^/]+/index\\.ts$', '^src/domain/$2/'] },
  },
  {
    name: 'lib, domain and app reach nothing outside',
    comment: 'no I/O: the few libraries here are pure',
    severity: 'error',
    from: { path: '^src/(lib|domain|app)/', pathNot: TESTS },
    to: {
      dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
      // fast-xml-parser reads a text into a tree, and nothing else.
      pathNot: '^node_modules/(zod|ts-fsrs|fast-xml-parser)/',
    },
  },
  {
    name: 'the client holds no Node',
    comment: 'it runs in a browser',
    severity: 'error',
    from: { path: '^src/web/', pathNot: TESTS },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'no circle',
    comment: 'modules that need each other are one module',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'every import is found',
    comment: 'an import that resolves to nothing fails when it is least expected',
    severity: 'error',
    from: { path: '^src/' },
    to: { couldNotResolve: true, pathNot: '\\.css$|^virtual:' },
  },
]

const cruiseFolder = async (folder: string, rules: IForbiddenRuleType[]): Promise<ICruiseResult> => {
  const result = await cruise([folder], {
    baseDir: fileURLToPath(new URL('..', import.meta.url)),
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    validate: true,
    ruleSet: { forbidden: rules },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      conditionNames: ['import', 'types'],
      exportsFields: ['exports'],
    },
  })
  return result.output as ICruiseResult
}

describe('the rooms', () => {
  let result: ICruiseResult
  beforeAll(async () => {
    result = await cruiseFolder('src', RULES)
  })

  test('were seen: the tool reads TypeScript', () => {
    expect(result.summary.totalCruised).toBeGreaterThan(100)
    expect(result.summary.totalDependenciesCruised).toBeGreaterThan(200)
  })

  test.each(RULES.map(({ name, comment }) => [name, comment]))('%s', (name) => {
    const broken = result.summary.violations.filter((violation) => violation.rule.name === name)
    expect(broken.map(({ from, to }) => `${from} → ${to}`)).toEqual([])
  })
})

test('the rules can fail: a toy house breaks each kind of them', async () => {
  const toy = JSON.parse(JSON.stringify(RULES).replaceAll('^src/', '^test/fixtures/house/src/'))
  const { summary } = await cruiseFolder('test/fixtures/house', toy)
  const broken = new Set(summary.violations.map(({ rule }) => rule.name))
  expect([...broken].sort()).toEqual([
    'a room of the domain is entered by its index.ts',
    'domain/memory imports curriculum',
    'lib imports nothing of ours',
    'lib, domain and app reach nothing outside',
    'no circle',
    'server imports lib, domain, app, catalog, store',
  ])
})
