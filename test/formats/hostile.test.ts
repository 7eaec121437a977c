import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { deflateRawSync, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  FORMS,
  type Form,
  isLinked,
  LIMITS,
  loadFormats,
  parseDrawing,
  printDrawing,
} from '#domain/diagram/index.ts'
import { parsers } from '../../src/world-parsers.ts'
import { deflatedPart, drawioSvg, excalidrawSvg, KEYWORD, payload, png, textPart } from './pack.ts'

/** Files that are broken, or made to break something: always an answer in words, never an exception. */

const { importDrawing, FORMAT_LIMITS } = await loadFormats()
const folder = fileURLToPath(new URL('../fixtures/formats/', import.meta.url))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Without D2's compiler, which takes seconds to start: a browser has none either. */
const quick = { ...parsers, d2: null }

async function read(name: string, bytes: Uint8Array, form: Form = 'topology') {
  const result = await importDrawing({ name, bytes, form }, quick)
  if (result.ok) {
    const { drawing, skipped, questions } = result.value
    expect(parseDrawing(printDrawing(drawing), form).problems).toEqual([])
    expect(skipped.length).toBeLessThanOrEqual(FORMAT_LIMITS.lines + 1)
    const edges = new Set(isLinked(drawing) ? drawing.edges.map(({ id }) => id) : [])
    expect(questions.filter(({ edge }) => !edges.has(edge))).toEqual([])
  } else {
    expect(result.error.message).toMatch(/\.$|:\n/)
    expect(result.error.mend).not.toBe('')
  }
  return result
}

const files = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }): [string, Uint8Array] => [name, readFileSync(folder + name)])
const scene = readFileSync(`${folder}checkout.excalidraw`, 'utf8')
const drawio = readFileSync(`${folder}orders.drawio`, 'utf8')
const ALL: readonly (readonly [string, Uint8Array])[] = [
  ...files,
  ['scene.png', png([textPart(KEYWORD, payload(scene))])],
  ['scene.svg', utf8(excalidrawSvg(scene, 2))],
  ['page.svg', utf8(drawioSvg(drawio))],
  ['page.png', png([deflatedPart('mxfile', deflateSync(Buffer.from(encodeURIComponent(drawio))))])],
]

const form = fc.constantFrom(...FORMS)

describe('damaged at random', () => {
  test.each(ALL)('%s', async (name, bytes) => {
    const mutation = fc.oneof(
      fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
      fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), to: fc.nat(255) }),
      fc.record({ kind: fc.constant('lose' as const), at: fc.nat(), count: fc.nat(200) }),
      fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(), count: fc.nat(400) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), form, async (mutations, asked) => {
        let now = Buffer.from(bytes)
        for (const one of mutations) {
          const at = one.at % Math.max(1, now.length)
          if (one.kind === 'cut') now = now.subarray(0, at)
          else if (one.kind === 'flip') now[at] = one.to
          else {
            const part = now.subarray(at, at + one.count)
            const between = one.kind === 'repeat' ? [part, part] : []
            now = Buffer.concat([now.subarray(0, at), ...between, now.subarray(at + one.count)])
          }
        }
        await read(name, now, asked)
      }),
      { numRuns: /\.(mmd|md)$/.test(name) ? 60 : 150 },
    )
  })
})

test('JSON of any shape is no scene and no canvas that breaks anything', async () => {
  const key = fc.constantFrom(
    ...[
      'elements',
      'type',
      'id',
      'x',
      'y',
      'width',
      'height',
      'points',
      'text',
      'label',
      'groupIds',
      'containerId',
    ],
    ...['startBinding', 'endBinding', 'elementId', 'frameId', 'isDeleted', 'angle', 'name', 'originalText'],
    ...['nodes', 'edges', 'fromNode', 'toNode', 'fromEnd', 'toEnd', '__proto__', 'constructor', 'toString'],
  )
  const word = fc.constantFrom(
    'rectangle',
    'arrow',
    'text',
    'frame',
    'line',
    'group',
    'file',
    'a',
    'b',
    'c',
    '',
  )
  const leaf = fc.oneof(word, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.string())
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('value'), { maxLength: 4 }), tie('object')),
    object: fc.dictionary(key, tie('value'), { maxKeys: 8 }),
  }))
  const element = fc.dictionary(key, fc.oneof(leaf, value), { maxKeys: 10 })
  const list = fc.array(fc.oneof(element, value), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(
      list,
      list,
      form,
      fc.constantFrom('a.excalidraw', 'a.canvas'),
      async (one, two, asked, name) => {
        await read(name, utf8(JSON.stringify({ elements: one, nodes: one, edges: two })), asked)
      },
    ),
    { numRuns: 500 },
  )
})

