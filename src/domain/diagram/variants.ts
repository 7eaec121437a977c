import type { Diagram } from './diagram.ts'
import { findThisWay } from './elements.ts'
import { type Drawing, type ElementId, elementsOf, isLinked, type LinkedDrawing } from './model.ts'
import { parseDrawing, printDrawing } from './notation/index.ts'

/**
 * What else is as right as the reference: content lists alternatives, each of which puts another small drawing in the
 * place of some of its elements, and any of them that leave each other alone may be taken together.
 */
export interface Variant {
  /** The alternatives that it has, as the content calls them; none for the reference itself, which comes first. */
  readonly names: readonly string[]
  /** The same diagram with this drawing as its reference. */
  readonly diagram: Diagram
}

export interface AlternativeProblem {
  /** Its place in the content's list, from 0. */
  readonly alternative: number
  readonly message: string
  readonly mend: string
}

export interface ReadVariants {
  readonly variants: readonly Variant[]
  readonly problems: readonly AlternativeProblem[]
}

/** An attempt is graded against each of them. */
export const VARIANTS_MAX = 32

const read = new WeakMap<Diagram, ReadVariants>()

/** The reference and all that is as right, at most 32; each diagram's are made once. */
export function variantsOf(diagram: Diagram): readonly Variant[] {
  return readVariants(diagram).variants
}

export function readVariants(diagram: Diagram): ReadVariants {
  const before = read.get(diagram)
  if (before) return before
  const made = makeVariants(diagram)
  read.set(diagram, made)
  return made
}

/** The reference with these alternatives in place, as a grade names them; the diagram itself where none is named. */
export const variantNamed = (diagram: Diagram, names: readonly string[]): Diagram =>
  variantsOf(diagram).find((variant) => variant.names.join('\n') === names.join('\n'))?.diagram ?? diagram

/** One alternative, understood: what goes, what comes, and what must be there for it. */
interface Change {
  readonly at: number
  readonly name: string
  readonly draw: string
  readonly gone: ReadonlySet<ElementId>
  readonly added: ReadonlySet<ElementId>
  /** Elements of the reference that the new part is joined to. */
  readonly needs: ReadonlySet<ElementId>
}

function makeVariants(diagram: Diagram): ReadVariants {
  const problems: AlternativeProblem[] = []
  const changes = diagram.item.alternatives.flatMap((_, at): Change[] => {
    const change = readChange(diagram, at)
    if ('message' in change) problems.push(change)
    return 'message' in change ? [] : [change]
  })
  let sets: (readonly Change[])[] = [[]]
  for (const change of changes) {
    const more = sets.filter((set) => set.every((other) => independent(change, other)))
    const all = [...sets, ...more.map((set) => [...set, change])]
    if (all.length > VARIANTS_MAX) {
      const message = `with this one there are ${all.length} ways to draw it; at most ${VARIANTS_MAX} are compared`
      const mend = 'join alternatives that belong together, or drop the one that matters least'
      problems.push({ alternative: change.at, message, mend })
      continue
    }
    sets = all
  }
  const variants = sets.map((set): Variant => {
    const drawing = set.length === 0 ? diagram.drawing : drawingWith(diagram.drawing, set).drawing
    return {
      names: set.map(({ name }) => name),
      diagram: set.length === 0 ? diagram : { ...diagram, drawing },
    }
  })
  return { variants, problems }
}

/** Neither takes or draws what the other takes, draws or needs. */
function independent(a: Change, b: Change): boolean {
  const apart = (one: ReadonlySet<ElementId>, other: ReadonlySet<ElementId>) =>
    [...one].every((element) => !other.has(element))
  return apart(a.gone, b.gone) && apart(a.added, b.added) && apart(a.needs, b.gone) && apart(a.gone, b.needs)
}

