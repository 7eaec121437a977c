import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { attempt } from '#app/attempt.ts'
import { sideOf, sideView } from '#app/contrast-sides.ts'
import { thingOf } from '#app/takings.ts'
import type { RecallView } from '#app/views.ts'
import { loadCatalogue } from '#catalog/load.ts'
import {
  type Diagram,
  displayName,
  elementsOf,
  hiddenWith,
  isLinked,
  type LinkedDrawing,
  nameOf,
  occluded,
  parseDrawing,
  printDrawing,
} from '#domain/diagram/index.ts'
import { referenceAnswers } from '#domain/grading/index.ts'
import { invariant } from '#lib/invariant.ts'
import { createServer } from '#server/server.ts'
import { type SmallWorld, smallWorld, value } from './small-world.ts'

/**
 * What a client is told of a diagram before the attempt ends, over HTTP and for every diagram of the catalogue. The
 * questions are part of it, so no question may answer another, nor itself.
 */
const loaded = loadCatalogue({ contentFolder: join(import.meta.dirname, '../content'), cacheFile: null })
invariant(loaded.ok, 'the content does not load')
const { value: catalogue } = loaded
const diagrams = [...catalogue.diagrams.values()]

async function served(world: SmallWorld) {
  const installation = { dataFolder: world.folder }
  const server = createServer({
    world,
    installation,
    webFolder: world.folder,
    port: () => 4600,
    onFault: () => {},
  })
  const host = '127.0.0.1:4600'
  return async (path: string): Promise<string> => {
    const response = await server.request(`http://${host}${path}`, { headers: { host } })
    expect(response.status).toBe(200)
    return response.text()
  }
}

/** Its words in lower case: `7 days,` and `7 days` are the same. */
const words = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}$%]+/gu, ' ')
    .trim()
const says = (text: string, answer: string): boolean => ` ${words(text)} `.includes(` ${words(answer)} `)

/**
 * The answers that must not be read in any question. A number of one or two digits without a unit is in many questions
 * as a condition and tells nothing. A question with four or more right answers is an open one ("name a …"): there the
 * one that would be shown as right counts; another of them may be what the drawing itself is about.
 */
function telling({ item }: Diagram): string[] {
  const facts = item.facts.flatMap((fact) => [fact.value, ...fact.accept])
  const context = item.context.flatMap(({ accept }) => (accept.length >= 4 ? accept.slice(0, 1) : accept))
  return [...facts, ...context].filter(
    (answer) => words(answer).length > 1 && !/^\d{1,2}$/.test(words(answer)),
  )
}

/** Answers that may be read, and why. */
const MAY_BE_READ: Readonly<
  Record<string, { readonly answers: readonly string[]; readonly because: string }>
> = {
  'incidents/aws-s3-2017': {
    answers: ['s3', 'amazon s3', 's3 in us-east-1'],
    because: 'the incident cannot be named without it; that its own dashboard stood on it is the answer',
  },
}

function isToldOnlyItsQuestions({ item }: Diagram, told: string) {
  expect(JSON.parse(told)).toEqual({
    id: item.id,
    title: item.title,
    question: item.question,
    category: item.category,
    form: item.form,
    parSeconds: expect.any(Number),
    facts: item.facts.map((fact, i) => ({ id: `fact-${i + 1}`, ask: fact.ask })),
    context: item.context.map((slot, i) => ({ id: `context-${i + 1}`, ask: slot.ask })),
    part: null,
    asksConfidence: true,
    draft: null,
  })
}

function holdsNoDrawing({ item, drawing, vocabulary }: Diagram, told: string) {
  const { walkthrough, mutation } = item
  const texts = [...walkthrough.map((step) => step.says), mutation.ask, mutation.answer, mutation.because]
  for (const text of [...texts, printDrawing(drawing)])
    expect(told).not.toContain(JSON.stringify(text).slice(1, -1))
  // The questions come after the drawing and name what they ask about; all else names only what the title does.
  const { facts, context, title, question, id, ...rest } = JSON.parse(told) as RecallView
  expect(facts.length * context.length).toBeGreaterThan(0)
  for (const element of elementsOf(drawing)) {
    const name = nameOf(drawing, vocabulary, element)
    if (!says(`${title} ${question} ${id}`, name))
      expect(JSON.stringify(rest)).not.toContain(JSON.stringify(name))
  }
}

test('of every diagram a client is told the questions, and nothing of drawing, walkthrough and mutation', async () => {
  const ask = await served(await smallWorld({ catalogue }))
  expect(diagrams.length).toBeGreaterThanOrEqual(66)
  for (const diagram of diagrams) {
    const told = await ask(`/api/recall/${diagram.item.id}`)
    isToldOnlyItsQuestions(diagram, told)
    holdsNoDrawing(diagram, told)
  }
})

