import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addGroup,
  addNode,
  connect,
  follow,
  moveInto,
  relabel,
  remove,
  reverse,
  type Sheet,
  shiftEdge,
  shiftNode,
} from './edit.ts'
import { commit, type History, redo, startHistory, undo } from './edit-history.ts'
import { emptyDrawing, type LinkedDrawing } from './model.ts'
import { parseDrawing, printDrawing } from './notation/index.ts'

const sheet = (text: string, places: Sheet['places'] = {}): Sheet => ({
  drawing: parseDrawing(text, 'topology').drawing as LinkedDrawing,
  places,
})
const text = ({ drawing }: Sheet) => printDrawing(drawing).split('\n')

describe('names and ids', () => {
  test('a renamed node keeps its edges and its place', () => {
    const next = relabel(sheet('a -> b', { a: { x: 1, y: 2 } }), 'node:a', 'gateway')
    expect(text(next)).toEqual(['gateway', 'b', 'gateway -> b'])
    expect(next.places).toEqual({ gateway: { x: 1, y: 2 } })
  })

  test('a node that moves into a group takes its edges and its place along', () => {
    const before = sheet('us: { db }\napi -> us.db', { api: { x: 5, y: 6 } })
    const next = moveInto(before, 'api', 'us')
    expect(next.ok && text(next.value)).toEqual(['us: {', '  db', '  api', '}', 'us.api -> us.db'])
    expect(next.ok && next.value.places).toEqual({ 'us.api': { x: 5, y: 6 } })
  })

  test('a second node of one name gets a number for its id, not for its label', () => {
    const { drawing } = addNode(addNode(sheet(''), 'api', null), 'api', null)
    expect(drawing.nodes).toEqual([
      { id: 'api', label: 'api', group: null },
      { id: 'api 2', label: 'api', group: null },
    ])
  })

  test('a node may be called anything that is not empty', () => {
    expect(addNode(sheet(''), '10.0.0.1:80', null).drawing.nodes[0]?.id).toBe('"10.0.0.1:80"')
    expect(addNode(sheet('a'), '  ', null)).toEqual(sheet('a'))
  })

  test('the second edge between two ends is #2, and #1 again when the first is gone', () => {
    const two = sheet('a -> b: one\na -> b: two')
    expect(remove(two, ['edge:a -> b']).drawing.edges).toEqual([
      { id: 'a -> b', from: 'a', to: 'b', arrow: 'directed', label: 'two' },
    ])
  })
})

describe('what cannot be', () => {
  test('a group does not stand in itself, nor is it connected to its member', () => {
    const nested = sheet('a: { b: { c } }')
    expect(moveInto(nested, 'a', 'a.b').ok).toBe(false)
    expect(connect(nested, 'a', 'a.b.c').ok).toBe(false)
    expect(moveInto(sheet('g: { x }\nn -> g'), 'n', 'g').ok).toBe(false)
  })

  test('members of a removed group stay, one group further out', () => {
    expect(text(remove(sheet('a: { b: { c } }'), ['group:a.b']))).toEqual(['a: {', '  c', '}'])
  })
})

/** Any drawing that the changes can make. */
const label = fc.constantFrom('api', 'API', 'db', 'db 2', 'Load balancer', 'a.b', 'x -> y', '"q"', 'start')
const step = fc.record({
  do: fc.constantFrom('node', 'group', 'connect', 'into', 'rename', 'label', 'reverse', 'remove', 'shift'),
  label,
  one: fc.nat(30),
  two: fc.nat(30),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const pick = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)]

function apply(now: Sheet, { do: what, label: words, one, two }: Step): Sheet {
  const { nodes, groups, edges } = now.drawing
  const ends = [...nodes, ...groups]
  const a = pick(ends, one)?.id ?? ''
  const b = pick(ends, two)?.id ?? ''
  const edge = pick(edges, one)?.id ?? ''
  if (what === 'node')
    return addNode(now, words, pick([null, ...groups], two)?.id ?? null, { x: one, y: two })
  if (what === 'group') return addGroup(now, words)
  if (what === 'rename')
    return relabel(now, nodes.some((n) => n.id === a) ? `node:${a}` : `group:${a}`, words)
  if (what === 'label') return relabel(now, `edge:${edge}`, words)
  if (what === 'reverse') return reverse(now, edge)
  if (what === 'remove') return remove(now, [`node:${a}`, `edge:${edge}`])
  if (what === 'shift') return shiftEdge(now, edge, two % 2 === 0 ? 1 : -1)
  const done = what === 'connect' ? connect(now, a, b, { label: words }) : moveInto(now, a, b || null)
  return done.ok ? done.value : now
}

const empty: Sheet = { drawing: emptyDrawing('topology') as LinkedDrawing, places: {} }
const steps = fc.array(step, { maxLength: 25 })
const built = steps.map((all) => all.reduce(apply, empty))

describe('properties', () => {
  test('whatever was done, the drawing can be written down and read again', () => {
    fc.assert(
      fc.property(built, ({ drawing }) => {
        const again = parseDrawing(printDrawing(drawing), 'topology')
        expect(again.problems).toEqual([])
        const sorted = (d: LinkedDrawing) => ({
          nodes: [...d.nodes].sort((x, y) => (x.id < y.id ? -1 : 1)),
          groups: [...d.groups].sort((x, y) => (x.id < y.id ? -1 : 1)),
          edges: d.edges,
        })
        expect(sorted(again.drawing as LinkedDrawing)).toEqual(sorted(drawing))
      }),
    )
  })

  test('places belong to nodes and groups that exist', () => {
    fc.assert(
      fc.property(built, ({ drawing, places }) => {
        const ids = new Set([...drawing.nodes, ...drawing.groups].map((one) => one.id))
        for (const id of Object.keys(places)) expect(ids).toContain(id)
      }),
    )
  })

  test('turning an edge round twice, and shifting to and fro, change nothing', () => {
    fc.assert(
      fc.property(built, fc.nat(30), (now, n) => {
        const at = now.drawing.edges.length > 0 ? n % now.drawing.edges.length : -1
        const edge = now.drawing.edges[at]
        if (!edge) return
        const once = reverse(now, edge.id)
        const twice = reverse(once, once.drawing.edges[at]?.id ?? '')
        expect(twice.drawing).toEqual(now.drawing)
        if (!now.drawing.edges[at + 1]) return
        const moved = shiftEdge(now, edge.id, 1)
        expect(shiftEdge(moved, moved.drawing.edges[at + 1]?.id ?? '', -1)).toEqual(now)
      }),
    )
  })

  test('shifting a participant to and fro changes nothing', () => {
    const before = sheet('a; b; c')
    expect(shiftNode(shiftNode(before, 'a', 1), 'a', -1)).toEqual(before)
  })

  test('undo takes back every step, redo takes it again', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let history: History<Sheet> = startHistory(empty)
        for (const one of all) history = commit(history, apply(history.now, one))
        const states = [...history.past, history.now]
        let back = history
        for (let i = states.length - 1; i >= 0; i--) {
          expect(back.now).toBe(states[i])
          back = undo(back)
        }
        for (let i = 1; i < states.length; i++) back = redo(back)
        expect(back.now).toBe(history.now)
      }),
    )
  })

  test('an element is found again after a change by its place in the order', () => {
    const before = sheet('a -> b')
    expect(follow(before.drawing, reverse(before, 'a -> b').drawing, 'edge:a -> b')).toBe('edge:b -> a')
    expect(follow(before.drawing, remove(before, ['edge:a -> b']).drawing, 'edge:a -> b')).toBe(null)
  })
})
