import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { perfect, smallWorld, value } from '../../test/small-world.ts'
import { attempt } from './attempt.ts'
import { cellOf, exportCsv } from './export-csv.ts'
import { exportObsidian } from './export-obsidian.ts'

/** The rows of a table, read as RFC 4180 says. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? ''
    if (quoted && sign === '"' && text[i + 1] === '"') {
      cell += '"'
      i++
    } else if (sign === '"') quoted = !quoted
    else if (!quoted && sign === ',') {
      row.push(cell)
      cell = ''
    } else if (!quoted && sign === '\r' && text[i + 1] === '\n') {
      rows.push([...row, cell])
      row = []
      cell = ''
      i++
    } else cell += sign
  }
  return rows
}

describe('the table', () => {
  test('has a row for every diagram, fact and context slot, each with every column', async () => {
    const world = await smallWorld()
    value(await attempt(world, perfect(world, 'patterns/caching')))
    const { text, rows } = value(await exportCsv(world))
    const [head = [], ...body] = rowsOf(text)
    expect(body).toHaveLength(rows)
    expect(body.every((row) => row.length === head.length)).toBe(true)
    const items = [...world.catalogue.items.values()]
    expect(rows).toBe(items.reduce((sum, item) => sum + 1 + item.facts.length + item.context.length, 0))
    const column = (name: string) => head.indexOf(name)
    const of = (id: string) => body.find((row) => row[column('id')] === id) ?? []
    expect(of('patterns/caching#ttl')[column('answer')]).toBe('30 s')
    expect(of('patterns/caching#ttl')[column('sources')]).toBe('A. Author (2020): The Book')
    expect(of('patterns/caching')[column('due')]).toMatch(/^2026-03-/)
    expect(of('patterns/queueing')[column('due')]).toBe('')
  })

  test('any text is one cell, and none of them a formula', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[=+\-@\t\r"',\n]{0,4}\w*$/))
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [row = []] = rowsOf(`${cellOf(a)},${cellOf(b)}\r\n`)
        expect(row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(
          [a, b].map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, '')),
        )
        for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
  })
})

describe('the vault', () => {
  test('has a note for every diagram, and every link and picture leads to a file of it', async () => {
    const world = await smallWorld()
    value(await attempt(world, perfect(world, 'patterns/caching')))
    const files = value(await exportObsidian(world))
    for (const id of world.catalogue.items.keys())
      for (const path of [`${id}.md`, `drawings/${id}.svg`, `canvas/${id}.canvas`])
        expect(files.has(path)).toBe(true)
    let links = 0
    for (const [path, text] of files) {
      expect(path).toMatch(/^[A-Za-z0-9-]+(\/[a-z0-9-]+)*\.(md|svg|canvas)$/)
      if (path.endsWith('.canvas')) expect(() => JSON.parse(text)).not.toThrow()
      if (!path.endsWith('.md')) continue
      for (const [, to = ''] of text.matchAll(/\[\[([^|\]]+)/g)) {
        links++
        expect(files.has(to) || files.has(`${to}.md`), `${path} → ${to}`).toBe(true)
      }
    }
    expect(links).toBeGreaterThan(20)
    expect(files.get('patterns/queueing.md')).toContain('[[patterns/caching|The diagram patterns/caching]]')
    expect(files.get('patterns/caching.md')).toMatch(/\ndue: "2026-03-\d\d"\n/)
    expect(files.get('patterns/queueing.md')).not.toMatch(/\ndue:/)
  })

  test('its overview is a canvas whose arrows join what stands in it', async () => {
    const files = value(await exportObsidian(await smallWorld()))
    const { nodes, edges } = JSON.parse(files.get('Atlas.canvas') ?? '')
    const ids = nodes.map(({ id }: { id: string }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(edges).toHaveLength(1)
    for (const { fromNode, toNode } of edges) {
      expect(ids).toContain(fromNode)
      expect(ids).toContain(toNode)
    }
    for (const { file } of nodes) expect(files.has(file)).toBe(true)
  })
})
