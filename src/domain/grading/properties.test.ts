import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import {
  type Diagram,
  type Drawing,
  emptyDrawing,
  FORMS,
  type Form,
  isLinked,
  type LinkedDrawing,
} from '#domain/diagram/index.ts'
import { type Random, seeded } from '#lib/random.ts'
import { type Grade, type GradedElement, gradeAttempt, parSeconds, referenceAnswers } from './index.ts'
import {
  CONCEPTS,
  diagramOf,
  int,
  misrememberAny,
  randomReference,
  SOME_SLIPS,
  shuffle,
  unknown,
} from './trials.ts'

const numRuns = Number(process.env.ATLAS_TRIALS ?? 300)
const FORM = fc.constantFrom(...FORMS)
const SEED = fc.integer({ min: 0, max: 2 ** 31 })
vi.setConfig({ testTimeout: 30_000 + 20 * numRuns })
const NOTHING = { facts: {}, context: {} }

/** Runs a property over seeded trials of every form; fast-check prints the form and the seed that broke it. */
const holds = (check: (form: Form, random: Random) => void, forms = FORM) =>
  fc.assert(
    fc.property(forms, SEED, (form, seed) => check(form, seeded(seed))),
    { numRuns },
  )

const grade = (diagram: Diagram, drawing: Drawing): Grade =>
  gradeAttempt(diagram, { drawing, answers: NOTHING, seconds: null })
const score = (diagram: Diagram, drawing: Drawing): number => grade(diagram, drawing).structure.score

function trial(form: Form, random: Random): { diagram: Diagram; drawing: Drawing } {
  const reference = randomReference(random, form)
  return { diagram: diagramOf(reference), drawing: misrememberAny(random, reference, SOME_SLIPS) }
}

test('the reference with its answers, in time or untimed, earns exactly 100', () => {
  holds((form, random) => {
    const diagram = diagramOf(randomReference(random, form))
    const answers = referenceAnswers(diagram)
    for (const seconds of [null, 0, parSeconds(diagram.drawing)]) {
      const full = gradeAttempt(diagram, { drawing: diagram.drawing, answers, seconds })
      expect(full.total).toBe(100)
      expect(full.elements.every(({ verdict }) => verdict === 'matched')).toBe(true)
    }
  })
})

test('nothing earns exactly 0, however fast', () => {
  holds((form, random) => {
    const diagram = diagramOf(randomReference(random, form))
    const none = gradeAttempt(diagram, { drawing: emptyDrawing(form), answers: NOTHING, seconds: 0 })
    expect(none.total).toBe(0)
  })
})