test('words of the languages in any order', async () => {
  const word = fc.constantFrom(
    ...[
      'digraph',
      'graph',
      'subgraph',
      'cluster_a',
      '{',
      '}',
      '[',
      ']',
      '->',
      '--',
      '=',
      ';',
      ',',
      ':',
      '"',
      '"a"',
    ],
    ...[
      '<b>',
      '<',
      '>',
      'label',
      'dir',
      'back',
      'node',
      'edge',
      'strict',
      '/*',
      '*/',
      '//',
      '#',
      '\n',
      'a',
      'b',
      '+',
    ],
    ...[
      'flowchart TD',
      'sequenceDiagram',
      'stateDiagram-v2',
      'timeline',
      '-->',
      '->>',
      '|',
      'end',
      '[*]',
      'state',
    ],
    ...[
      'participant',
      'section',
      'note',
      '%%{',
      '}%%',
      '---',
      '```mermaid\n',
      '```',
      '&',
      '(',
      ')',
      'loop',
      'title',
    ],
  )
  const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(' '))
  const name = fc.constantFrom('a.dot', 'a.d2', 'a.txt', 'a.md')
  await fc.assert(
    fc.asyncProperty(text, name, form, async (one, named, asked) => {
      await read(named, utf8(one), asked)
    }),
    { numRuns: 1000 },
  )
  await fc.assert(
    fc.asyncProperty(text, form, async (one, asked) => {
      await read('a.mmd', utf8(one), asked)
    }),
    { numRuns: 60 },
  )
})

const SIZE = '<mxGeometry width="9" height="9"/>'

const bomb = (size: number): Buffer => Buffer.alloc(size, 'a')

