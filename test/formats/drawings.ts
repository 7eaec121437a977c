import fc from 'fast-check'
import {
  type Box,
  buildVocabulary,
  type Drawing,
  edgeId,
  type Form,
  isLinked,
  joinPath,
  type LaidOut,
  type LinkedDrawing,
  type LinkedForm,
  layoutAtOnce,
  type Point,
} from '#domain/diagram/index.ts'

/** Random drawings with hostile labels, and a layout for each in which only members stand inside a group. */

const HOSTILE = [
  'api',
  'load balancer',
  'a "quoted" name',
  "it's",
  'x < y > z',
  '<b>bold</b>',
  '<script>alert(1)</script>',
  'R&D &amp; more',
  '#1; #quot;',
  '[list] (round) {brace}',
  'end',
  'subgraph',
  'graph',
  'a|b|c',
  '`code` *star* _under_ ~~no~~',
  '**',
  '- item',
  '12. item',
  '# head',
  '> quote',
  'C++',
  'node.js',
  '10.0.0.1:8080',
  'back\\slash \\n',
  'semi;colon, comma: colon',
  'a -> b -- c',
  '%%{init}%%',
  '%name%',
  'ü 日本語 😀',
  '$0.023/GB-month',
  'wrap: it',
  'start',
  '[*]',
  '@x: {a}',
  'end note',
]

const label = fc
  .oneof(fc.constantFrom(...HOSTILE), fc.string({ minLength: 1, maxLength: 24, unit: 'grapheme-ascii' }))
  .map((text) => text.replace(/\s+/g, ' ').trim())
  .filter((text) => text !== '' && !/^\(?\d+[.):]\s/.test(text))

const arrow = fc.constantFrom('directed', 'directed', 'both', 'undirected') as fc.Arbitrary<
  'directed' | 'both' | 'undirected'
>

const plan = (form: LinkedForm) =>
  fc.record({
    groups: form === 'sequence' ? fc.constant([]) : fc.array(fc.tuple(label, fc.nat(20)), { maxLength: 4 }),
    nodes: fc.array(fc.tuple(label, fc.nat(20)), { minLength: 1, maxLength: 7 }),
    edges: fc.array(fc.tuple(fc.nat(50), fc.nat(50), arrow, fc.oneof(fc.constant(''), label)), {
      maxLength: 9,
    }),
  })

/** States as Mermaid's own state diagrams hold them: one-way, without groups. */
export const plainStates = (): fc.Arbitrary<LinkedDrawing> =>
  linkedDrawing('states').map(({ nodes, edges }) => {
    const flat = new Map(nodes.map(({ id }, i) => [id, `n${i}`]))
    const named = nodes.map(({ id, label: text }, i) => ({
      id: flat.get(id) ?? '',
      label: i === 0 ? 'start' : i === 1 ? 'end' : text,
      group: null,
    }))
    const oneWay = edges.flatMap(({ from, to, label: text }, i) => {
      const [a, b] = [flat.get(from), flat.get(to)]
      return a && b
        ? [{ id: `${a} -> ${b} #${i}`, from: a, to: b, arrow: 'directed' as const, label: text }]
        : []
    })
    return { form: 'states', nodes: named, edges: oneWay, groups: [] }
  })

export const linkedDrawing = (form: LinkedForm): fc.Arbitrary<LinkedDrawing> =>
  plan(form).map(({ groups: groupPlan, nodes: nodePlan, edges: edgePlan }) => {
    const groups: { id: string; label: string; parent: string | null }[] = []
    const depth = (id: string | null): number => {
      const parent = groups.find((group) => group.id === id)?.parent
      return id === null ? 0 : 1 + depth(parent ?? null)
    }
    for (const [i, [text, where]] of groupPlan.entries()) {
      const wanted = [null, ...groups.map(({ id }) => id)][where % (groups.length + 1)] ?? null
      const parent = depth(wanted) < 3 ? wanted : null
      groups.push({ id: joinPath(parent, `g${i}`), label: text, parent })
    }
    const nodes = nodePlan.map(([text, where], i) => {
      const group = [null, ...groups.map(({ id }) => id)][where % (groups.length + 1)] ?? null
      return { id: joinPath(group, `n${i}`), label: text, group }
    })
    const parents = new Map([
      ...groups.map(({ id, parent }) => [id, parent] as const),
      ...nodes.map(({ id, group }) => [id, group] as const),
    ])
    const inside = (inner: string, outer: string): boolean => {
      for (let at = parents.get(inner) ?? null; at !== null; at = parents.get(at) ?? null)
        if (at === outer) return true
      return false
    }
    const all = [...nodes, ...groups].map(({ id }) => id)
    const counts = new Map<string, number>()
    const edges = edgePlan.flatMap(([a, b, kind, text]) => {
      const [from = '', to = ''] = [all[a % all.length], all[b % all.length]]
      if (from !== to && (inside(from, to) || inside(to, from))) return []
      if (from === to && groups.some(({ id }) => id === from)) return []
      const ordinal = (counts.get(edgeId(from, kind, to, 1)) ?? 0) + 1
      counts.set(edgeId(from, kind, to, 1), ordinal)
      return [{ id: edgeId(from, kind, to, ordinal), from, to, arrow: kind, label: text }]
    })
    return { form, nodes, edges, groups }
  })

