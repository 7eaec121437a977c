import {
  type Diagram,
  type Drawing,
  type DrawnEdge,
  displayName,
  type ElementId,
  findThisWay,
  isLinked,
  resolve,
} from '#domain/diagram/index.ts'
import { type GradedElement, inOwnWords } from '#domain/grading/index.ts'
import { normalise } from '#lib/text.ts'
import { blankId, type Side } from './contrast-sides.ts'

/** One line of a drill's evidence; `reference` names the element where the reference has it. */
export type DrilledElement = Pick<GradedElement, 'kind' | 'label' | 'verdict' | 'because' | 'reference'>

/** A connection one way; a connection both ways is two. */
interface Arc {
  readonly edge: string
  readonly from: string
  readonly to: string
  readonly undirected: boolean
  readonly label: string
}

/**
 * What was named and drawn in a side's blanks. Each blank stands in its place, so nothing has to be matched: a name is right
 * by the vocabulary, a connection by its ends and, where that is part of the form, by what it says.
 */
export function gradeSide(side: Side, given: Drawing): DrilledElement[] {
  const { diagram, blanks, drawing } = side
  const nodes = isLinked(given) ? given.nodes : []
  const names = blanks.map((blank, place): DrilledElement => {
    const label = displayName(diagram.vocabulary, blank.label)
    const typed = nodes.find(({ id }) => id === blankId(blank, place))?.label ?? ''
    const said = typed.trim() === String(place + 1) ? '' : typed.trim()
    const common = { kind: 'node', label, reference: `node:${blank.id}` } as const
    if (said === '')
      return { ...common, verdict: 'missing', because: `You left blank ${place + 1} without a name.` }
    if (sameThing(diagram, said, blank.label))
      return { ...common, verdict: 'matched', because: `Blank ${place + 1} is right.` }
    return { ...common, verdict: 'wrong', because: `You called it “${said}”.` }
  })
  if (drawing.form === 'sequence' || !isLinked(given)) return names
  return [...names, ...gradeArcs(side, given.edges, new Map(nodes.map(({ id, label }) => [id, label])))]
}

/** All right is `asked`; what does not belong takes as much away as what is missing. */
export function scoreOf(elements: readonly DrilledElement[]): {
  readonly asked: number
  readonly right: number
} {
  const extra = elements.filter(({ verdict }) => verdict === 'extra').length
  const right = elements.filter(({ verdict }) => verdict === 'matched').length
  return { asked: elements.length - extra, right: Math.max(0, right - extra) }
}

function meaning(diagram: Diagram, label: string): string {
  const concept = resolve(diagram.vocabulary, label)?.concept ?? inOwnWords(diagram, label)
  return concept ?? `text:${normalise(label)}`
}

function sameThing(diagram: Diagram, typed: string, right: string): boolean {
  const [mine, theirs] = [typed, right].map((label) => meaning(diagram, label))
  if (mine === theirs) return true
  return diagram.item.accept.some(
    ({ instead, also }) =>
      meaning(diagram, instead) === theirs && also.some((other) => meaning(diagram, other) === mine),
  )
}

const arcsOf = (edges: readonly DrawnEdge[]): Arc[] =>
  edges.flatMap(({ id, from, to, arrow, label }) => {
    const arc = { edge: id, from, to, undirected: arrow === 'undirected', label }
    return arrow === 'both' ? [arc, { ...arc, from: to, to: from }] : [arc]
  })

function gradeArcs(
  side: Side,
  edges: readonly DrawnEdge[],
  labels: ReadonlyMap<string, string>,
): DrilledElement[] {
  const { diagram, drawing, blanks, hidden } = side
  const idOf = new Map(blanks.map((node, place) => [blankId(node, place), node.id]))
  const place = (id: string) => idOf.get(id) ?? id
  const isAsked = (arc: Arc) => [arc.from, arc.to].some((end) => hidden.has(`node:${end}`))
  const mine = arcsOf(edges)
    .map((arc) => ({ ...arc, from: place(arc.from), to: place(arc.to) }))
    .filter((arc) => isAsked(arc) || !isKnown(side, arc))
  const known = new Map([...drawing.nodes, ...drawing.groups].map(({ id, label }) => [id, label]))
  const called = (id: string) => displayName(diagram.vocabulary, known.get(id) ?? labels.get(id) ?? id)
  const title = ({ from, to, undirected }: Arc) => `${called(from)} ${undirected ? '—' : '→'} ${called(to)}`
  const free = eitherWay(diagram)
  const told = arcsOf(drawing.edges)
    .filter(isAsked)
    .map((arc): DrilledElement => {
      const pair = take(mine, arc)
      const common = { kind: 'edge', label: title(arc), reference: `edge:${arc.edge}` } as const
      if (pair === null) return { ...common, verdict: 'missing', because: 'You did not draw it.' }
      const turned = !arc.undirected && (pair.undirected || pair.from !== arc.from)
      if (turned && !free.has(`edge:${arc.edge}`))
        return {
          ...common,
          verdict: 'reversed',
          because: `It runs from ${called(arc.from)} to ${called(arc.to)}.`,
        }
      if (drawing.form !== 'topology' && arc.label !== '' && !sameThing(diagram, pair.label, arc.label)) {
        const right = displayName(diagram.vocabulary, arc.label)
        const because = pair.label === '' ? `Its label, “${right}”, is missing.` : `It says “${right}”.`
        return { ...common, verdict: 'wrong', because }
      }
      return { ...common, verdict: 'matched', because: 'It stands as in the reference.' }
    })
  const extra = mine.map((arc): DrilledElement => {
    const because = 'The reference has no such connection.'
    return { kind: 'edge', label: title(arc), reference: null, verdict: 'extra', because }
  })
  return [...told, ...extra]
}

const sameEnds = (a: Arc, b: Arc): boolean =>
  (a.from === b.from && a.to === b.to) || (a.from === b.to && a.to === b.from)

/** What was given already is nobody's mistake. */
const isKnown = ({ drawing }: Side, arc: Arc): boolean =>
  arcsOf(drawing.edges).some((one) => one.from === arc.from && one.to === arc.to)

/** The drawn arc between the same ends, the one that runs the same way and says the same first; it is used up. */
function take(mine: Arc[], arc: Arc): Arc | null {
  const between = mine.filter((one) => sameEnds(one, arc))
  const along = between.filter((one) => one.from === arc.from && !one.undirected)
  const best = along.find((one) => normalise(one.label) === normalise(arc.label)) ?? along[0] ?? between[0]
  if (best === undefined) return null
  mine.splice(mine.indexOf(best), 1)
  return best
}

/** Connections of which the content says that they may be drawn either way round. */
const eitherWay = (diagram: Diagram): ReadonlySet<ElementId> =>
  new Set(
    diagram.item.accept
      .filter(({ instead }) => instead.includes(' -> '))
      .flatMap(({ instead }) => findThisWay(diagram, instead)),
  )
