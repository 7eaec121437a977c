import { normalise } from '#lib/text.ts'
import type { DrawnNode, LinkedDrawing, TimelineDrawing } from '../model.ts'
import { NOTHING } from './scene-table.ts'

/**
 * Mermaid: a flowchart, a sequence diagram, a state diagram or a timeline. A state machine with an arrow that
 * is not one-way is a flowchart, for Mermaid's states have only one kind.
 */
export function writeMermaid(drawing: LinkedDrawing | TimelineDrawing): string {
  if (drawing.form === 'timeline') return timeline(drawing)
  if (drawing.form === 'sequence') return sequence(drawing)
  const oneWay = drawing.edges.every(({ arrow }) => arrow === 'directed')
  const lines =
    drawing.form === 'states' && oneWay && drawing.groups.length === 0 ? states(drawing) : flowchart(drawing)
  return `${lines.join('\n')}\n`
}

/** Anything that Mermaid could read as more than a letter, as `#…;`. */
const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,_/()+=?'-]|(?<=-)-|^-|-$/gu, (char) => `#${char.codePointAt(0)};`)

function keysOf(elements: readonly { readonly id: string }[], letter: string): Map<string, string> {
  return new Map(elements.map(({ id }, i) => [id, `${letter}${i + 1}`]))
}

const ARROWS = { directed: '-->', both: '<-->', undirected: '---' } as const

function flowchart(drawing: LinkedDrawing): string[] {
  const keys = new Map([...keysOf(drawing.groups, 'g'), ...keysOf(drawing.nodes, 'n')])
  const asks = new Set(drawing.form === 'decision' ? drawing.edges.map(({ from }) => from) : [])
  const node = ({ id, label }: DrawnNode): string => {
    const text = `"${escaped(label)}"`
    return `${keys.get(id)}${asks.has(id) ? `{${text}}` : `[${text}]`}`
  }
  const inside = (group: string | null, indent: string): string[] => [
    ...drawing.nodes.filter((one) => one.group === group).map((one) => `${indent}${node(one)}`),
    ...drawing.groups
      .filter(({ parent }) => parent === group)
      .flatMap(({ id, label }) => [
        `${indent}subgraph ${keys.get(id)}["${escaped(label)}"]`,
        ...inside(id, `${indent}  `),
        `${indent}end`,
      ]),
  ]
  const edges = drawing.edges.map(({ from, to, arrow, label }) => {
    const words = label === '' ? '' : `|"${escaped(label)}"|`
    return `  ${keys.get(from)} ${ARROWS[arrow]}${words} ${keys.get(to)}`
  })
  return ['flowchart TB', ...inside(null, '  '), ...edges]
}

/** `[*]` is the initial state where an arrow leaves it, and the final one where it arrives. */
function states(drawing: LinkedDrawing): string[] {
  const keys = keysOf(drawing.nodes, 's')
  const leaving = new Set(drawing.edges.map(({ from }) => from))
  const arriving = new Set(drawing.edges.map(({ to }) => to))
  const isDot = ({ id, label }: DrawnNode): boolean =>
    (normalise(label) === 'start' && label === 'start' && leaving.has(id) && !arriving.has(id)) ||
    (normalise(label) === 'end' && label === 'end' && arriving.has(id) && !leaving.has(id))
  const dots = drawing.nodes.filter(isDot)
  const taken = new Set<string>()
  // Two states of one name are two states; `[*]` is only ever one.
  for (const { id, label } of dots) if (dots.filter((one) => one.label === label).length === 1) taken.add(id)
  const key = (id: string): string => (taken.has(id) ? '[*]' : (keys.get(id) ?? ''))
  return [
    'stateDiagram-v2',
    ...drawing.nodes
      .filter(({ id }) => !taken.has(id))
      .map(({ id, label }) => `  state "${escaped(label)}" as ${keys.get(id)}`),
    ...drawing.edges.map(({ from, to, label }) => {
      return `  ${key(from)} --> ${key(to)}${label === '' ? '' : ` : ${escaped(label)}`}`
    }),
  ]
}

const MESSAGES = { directed: '->>', both: '<<->>', undirected: '->' } as const

const sequence = (drawing: LinkedDrawing): string => {
  const keys = keysOf(drawing.nodes, 'p')
  const lines = [
    'sequenceDiagram',
    ...drawing.nodes.map(({ id, label }) => `  participant ${keys.get(id)} as ${escaped(label)}`),
    ...drawing.edges.map(({ from, to, arrow, label }) => {
      return `  ${keys.get(from)}${MESSAGES[arrow]}${keys.get(to)}: ${escaped(label)}`.trimEnd()
    }),
  ]
  return `${lines.join('\n')}\n`
}

/** A lane is a section, which goes on until the next. */
function timeline({ events }: TimelineDrawing): string {
  const lanes = events.some(({ lane }) => lane !== '')
  const lines = ['timeline']
  let open: string | null = null
  for (const { at, label, lane } of events) {
    if (lanes && lane !== open) lines.push(`  section ${escaped(lane === '' ? NOTHING : lane)}`)
    open = lane
    lines.push(`  ${escaped(at === '' ? NOTHING : at)} : ${escaped(label)}`)
  }
  return `${lines.join('\n')}\n`
}
