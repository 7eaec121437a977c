import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  type Drawing,
  type ElementId,
  elementsOf,
  FORMS,
  findDefects,
  isLinked,
  type LaidOut,
  layoutDrawing,
  type Mark,
  placeDrawing,
  renderStandalone,
} from '#domain/diagram/index.ts'
import { loadElk } from '../tools/elk.ts'
import { SAMPLE_ICONS, SAMPLE_VOCABULARY, sampleDrawing } from './samples.ts'

/** Golden drawings: rewritten with ATLAS_UPDATE_GOLDEN=1, then reviewed as pictures and as a diff. */
const FOLDER = new URL('./golden/', import.meta.url)
const update = process.env.ATLAS_UPDATE_GOLDEN === '1'

function expectGolden(name: string, svg: string): void {
  const file = new URL(`${name}.svg`, FOLDER)
  const text = `${svg.replaceAll('><', '>\n<')}\n`
  if (update) {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(file, text)
  }
  expect(text).toBe(readFileSync(file, 'utf8'))
}

const runElk = loadElk()
const layoutOf = (drawing: Drawing): Promise<LaidOut> =>
  layoutDrawing(drawing, SAMPLE_VOCABULARY, runElk, 'tidy')
const base = { icons: SAMPLE_ICONS, theme: 'light' } as const

describe('golden drawings', () => {
  it.each(FORMS)('%s', async (form) => {
    const layout = await layoutOf(sampleDrawing(form))
    expect(findDefects(layout)).toEqual([])
    expectGolden(form, renderStandalone(layout, { ...base, title: `A ${form}` }))
  })

  it('a topology in the dark theme', async () => {
    const layout = await layoutOf(sampleDrawing('topology'))
    expectGolden('topology-dark', renderStandalone(layout, { ...base, theme: 'dark' }))
  })

  it.each(FORMS)('the overlay of a graded %s', async (form) => {
    const drawing = sampleDrawing(form)
    const marks = everyMark(drawing)
    expectGolden(`${form}-overlay`, renderStandalone(await layoutOf(drawing), { ...base, marks }))
  })

  it('a step of a walkthrough', async () => {
    const visible = new Set<ElementId>(['node:producer', 'node:cluster.leader', 'group:cluster'])
    visible.add('edge:producer -> cluster.leader')
    const fresh = new Set<ElementId>(['node:cluster.leader', 'edge:producer -> cluster.leader'])
    const layout = await layoutOf(sampleDrawing('topology'))
    expectGolden('topology-step', renderStandalone(layout, { ...base, visible, fresh }))
  })

  it.each(FORMS)('a faded %s', async (form) => {
    const drawing = sampleDrawing(form)
    const faded = new Set(elementsOf(drawing).filter((_, i) => i % 3 === 1))
    expectGolden(`${form}-faded`, renderStandalone(await layoutOf(drawing), { ...base, faded }))
  })

  it('a drawing where a learner placed it', () => {
    const drawing = sampleDrawing('topology')
    const places = isLinked(drawing)
      ? Object.fromEntries(
          drawing.nodes
            .slice(0, -1)
            .map((node, i) => [node.id, { x: (i % 3) * 260, y: Math.floor(i / 3) * 150 }]),
        )
      : {}
    expectGolden('topology-placed', renderStandalone(placeDrawing(drawing, SAMPLE_VOCABULARY, places), base))
  })
})

/** Each element in turn is right, missing, extra, wrong with a correction, and reversed. */
function everyMark(drawing: Drawing): Map<ElementId, Mark> {
  const verdicts = ['matched', 'missing', 'extra', 'wrong', 'reversed'] as const
  return new Map(
    elementsOf(drawing).map((element, i): [ElementId, Mark] => {
      const verdict = verdicts[i % verdicts.length] ?? 'matched'
      return [element, verdict === 'wrong' ? { verdict, correction: 'Right name' } : { verdict }]
    }),
  )
}
