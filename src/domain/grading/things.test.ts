import { expect, test } from 'vitest'
import type { LinkedDrawing } from '#domain/diagram/index.ts'
import { seeded } from '#lib/random.ts'
import { labelRule } from './arcs.ts'
import { readLabels } from './labels.ts'
import { canonical, sideOf } from './things.ts'
import { diagramOf, shuffle } from './trials.ts'

const PATH: LinkedDrawing = {
  form: 'topology',
  nodes: [0, 1, 2, 3, 4, 5].map((i) => ({ id: `n${i}`, label: 'box', group: i < 2 ? 'g' : null })),
  edges: [0, 1, 2, 3, 4].map((i) => {
    return { id: `e${i}`, from: `n${i}`, to: `n${i + 1}`, arrow: 'directed', label: '' }
  }),
  groups: [
    { id: 'g', label: 'inner', parent: 'h' },
    { id: 'h', label: 'outer', parent: null },
  ],
}

test('things of one label are put in the order of their structure, however they were drawn', () => {
  const labels = readLabels(diagramOf(PATH), [])
  const arcs = (drawing: LinkedDrawing) =>
    canonical(sideOf(drawing), labels, labelRule(labels, false))
      .arcs.map(({ from, to }) => `${from} ${to}`)
      .sort()
  for (let seed = 1; seed <= 50; seed++) {
    const random = seeded(seed)
    const nodes = shuffle(random, PATH.nodes)
    const edges = shuffle(random, PATH.edges)
    const drawn = { ...PATH, nodes, edges, groups: shuffle(random, PATH.groups) }
    expect(arcs(drawn)).toEqual(arcs(PATH))
  }
})

test('a group holds the nodes at any depth, and a circle of groups is no harm', () => {
  const { things } = sideOf(PATH)
  expect(things.filter(({ kind }) => kind === 'group').map(({ holds }) => holds)).toEqual([2, 2])
  const circle = PATH.groups.map((group) => ({ ...group, parent: group.id === 'g' ? 'h' : 'g' }))
  expect(sideOf({ ...PATH, groups: circle }).things[0]?.within).toHaveLength(2)
})