test('every part adds up from its elements: points to the score, what could be earned to the maximum', () => {
  const parts: Record<
    'structure' | 'technical' | 'context' | 'speed',
    (kind: GradedElement['kind']) => boolean
  > = {
    structure: (kind) => !['fact', 'context', 'speed'].includes(kind),
    technical: (kind) => kind === 'fact',
    context: (kind) => kind === 'context',
    speed: (kind) => kind === 'speed',
  }
  holds((form, random) => {
    const { diagram, drawing } = trial(form, random)
    const given = grade(diagram, drawing)
    for (const [name, belongs] of Object.entries(parts)) {
      const own = given.elements.filter(({ kind }) => belongs(kind))
      const part = given[name as keyof typeof parts]
      expect(own.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(part.score, 8)
      expect(own.reduce((sum, { of }) => sum + of, 0)).toBeCloseTo(part.max, 8)
      for (const one of own) {
        expect(one.points).toBeGreaterThanOrEqual(0)
        expect(one.points).toBeLessThanOrEqual(one.of + 1e-9)
        expect(one.because).not.toBe('')
        if (one.verdict === 'missing' || one.verdict === 'extra') expect(one.points).toBe(0)
      }
    }
  })
})

test('every drawn thing is told of, and nothing is told of twice', () => {
  const elements = (drawing: LinkedDrawing) =>
    drawing.nodes.length +
    drawing.groups.length +
    drawing.edges.filter(({ arrow }) => arrow !== 'both').length
  holds(
    (form, random) => {
      const { diagram, drawing } = trial(form, random)
      if (!isLinked(drawing) || !isLinked(diagram.drawing)) return
      const told = grade(diagram, drawing).elements
      const once = (ids: (string | null)[]) => {
        const counted = ids.filter((id): id is string => id !== null)
        const arcs = counted.filter((id) => id.startsWith('edge:'))
        const both = arcs.length - new Set(arcs).size
        expect(new Set(counted).size).toBe(counted.length - both)
        return counted.length - 2 * both
      }
      expect(once(told.map(({ drawn }) => drawn))).toBe(elements(drawing))
      expect(once(told.map(({ reference }) => reference))).toBe(elements(diagram.drawing))
    },
    fc.constantFrom('topology', 'states', 'decision', 'sequence'),
  )
})

/** Another wording, spelling and case of the same label. */
function reword(random: Random, label: string): string {
  const known = CONCEPTS.includes(label)
  const worded = known
    ? [label, `the ${label}`, `${label} unit`, label.replace('-', ' ')][int(random, 0, 3)]
    : label
  return random() < 0.5 ? (worded ?? label).toUpperCase() : ` ${worded} `
}

/** The same drawing with other ids, in another order, in other words. */
function disguise(random: Random, drawing: Drawing): Drawing {
  const word = (label: string) => reword(random, label)
  if (drawing.form === 'timeline') {
    const events = drawing.events.map((event, i) => ({ ...event, id: `other${i}`, label: word(event.label) }))
    return { form: 'timeline', events }
  }
  if (drawing.form === 'matrix') {
    const order = shuffle(
      random,
      drawing.columns.map((_, c) => c),
    )
    return {
      form: 'matrix',
      columns: order.map((c) => word(drawing.columns[c] ?? '')),
      rows: shuffle(random, drawing.rows).map((row) => ({
        label: word(row.label),
        cells: order.map((c) => row.cells[c] ?? ''),
      })),
    }
  }
  const ids = new Map(
    shuffle(random, [...drawing.nodes, ...drawing.groups]).map(({ id }, i) => [id, `other${i}`]),
  )
  const id = (before: string) => ids.get(before) ?? ''
  const group = (before: string | null) => (before === null ? null : id(before))
  const edges = drawing.edges.map((one, i) => ({
    ...one,
    id: `line${i}`,
    from: id(one.from),
    to: id(one.to),
    label: word(one.label),
  }))
  return {
    form: drawing.form,
    nodes: shuffle(
      random,
      drawing.nodes.map((node) => ({ id: id(node.id), label: word(node.label), group: group(node.group) })),
    ),
    groups: shuffle(
      random,
      drawing.groups.map((one) => ({ id: id(one.id), label: word(one.label), parent: group(one.parent) })),
    ),
    edges: drawing.form === 'sequence' ? edges : shuffle(random, edges),
  }
}

test('ids, order, synonyms and case change no score', () => {
  holds((form, random) => {
    const { diagram, drawing } = trial(form, random)
    const [plain, other] = [grade(diagram, drawing), grade(diagram, disguise(random, drawing))]
    expect(plain.proven && other.proven).toBe(true)
    expect(other.structure.score).toBe(plain.structure.score)
  })
})

test('the same attempt gets the same grade', () => {
  holds((form, random) => {
    const { diagram, drawing } = trial(form, random)
    expect(grade(diagram, structuredClone(drawing))).toEqual(grade(diagram, drawing))
  })
})

const LINKED = fc.constantFrom<Form[]>('topology', 'states', 'decision')

/** One missing element of the reference, drawn where the mapping says that it belongs; null where none can be. */
function addOneMissing(random: Random, reference: LinkedDrawing, drawing: LinkedDrawing, given: Grade) {
  const drawnAs = new Map(
    given.elements.flatMap(({ reference: theirs, drawn }) =>
      theirs && drawn ? [[theirs.slice(theirs.indexOf(':') + 1), drawn.slice(drawn.indexOf(':') + 1)]] : [],
    ) as [string, string][],
  )
  const missing = given.elements.filter(({ verdict, reference: id }) => verdict === 'missing' && id)
  for (const { reference: key } of shuffle(random, missing)) {
    const id = key?.slice(key.indexOf(':') + 1)
    const node = reference.nodes.find((one) => `node:${one.id}` === key)
    if (node) {
      const group = node.group === null ? null : (drawnAs.get(node.group) ?? null)
      return { ...drawing, nodes: [...drawing.nodes, { id: 'added', label: node.label, group }] }
    }
    const edge = reference.edges.find((one) => `edge:${one.id}` === key && one.arrow !== 'both')
    const [from, to] = [drawnAs.get(edge?.from ?? ''), drawnAs.get(edge?.to ?? '')]
    if (edge && from && to)
      return { ...drawing, edges: [...drawing.edges, { ...edge, id: `added ${id}`, from, to }] }
    const group = reference.groups.find((one) => `group:${one.id}` === key)
    if (group) {
      const box = { id: 'added', label: group.label, parent: null }
      return { ...drawing, groups: [...drawing.groups, box] }
    }
  }
  return null
}

test('adding an element that is right under the mapping never lowers the score', () => {
  holds((form, random) => {
    const { diagram, drawing } = trial(form, random)
    if (!isLinked(diagram.drawing) || !isLinked(drawing)) return
    const before = grade(diagram, drawing)
    const more = addOneMissing(random, diagram.drawing, drawing, before)
    fc.pre(more !== null)
    if (!more) return
    const after = grade(diagram, more)
    fc.pre(before.proven && after.proven)
    expect(after.structure.score).toBeGreaterThanOrEqual(before.structure.score - 1e-9)
  }, LINKED)
})

/** The reference in part, all names right, none twice: so that what is right does not depend on what else is drawn. */
function inPart(random: Random, reference: LinkedDrawing): LinkedDrawing {
  const groups = reference.groups.filter(() => random() < 0.9).map((group) => ({ ...group, parent: null }))
  const nodes = reference.nodes
    .filter(() => random() < 0.85)
    .map((node) => ({ ...node, group: groups.some(({ id }) => id === node.group) ? node.group : null }))
  const has = (id: string) => nodes.some((node) => node.id === id) || groups.some((group) => group.id === id)
  const edges = reference.edges.filter(({ from, to }) => has(from) && has(to) && random() < 0.85)
  const stray = { id: 'stray', label: unknown(random), group: null }
  return { form: reference.form, nodes: [...nodes, stray], edges, groups }
}

test('removing an element that is right never raises the score', () => {
  let removed = 0
  const forms = fc.constantFrom<Form[]>('topology', 'states', 'decision', 'sequence')
  holds((form, random) => {
    const reference = randomReference(random, form)
    if (!isLinked(reference)) return
    if (new Set(reference.nodes.map(({ label }) => label.replace(/ .$/, ''))).size < reference.nodes.length)
      return
    const diagram = diagramOf(reference)
    const drawing = inPart(random, reference)
    const before = score(diagram, drawing)
    for (const edge of drawing.edges) {
      removed++
      const edges = drawing.edges.filter((one) => one !== edge)
      expect(score(diagram, { ...drawing, edges })).toBeLessThanOrEqual(before + 1e-9)
    }
    for (const node of drawing.nodes.filter(({ id }) => id !== 'stray')) {
      const edges = drawing.edges.filter(({ from, to }) => from !== node.id && to !== node.id)
      const nodes = drawing.nodes.filter((one) => one !== node)
      expect(score(diagram, { ...drawing, nodes, edges })).toBeLessThanOrEqual(before + 1e-9)
    }
  }, forms)
  expect(removed).toBeGreaterThan(numRuns)
})

test('adding a missing event, row or cell where it belongs never lowers the score', () => {
  holds(
    (form, random) => {
      const reference = randomReference(random, form)
      const diagram = diagramOf(reference)
      const slips = { ...SOME_SLIPS, rename: 0, move: 0 }
      if (reference.form === 'timeline') {
        const drawing = misrememberAny(random, reference, slips)
        if (drawing.form !== 'timeline') return
        const has = new Set(drawing.events.map(({ id }) => id))
        const [gone] = shuffle(
          random,
          reference.events.filter(({ id }) => !has.has(id)),
        )
        fc.pre(gone !== undefined)
        if (!gone) return
        const events = reference.events.filter((event) => has.has(event.id) || event === gone)
        expect(score(diagram, { form: 'timeline', events })).toBeGreaterThanOrEqual(score(diagram, drawing))
      }
      if (reference.form === 'matrix') {
        const rows = reference.rows.map((row) => ({
          label: row.label,
          cells: row.cells.map((cell) => (random() < 0.3 ? '' : cell)),
        }))
        const at = int(random, 0, rows.length - 1)
        const mended = rows.map((row, r) => (r === at ? (reference.rows[r] ?? row) : row))
        const { columns } = reference
        const before = score(diagram, { form: 'matrix', columns, rows })
        expect(score(diagram, { form: 'matrix', columns, rows: mended })).toBeGreaterThanOrEqual(before)
        const less = score(diagram, { form: 'matrix', columns, rows: rows.toSpliced(at, 1) })
        expect(less).toBeLessThanOrEqual(before)
      }
    },
    fc.constantFrom<Form[]>('timeline', 'matrix'),
  )
})