function readChange(diagram: Diagram, at: number): Change | AlternativeProblem {
  const alternative = diagram.item.alternatives[at]
  const { drawing } = diagram
  const problem = (message: string, mend: string): AlternativeProblem => ({ alternative: at, message, mend })
  if (!alternative) return problem('it is not there', 'list it under `alternatives`')
  if (drawing.form === 'matrix')
    return problem('a matrix has no alternatives of this kind', 'list other labels under `accept`')
  const named = new Set<ElementId>()
  for (const text of alternative.instead) {
    const found = findThisWay(diagram, text)
    if (found.length === 0)
      return problem(
        `\`${text}\` is not in the drawing`,
        'name an element by its key, its label, `a -> b` or its number',
      )
    for (const element of found) named.add(element)
  }
  const gone = isLinked(drawing) ? withWhatHangs(drawing, named) : named
  const draw = alternative.draw.trim()
  const change = { at, name: alternative.name, draw, gone, added: new Set<ElementId>(), needs: named }
  const parsed = drawingWith(drawing, [change])
  const [fault] = parsed.problems
  if (fault)
    return problem(`its drawing does not fit the rest: ${fault}`, 'mend its notation (docs/notation.md)')
  const before = new Set(elementsOf(drawing))
  const after = elementsOf(parsed.drawing)
  const added = new Set(isLinked(drawing) ? after.filter((id) => !before.has(id) || gone.has(id)) : [])
  const needs = isLinked(parsed.drawing) ? joinedTo(parsed.drawing, added, before) : new Set<ElementId>()
  return { ...change, added, needs }
}

/** With a group goes what stands in it, and with a node the edges at it. */
function withWhatHangs(drawing: LinkedDrawing, named: ReadonlySet<ElementId>): ReadonlySet<ElementId> {
  const gone = new Set(named)
  const inside = (group: string | null): boolean => group !== null && gone.has(`group:${group}`)
  for (let before = -1; before !== gone.size; ) {
    before = gone.size
    for (const { id, parent } of drawing.groups) if (inside(parent)) gone.add(`group:${id}`)
  }
  for (const { id, group } of drawing.nodes) if (inside(group)) gone.add(`node:${id}`)
  for (const { id, from, to } of drawing.edges)
    if ([from, to].some((end) => gone.has(`node:${end}`) || gone.has(`group:${end}`))) gone.add(`edge:${id}`)
  return gone
}

function joinedTo(
  drawing: LinkedDrawing,
  added: ReadonlySet<ElementId>,
  before: ReadonlySet<ElementId>,
): Set<ElementId> {
  const ends = drawing.edges
    .filter(({ id }) => added.has(`edge:${id}`))
    .flatMap(({ from, to }): ElementId[] =>
      [from, to].flatMap((end) => [`node:${end}`, `group:${end}`] as const),
    )
  const homes = drawing.nodes
    .filter(({ id }) => added.has(`node:${id}`))
    .flatMap(({ group }): ElementId[] => (group === null ? [] : [`group:${group}`]))
  return new Set([...ends, ...homes].filter((id) => before.has(id) && !added.has(id)))
}

/**
 * The drawing with these changes, made by writing it anew: each new part stands where the first connection or event
 * that it replaces stood, else at the end. A problem is a sentence.
 */
function drawingWith(
  drawing: Drawing,
  changes: readonly Pick<Change, 'gone' | 'draw'>[],
): { readonly drawing: Drawing; readonly problems: readonly string[] } {
  const gone = new Set(changes.flatMap((change) => [...change.gone]))
  const waiting = new Set(changes.filter(({ draw }) => draw !== ''))
  const lines: string[] = []
  const put = (element: ElementId, text: string) => {
    for (const change of waiting)
      if (change.gone.has(element)) {
        lines.push(change.draw)
        waiting.delete(change)
      }
    if (!gone.has(element)) lines.push(text)
  }
  if (isLinked(drawing)) {
    const nodes = drawing.nodes.filter(({ id }) => !gone.has(`node:${id}`))
    const groups = drawing.groups.filter(({ id }) => !gone.has(`group:${id}`))
    lines.push(printDrawing({ ...drawing, nodes, groups, edges: [] }))
    for (const edge of drawing.edges)
      put(`edge:${edge.id}`, printDrawing({ ...drawing, nodes: [], groups: [], edges: [edge] }))
  }
  if (drawing.form === 'timeline')
    for (const event of drawing.events)
      put(`event:${event.id}`, printDrawing({ form: 'timeline', events: [event] }))
  for (const { draw } of waiting) lines.push(draw)
  const parsed = parseDrawing(lines.join('\n'), drawing.form)
  return { drawing: parsed.drawing, problems: parsed.problems.map(({ message }) => message) }
}