const word = label.filter((text) => text !== '–')
const maybe = fc.oneof(fc.constant(''), word)

export const tableDrawing = (form: 'timeline' | 'matrix'): fc.Arbitrary<Drawing> =>
  form === 'timeline'
    ? fc
        .array(fc.record({ at: maybe, label: word, lane: maybe }), { minLength: 1, maxLength: 6 })
        .map((events) => ({ form, events: events.map((event, i) => ({ id: String(i + 1), ...event })) }))
    : fc
        .record({
          columns: fc.array(word, { minLength: 1, maxLength: 4 }),
          rows: fc.array(fc.tuple(word, fc.array(maybe, { minLength: 4, maxLength: 4 })), { maxLength: 4 }),
        })
        .map(({ columns, rows }) => ({
          form,
          columns,
          rows: rows.map(([text, cells]) => ({ label: text, cells: cells.slice(0, columns.length) })),
        }))

export const anyDrawing = (form: Form): fc.Arbitrary<Drawing> =>
  form === 'timeline' || form === 'matrix' ? tableDrawing(form) : linkedDrawing(form)

const { vocabulary: NO_WORDS } = buildVocabulary([])

/** Everything below everything else, members inside their groups. */
export function anyLayout(drawing: Drawing): LaidOut {
  const ordered = layoutAtOnce(drawing, NO_WORDS)
  if (ordered || !isLinked(drawing)) return ordered as LaidOut
  const boxes = new Map<string, Box>()
  const stack = (group: string | null, x: number, top: number): number => {
    let y = top
    for (const { id } of drawing.nodes.filter((node) => node.group === group)) {
      boxes.set(id, { x, y, width: 160, height: 56 })
      y += 120
    }
    for (const { id } of drawing.groups.filter(({ parent }) => parent === group)) {
      const bottom = Math.max(y + 80, stack(id, x + 24, y + 48))
      const depth = 4 - id.split('.').length
      boxes.set(id, { x, y, width: 200 + 60 * depth, height: bottom - y })
      y = bottom + 64
    }
    return y
  }
  stack(null, 0, 0)
  const box = (id: string): Box => boxes.get(id) ?? { x: 0, y: 0, width: 1, height: 1 }
  const middle = (id: string): Point => ({
    x: box(id).x + box(id).width / 2,
    y: box(id).y + box(id).height / 2,
  })
  const depth = (id: string) => id.split('.').length - 1
  return {
    kind: 'linked',
    form: drawing.form,
    width: 1000,
    height: 4000,
    groups: [...drawing.groups]
      .sort((a, b) => depth(a.id) - depth(b.id))
      .map(({ id, label: caption }) => ({
        el: `group:${id}`,
        box: box(id),
        caption,
        captionBox: box(id),
        depth: depth(id),
      })),
    nodes: drawing.nodes.map(({ id, label: text }) => ({
      el: `node:${id}`,
      shape: 'box',
      box: box(id),
      lines: [text],
      icon: null,
      layer: 'none',
    })),
    edges: drawing.edges.map(({ id, from, to, arrow: kind }) => ({
      el: `edge:${id}`,
      arrow: kind,
      points: [
        middle(from),
        ...(from === to ? [{ x: middle(from).x + 200, y: middle(from).y }] : []),
        middle(to),
      ],
      label: null,
      from: `node:${from}`,
      to: `node:${to}`,
    })),
  }
}

/** What a drawing says, without ids: paths of labels, in order where the form has one. */
export function said(drawing: Drawing): unknown {
  if (!isLinked(drawing)) return drawing
  const labels = new Map([...drawing.nodes, ...drawing.groups].map(({ id, label: text }) => [id, text]))
  const parents = new Map([
    ...drawing.groups.map(({ id, parent }) => [id, parent] as const),
    ...drawing.nodes.map(({ id, group }) => [id, group] as const),
  ])
  const path = (id: string): string => {
    const parent = parents.get(id) ?? null
    return `${parent === null ? '' : `${path(parent)} / `}${labels.get(id)}`
  }
  const sort = (list: string[]): string[] => (drawing.form === 'sequence' ? list : list.sort())
  return {
    form: drawing.form,
    nodes: sort(drawing.nodes.map(({ id }) => path(id))),
    groups: sort(drawing.groups.map(({ id }) => path(id))),
    edges: sort(
      drawing.edges.map(({ from, to, arrow: kind, label: text }) => {
        return `${path(from)} ${kind} ${path(to)}: ${text}`
      }),
    ),
  }
}
