import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLinked, type LinkedDrawing } from '../model.ts'
import { describeProblem, parseDrawing, printDrawing } from './index.ts'

const read = (text: string, form: 'topology' | 'sequence' = 'topology') => {
  const { drawing, problems, notes } = parseDrawing(text, form)
  const linked = drawing as LinkedDrawing
  return {
    nodes: linked.nodes.map(({ id, label }) => (id === label ? id : `${id}=${label}`)),
    groups: linked.groups.map(({ id, label }) => (id === label ? id : `${id}=${label}`)),
    edges: linked.edges.map(({ id, label }) => (label === '' ? id : `${id}: ${label}`)),
    problems: problems.map(describeProblem),
    notes: notes.map(describeProblem),
  }
}

describe('what a drawing says', () => {
  test('a chain gives its label to every link', () => {
    expect(read('client -> cdn -> lb: HTTPS # secure').edges).toEqual([
      'client -> cdn: HTTPS',
      'cdn -> lb: HTTPS',
    ])
  })

  test('arrows point as they are drawn', () => {
    const { edges } = read('a <- b; c <-> d\ne -- f; g --> h; node-a->node-b')
    expect(edges).toEqual(['b -> a', 'c <-> d', 'e -- f', 'g -> h', 'node-a -> node-b'])
  })

  test('a comma fans out on both sides', () => {
    expect(read('a, b -> c, d: x').edges).toEqual(['a -> c: x', 'a -> d: x', 'b -> c: x', 'b -> d: x'])
  })

  test('the second connection between two ends has its own id', () => {
    expect(read('a -> b: one; a -> b: two').edges).toEqual(['a -> b: one', 'a -> b #2: two'])
  })

  test('groups, labels and paths', () => {
    const { nodes, groups, edges } = read(
      'us: US East { api; db: "Orders; main" }\nus.api -> us.db\nclient -> us',
    )
    expect(nodes).toEqual(['us.api=api', 'us.db=Orders; main', 'client'])
    expect(groups).toEqual(['us=US East'])
    expect(edges).toEqual(['us.api -> us.db', 'client -> us'])
  })

  test('a bare name means the only member of that name, wherever its group stands', () => {
    const { nodes, edges } = read('ring -> node-b: owner\ncluster: { node-a; node-b }')
    expect(edges).toEqual(['ring -> cluster.node-b: owner'])
    expect(nodes).toEqual(['ring', 'cluster.node-b=node-b', 'cluster.node-a=node-a'])
  })

  test('case and spaces do not make two nodes of one', () => {
    expect(read('API -> db\napi  ->  cache').nodes).toEqual(['API', 'db', 'cache'])
  })

  test("D2's looks are skipped with a note", () => {
    const { nodes, groups, notes, problems } = read(
      'direction: right\ndb: Orders { shape: cylinder }\ndb.style.fill: red',
    )
    expect({ nodes, groups, problems }).toEqual({ nodes: ['db=Orders'], groups: [], problems: [] })
    expect(notes).toHaveLength(3)
  })

  test('quotes keep what would be read otherwise', () => {
    expect(read('"10.0.0.1" -> "a: b"').edges).toEqual(['"10.0.0.1" -> "a: b"'])
  })
})

describe('one bad line never hides the others', () => {
  test.each([
    ['a ->\nb -> c', 'line 1, column 5: expected a name, found the end of the line', 'b -> c'],
    ['-> a\nb -> c', 'line 1, column 1: expected a name, found `->`', 'b -> c'],
    ['a -> b }\nb -> c', 'line 1, column 8: a closing brace without its opening one', 'b -> c'],
    ['x: { a\nb -> c', 'line 1, column 4: this brace is never closed', 'x.b -> x.c'],
    ['a: "open\nb -> c', 'line 1, column 4: this quote is never closed on its line', 'b -> c'],
    [
      'us: { db }; eu: { db }\nb -> c; b -> db',
      'line 2, column 14: `db` could be `us.db` or `eu.db`; write its path',
      'b -> c',
    ],
    [
      'edge: { cdn }\nedg.waf -> x\nb -> c',
      'line 2, column 1: unknown group `edg`; did you mean `edge`?',
      'b -> c',
    ],
    [
      'g: { a }\na -> g\nb -> c',
      'line 2, column 1: `g.a` and `g` stand one inside the other; they cannot be connected',
      'b -> c',
    ],
  ])('%j', (text, problem, edge) => {
    const { problems, edges } = read(text)
    expect(problems).toContain(problem)
    expect(edges).toContain(edge)
  })

  test('a sequence has no groups', () => {
    expect(read('g: { a; b }\na -> b', 'sequence').problems).toEqual([
      'line 1, column 1: a sequence has no groups; `g` is one',
    ])
  })

  test('hostile sizes end in a problem', () => {
    expect(read('a -> b\n'.repeat(10_000)).problems.at(-1)).toMatch(/more than 600 statements/)
    expect(read(`${'a,'.repeat(5000)}a -> ${'b,'.repeat(5000)}b`).problems.at(-1)).toMatch(/more than 600/)
    expect(read('x'.repeat(1_000_000)).problems).toEqual([expect.stringMatching(/at most 200000 are read/)])
    expect(read('x'.repeat(1000)).problems).toEqual([expect.stringMatching(/a name of 1000 characters/)])
    expect(read('{'.repeat(50_000)).problems.length).toBeGreaterThan(0)
    expect(read('a: {'.repeat(20_000)).problems.length).toBeGreaterThan(0)
  })
})

