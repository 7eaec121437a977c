import { findElements, resolve } from '#domain/diagram/index.ts'
import { nearest } from '#lib/text.ts'
import type { CheckedDiagram } from './check.ts'
import type { Finding } from './finding.ts'
import type { ReadContent } from './read-content.ts'

/** What one file says of another is there: diagrams, sources, elements; and prerequisites lead somewhere. */
export function checkReferences(
  checked: readonly CheckedDiagram[],
  content: ReadContent,
  /** Sources that something beside diagrams cites. */
  cited: ReadonlySet<string>,
  findings: Finding[],
): void {
  const ids = new Set(checked.map(({ item }) => item.id))
  const sources = new Set(content.sources.map(({ id }) => id))
  const used = new Set<string>(cited)
  for (const one of checked) {
    checkDiagramIds(one, ids)
    for (const { path, id } of sourcesOf(one)) {
      used.add(id)
      if (!sources.has(id))
        one.report(path, `unknown source \`${id}\``, meant(id, sources, 'add it to content/sources'))
    }
    checkAnswers(one)
  }
  for (const { id } of content.sources) {
    if (used.has(id)) continue
    const place = content.places.get(`source:${id}`)
    findings.push({
      file: place?.file ?? 'sources',
      line: place?.lineOf([id]) ?? 1,
      message: `nothing cites \`${id}\``,
      mend: 'cite it, or drop it',
    })
  }
  checkCircles(checked, 'needs', 'prerequisites')
  checkCircles(checked, 'covers', 'diagrams that hold each other')
}

function checkDiagramIds({ item, report }: CheckedDiagram, ids: ReadonlySet<string>): void {
  for (const field of ['needs', 'covers'] as const) {
    for (const [i, id] of item[field].entries()) {
      if (!ids.has(id))
        report([field, i], `unknown diagram \`${id}\``, meant(id, ids, 'write it first, or drop it'))
    }
  }
}

const meant = (id: string, known: ReadonlySet<string>, otherwise: string): string => {
  const near = nearest(id, known)
  return near === null ? otherwise : `did you mean \`${near}\`?`
}

const sourcesOf = ({ item }: CheckedDiagram): { path: PropertyKey[]; id: string }[] => [
  ...item.facts.flatMap(({ source }, i) => source.map((id) => ({ path: ['facts', i, 'source'], id }))),
  ...item.context.flatMap(({ source }, i) => source.map((id) => ({ path: ['context', i, 'source'], id }))),
]

/** Ids of facts and slots are unique; what a fact is about stands in the drawing. */
function checkAnswers({ item, diagram, report }: CheckedDiagram): void {
  const seen = new Set<string>()
  for (const [i, fact] of item.facts.entries()) {
    if (seen.has(fact.id)) report(['facts', i, 'id'], `\`${fact.id}\` twice`, 'give each fact its own id')
    seen.add(fact.id)
    if (fact.about !== undefined && findElements(diagram, fact.about).length === 0) {
      report(
        ['facts', i, 'about'],
        `\`${fact.about}\` is not in the drawing`,
        'name an element, or leave `about` out',
      )
    }
  }
  const slots = new Set<string>()
  for (const [i, { slot, accept }] of item.context.entries()) {
    if (slots.has(slot) || seen.has(slot)) {
      report(['context', i, 'slot'], `\`${slot}\` twice`, 'give each fact and each slot its own name')
    }
    slots.add(slot)
    const answers = accept.map(
      (answer) => resolve(diagram.vocabulary, answer)?.concept ?? answer.toLowerCase(),
    )
    const double = answers.find((answer, a) => answers.indexOf(answer) !== a)
    if (double !== undefined)
      report(['context', i, 'accept'], `\`${double}\` is accepted twice`, 'keep one of them')
  }
}

function checkCircles(checked: readonly CheckedDiagram[], field: 'needs' | 'covers', what: string): void {
  const byId = new Map(checked.map((one) => [one.item.id, one]))
  const state = new Map<string, 'open' | 'done'>()
  const visit = (id: string, path: readonly string[]): void => {
    const one = byId.get(id)
    if (!one || state.get(id) === 'done') return
    if (state.get(id) === 'open') {
      const circle = [...path.slice(path.indexOf(id)), id].join(' → ')
      one.report([field], `${what} in a circle: ${circle}`, `drop one of these ${field}`)
      return
    }
    state.set(id, 'open')
    for (const next of one.item[field]) visit(next, [...path, id])
    state.set(id, 'done')
  }
  for (const id of byId.keys()) visit(id, [])
}