test('of a partial redraw a client is told what is given, and nothing of what is asked', async () => {
  const world = await smallWorld({ catalogue })
  const ask = await served(world)
  let asked = 0
  for (const diagram of diagrams) {
    const { item, drawing } = diagram
    const weak = elementsOf(drawing)
      .filter((id) => /^(node|event|cell):/.test(id))
      .at(-1)
    invariant(weak !== undefined, 'every drawing has something in it')
    const left = occluded(drawing, hiddenWith(drawing, new Set([weak])))
    const answers = referenceAnswers(diagram)
    const input = { id: item.id, drawing: printDrawing(left), places: {}, answers, hints: 0 }
    value(await attempt(world, { ...input, seconds: 30, event: null }))
    const { part } = JSON.parse(await ask(`/api/recall/${item.id}`)) as RecallView
    if (part === null) continue
    asked++
    const name = nameOf(drawing, diagram.vocabulary, weak)
    const others = elementsOf(left).map((id) => nameOf(left, diagram.vocabulary, id))
    if (!weak.startsWith('cell:') && !others.includes(name)) expect(part.drawing).not.toContain(name)
    expect(part.places).not.toHaveProperty([weak.slice(weak.indexOf(':') + 1)])
    expect(elementsOf(parseDrawing(part.drawing, item.form).drawing).length).toBeLessThan(
      elementsOf(drawing).length + (weak.startsWith('cell:') ? 1 : 0),
    )
  }
  expect(asked).toBeGreaterThan(50)
})

describe('no question holds an answer', () => {
  test.each(diagrams.map((diagram) => [diagram.item.id, diagram] as const))('%s', (id, diagram) => {
    const { item } = diagram
    const questions = [item.title, item.question, ...[...item.facts, ...item.context].map((one) => one.ask)]
    const allowed = MAY_BE_READ[id]?.answers ?? []
    const read = telling(diagram).flatMap((answer) =>
      allowed.includes(answer.toLowerCase())
        ? []
        : questions.filter((text) => says(text, answer)).map((text) => `${answer}: ${text}`),
    )
    expect(read).toEqual([])
  })
})

test('each exception is one: the answer is in a question of its diagram', () => {
  for (const [id, { answers, because }] of Object.entries(MAY_BE_READ)) {
    const diagram = catalogue.diagrams.get(id)
    invariant(diagram, id)
    const { item } = diagram
    const text = [item.title, item.question, ...[...item.facts, ...item.context].map((one) => one.ask)].join(
      '. ',
    )
    for (const answer of answers) expect(says(text, answer), `${id}: ${answer}`).toBe(true)
    expect(because).not.toBe('')
  }
})

describe('a drill of two that were taken for each other tells neither', () => {
  /** Every thing that stands in a diagram, blank in it. */
  const sides = diagrams.flatMap((diagram) =>
    isLinked(diagram.drawing)
      ? [...new Set(diagram.drawing.nodes.map(({ label }) => thingOf(catalogue, diagram, label)))].flatMap(
          (thing) => sideOf({ catalogue }, diagram, [thing]) ?? [],
        )
      : [],
  )

  test('in each diagram, whatever is blank: no name, no key, and no connection that is asked', async () => {
    expect(sides.length).toBeGreaterThan(300)
    const world = await smallWorld({ catalogue })
    for (const side of sides) {
      const view = await sideView(world, side)
      const told = parseDrawing(view.drawing, view.form).drawing as LinkedDrawing
      const blanks = new Set(view.blanks.map(({ node }) => node))
      const { diagram } = side
      const asked = new Set(side.blanks.map(({ label }) => thingOf(catalogue, diagram, label)))
      for (const { id, label } of told.nodes) {
        if (blanks.has(id)) expect(label).toMatch(/^\d+$/)
        else expect(asked.has(thingOf(catalogue, diagram, label)), `${diagram.item.id}: ${label}`).toBe(false)
      }
      expect(blanks.size).toBe(side.blanks.length)
      const ids = new Set([...told.nodes, ...told.groups].map(({ id }) => id))
      expect(Object.keys(view.places).filter((id) => !ids.has(id))).toEqual([])
      if (!view.connections) continue
      expect(told.edges.filter(({ from, to }) => blanks.has(from) || blanks.has(to))).toEqual([])
      const names = side.blanks.map(({ label }) => displayName(diagram.vocabulary, label))
      if (view.form === 'topology')
        for (const { label } of told.edges)
          expect(
            names.filter((name) => says(label, name)),
            `${diagram.item.id}: ${label}`,
          ).toEqual([])
    }
  })
})