describe('made to break something', () => {
  test('a zip bomb in a PNG, in a draw.io page and in an SVG stops at its limit', async () => {
    let largest = 0
    const watched = {
      ...quick,
      inflate: async (bytes: Uint8Array, kind: 'zlib' | 'raw', limit: number) => {
        const out = await parsers.inflate(bytes, kind, limit)
        largest = Math.max(largest, out?.length ?? 0)
        return out
      },
    }
    const huge = bomb(200_000_000)
    const page = `<mxfile><diagram>${deflateRawSync(huge).toString('base64')}</diagram></mxfile>`
    const cases: readonly (readonly [string, Uint8Array])[] = [
      ['a.png', png([textPart(KEYWORD, payload(huge))])],
      ['a.png', png([deflatedPart('mxfile', deflateSync(huge))])],
      ['a.drawio', utf8(page)],
      ['a.drawio.svg', utf8(drawioSvg(page))],
    ]
    for (const [name, bytes] of cases) {
      const result = await importDrawing({ name, bytes, form: 'topology' }, watched)
      expect(!result.ok && result.error.code).toBe('damaged')
    }
    expect(largest).toBeLessThanOrEqual(FORMAT_LIMITS.inflated)
  })

  test('XML entities are never expanded', async () => {
    const entities = Array.from(
      { length: 12 },
      (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`,
    ).join('')
    const xml = `<?xml version="1.0"?><!DOCTYPE mxfile [<!ENTITY e0 "boom">${entities}<!ENTITY f SYSTEM "file:///etc/passwd">]>
<mxfile><diagram><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
<mxCell id="a" value="&e12;&f;" vertex="1" parent="1"><mxGeometry x="0" y="0" width="9" height="9"/></mxCell>
</root></mxGraphModel></diagram></mxfile>`
    const result = await read('a.drawio', utf8(xml))
    const label =
      result.ok && isLinked(result.value.drawing) ? (result.value.drawing.nodes[0]?.label ?? '') : ''
    expect(label).not.toMatch(/boom|root:/)
    expect(label.length).toBeLessThan(50)
  })

  test('a script in a label is text at most', async () => {
    const attack = '<img src=x onerror=alert(1)><script>alert(1)</script><b onclick="x()">API</b>'
    const escaped = attack.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
    const cells = `<mxCell id="a" value="${escaped}" style="html=1" vertex="1" parent="1">${SIZE}</mxCell>`
    const page = `<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>${cells}</root></mxGraphModel>`
    const inMermaid = `flowchart TD\n  a["${attack.replaceAll('"', '#quot;')}"]\n`
    for (const [name, text] of [
      ['a.drawio', page],
      ['a.svg', drawioSvg(page)],
      ['a.mmd', inMermaid],
      ['a.dot', `digraph { a [label=<${attack}>] }`],
    ] as const) {
      const result = await read(name, utf8(text))
      if (!result.ok || !isLinked(result.value.drawing)) throw new Error(`${name} is not read`)
      expect([name, result.value.drawing.nodes.map(({ label }) => label)]).toEqual([name, ['API']])
    }
  })

  test('a file of 50 MB is refused before it is looked into', async () => {
    const result = await read('a.excalidraw', bomb(50_000_000))
    expect(!result.ok && result.error).toMatchObject({ code: 'too-large' })
  })

  test.each([
    ['10,000 boxes', 'a.excalidraw', () => JSON.stringify({ type: 'excalidraw', elements: boxes(10_000) })],
    ['10,000 cards', 'a.canvas', () => JSON.stringify({ nodes: boxes(10_000), edges: [] })],
    [
      '100 by 100 arrows in one line',
      'a.dot',
      () => `digraph { {${names(100)}} -> {${names(100)}} -> {${names(100)}} }`,
    ],
    ['2,000 nodes', 'a.dot', () => `digraph { ${names(2000)} }`],
    [
      '500 by 500 arrows in one line',
      'a.mmd',
      () => `flowchart TD\n${names(500, ' & ')} --> ${names(500, ' & ')}`,
    ],
  ])('%s: as many as a drawing holds, and a line that says so', async (_, name, text) => {
    const result = await read(name, utf8(text()))
    if (!result.ok) return expect(result.error.message).not.toBe('')
    const { drawing, skipped } = result.value
    if (!isLinked(drawing)) throw new Error('not linked')
    const count = drawing.nodes.length + drawing.groups.length + drawing.edges.length
    expect(count).toBeLessThanOrEqual(LIMITS.elements)
    expect(skipped.join('\n')).toMatch(/first|beyond|at most/)
  })

  test.each([
    ['braces', 'a.dot', `digraph {${'{'.repeat(90_000)}`],
    ['subgraphs', 'a.dot', `digraph {${'subgraph cluster_a {'.repeat(4000)}`],
    ['angle brackets', 'a.dot', `digraph { a [label=${'<'.repeat(90_000)}`],
    ['quotes', 'a.dot', `digraph { ${'"'.repeat(90_001)}`],
    ['JSON', 'a.excalidraw', `{"elements":${'['.repeat(2_000_000)}`],
    ['JSON', 'a.canvas', `{"nodes":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['tags', 'a.drawio', `<mxfile>${'<a>'.repeat(500_000)}`],
    ['open tags', 'a.drawio', `<mxfile ${'<'.repeat(500_000)}`],
    ['fences', 'a.md', '```mermaid\n'.repeat(9_000)],
    ['directives', 'a.mmd', '%%{'.repeat(30_000)],
    ['blank lines', 'a.txt', '\n'.repeat(60_000)],
    ['blank lines with a mark', 'a.mmd', `flowchart TD\n${' \n'.repeat(40_000)}a --> b`],
    ['rules', 'a.mmd', '---\n'.repeat(20_000)],
    ['D2 blocks', 'a.d2', 'a: |md\n'.repeat(10_000)],
    ['quotes and backslashes', 'a.d2', `a: ${'"\\'.repeat(49_000)}`],
    ['subgraphs of Mermaid', 'a.mmd', `flowchart TD\n${'subgraph a\n'.repeat(300)}`],
    ['lines of Mermaid', 'a.mmd', `sequenceDiagram\n${'loop x\n'.repeat(7000)}`],
    ['fan-outs', 'a.dot', `digraph { {${names(9000)}} -> {${names(9000)}} }`],
  ])('deep or endless %s in %s', async (_, name, text) => {
    await read(name, utf8(text))
    await read(name, utf8(text), 'timeline')
  })

  test('variables that double at each step never reach the compiler of D2', async () => {
    const doubling = Array.from({ length: 25 }, (_, i) => `  v${i + 1}: "\${v${i}}\${v${i}}"`)
    const text = `vars: {\n  v0: lol\n${doubling.join('\n')}\n}\nx: \${v25}\n`
    const d2 = () => Promise.reject(new Error('asked'))
    const result = await importDrawing(
      { name: 'a.d2', bytes: utf8(text), form: 'topology' },
      { ...parsers, d2 },
    )
    expect(!result.ok && result.error.message).toContain('its variables grow too large')
  })

  test('UTF-16 is named as such', async () => {
    const bytes = Buffer.from('\ufeffgraph TD\na --> b\n', 'utf16le')
    const result = await read('a.mmd', bytes)
    expect(!result.ok && result.error.message).toContain('UTF-16')
  })

  test('groups that hold each other are taken apart', async () => {
    const cell = (id: string, parent: string) =>
      `<mxCell id="${id}" value="${id}" style="container=1" vertex="1" parent="${parent}">${SIZE}</mxCell>`
    const page = `<mxGraphModel><root><mxCell id="0"/>${cell('a', 'b')}${cell('b', 'a')}${cell('c', 'c')}</root></mxGraphModel>`
    const result = await read('a.drawio', utf8(page))
    expect(result.ok && isLinked(result.value.drawing) && result.value.drawing.groups.length).toBe(3)
  })
})

const boxes = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `b${i}`,
    type: i % 2 === 0 ? 'rectangle' : 'text',
    x: (i % 100) * 200,
    y: Math.floor(i / 100) * 100,
    width: 120,
    height: 60,
    text: `box ${i}`,
    label: { text: `box ${i}` },
  }))

const names = (count: number, between = ' '): string =>
  Array.from({ length: count }, (_, i) => `n${i}`).join(between)