test('a timeline is a table', () => {
  const text = '09:37 | wrong command run | operator\n# later\n | servers removed\nrecovered'
  const { drawing, problems } = parseDrawing(text, 'timeline')
  expect(problems).toEqual([])
  expect(drawing).toEqual({
    form: 'timeline',
    events: [
      { id: '1', at: '09:37', label: 'wrong command run', lane: 'operator' },
      { id: '2', at: '', label: 'servers removed', lane: '' },
      { id: '3', at: '', label: 'recovered', lane: '' },
    ],
  })
})

test('a matrix is a table, in Markdown too', () => {
  const plain = parseDrawing(' | order | replay\nkafka | per partition | yes\nsqs | best effort', 'matrix')
  const markdown =
    '| | order | replay |\n|---|---|---|\n| kafka | per partition | yes |\n| sqs | best effort | |'
  expect(parseDrawing(markdown, 'matrix').drawing).toEqual(plain.drawing)
  expect(plain.drawing).toMatchObject({
    columns: ['order', 'replay'],
    rows: [{ label: 'kafka' }, { cells: ['best effort', ''] }],
  })
  expect(plain.problems).toEqual([])
})

describe('printing and parsing are inverse', () => {
  const name = fc
    .stringMatching(/^[a-zA-Z0-9é .:;{}|#"'<>?\\/_-]{1,14}$/)
    .map((raw) => raw.trim().replace(/\s+/g, ' '))
    .filter((raw) => raw !== '')
  const line = fc.record({
    ends: fc.tuple(fc.nat(9), fc.nat(9)),
    arrow: fc.constantFrom('->', '<-', '<->', '--'),
    label: fc.option(name, { nil: '' }),
  })
  const quote = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`
  /** Any text: names declared at the top or in groups (of groups), then edges between them. */
  const text = fc
    .record({
      tops: fc.array(name, { maxLength: 4 }),
      groups: fc.array(fc.tuple(name, fc.option(name), fc.array(name, { maxLength: 3 }), fc.option(name)), {
        maxLength: 3,
      }),
      edges: fc.array(line, { maxLength: 8 }),
    })
    .map(({ tops, groups, edges }) => {
      const paths = tops.map(quote)
      const lines = tops.map(quote)
      for (const [group, label, members, inner] of groups) {
        const inside = members.map(quote)
        if (inner !== null) inside.push(`${quote(inner)}: { deep; ${quote('deeper.x')} }`)
        lines.push(`${quote(group)}: ${label === null ? '' : quote(label)} { ${inside.join('; ')} }`)
        paths.push(...members.map((member) => `${quote(group)}.${quote(member)}`))
      }
      if (paths.length > 0) {
        for (const { ends, arrow, label } of edges) {
          const [from, to] = ends.map((end) => paths[end % paths.length])
          lines.push(`${from} ${arrow} ${to}${label === '' ? '' : `: ${quote(label)}`}`)
        }
      }
      return lines.join('\n')
    })

  test('for every linked drawing', () => {
    fc.assert(
      fc.property(text, (source) => {
        const first = parseDrawing(source, 'topology').drawing
        const again = parseDrawing(printDrawing(first), 'topology')
        expect(again.problems).toEqual([])
        expect(again.drawing).toEqual(first)
      }),
      { numRuns: 1000 },
    )
  })

  const cell = fc.string({ maxLength: 12 }).map((raw) => raw.trim().replace(/\s+/g, ' '))
  const label = cell.filter((raw) => raw !== '')

  test('for every timeline', () => {
    const events = fc.array(fc.record({ at: cell, label, lane: cell }), { maxLength: 8 })
    fc.assert(
      fc.property(events, (raw) => {
        const drawing = {
          form: 'timeline' as const,
          events: raw.map((event, i) => ({ id: String(i + 1), ...event })),
        }
        expect(parseDrawing(printDrawing(drawing), 'timeline')).toEqual({ drawing, problems: [], notes: [] })
      }),
      { numRuns: 500 },
    )
  })

  test('for every matrix', () => {
    const sizes = fc.tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.array(label, { maxLength: 4 }))
    const matrix = sizes.chain(([columns, rows]) =>
      fc
        .tuple(...rows.map(() => fc.array(cell, { minLength: columns.length, maxLength: columns.length })))
        .map((cells) => ({
          form: 'matrix' as const,
          columns,
          rows: rows.map((row, r) => ({ label: row, cells: cells[r] ?? [] })),
        })),
    )
    fc.assert(
      fc.property(matrix, (drawing) => {
        expect(parseDrawing(printDrawing(drawing), 'matrix')).toEqual({ drawing, problems: [], notes: [] })
      }),
      { numRuns: 500 },
    )
  })

  test('any text at all is read without a throw', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab .:;{}|#"\'<>-\n\\,'), maxLength: 60 }),
        (source) => {
          for (const form of ['topology', 'sequence', 'timeline', 'matrix'] as const)
            parseDrawing(source, form)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

test('a line break of D2 in quotes is a space, and never an n', () => {
  const { drawing, problems } = parseDrawing(
    'a: "one\\ntwo"\na -> b: "three\\nfour"\nc: "\\"x\\" \\\\y"',
    'topology',
  )
  expect(problems).toEqual([])
  expect(isLinked(drawing) && drawing.nodes.map(({ label }) => label)).toEqual(['one two', 'b', '"x" \\y'])
  expect(isLinked(drawing) && drawing.edges[0]?.label).toBe('three four')
})

test('a matrix whose columns have no names comes back as it was', () => {
  for (const rows of [[], [{ label: 'a', cells: ['', ''] }], [{ label: 'a', cells: ['1', '2'] }]]) {
    const drawing = { form: 'matrix' as const, columns: ['', ''], rows }
    expect(parseDrawing(printDrawing(drawing), 'matrix')).toEqual({ drawing, problems: [], notes: [] })
  }
})
