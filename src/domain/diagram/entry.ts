import { err, ok, type Result } from '#lib/result.ts'
import { nearest } from '#lib/text.ts'
import { addGroup, cleanLabel, moveInto, relabel, remove, reverse, type Sheet } from './edit.ts'
import type { DrawnEdge, ElementId, LinkedDrawing } from './model.ts'
import { joinPath, parseDrawing, printDrawing, sameName, splitPath } from './notation/index.ts'
import { resolve, type Vocabulary } from './vocabulary.ts'

/**
 * The entry line: one line of the notation, or a shorthand for one, changes the drawing. Shorthands are expanded into
 * the notation and read together with what is drawn already, so a name means on this line exactly what it means in
 * a drawing's text.
 *
 * | typed | does |
 * |---|---|
 * | `-> x: label` | continues from the last node |
 * | `<` | turns the selected edge round (else the last one drawn) |
 * | `: label` | labels that edge |
 * | `api, db @us-east` | draws them in the group, or moves them there |
 * | `us-east: { api; db }` | the same for nodes that stand outside |
 * | `rename a = b`, `del a`, `del a -> b`, `del 3` | renames; takes away (`3`: the third message) |
 * | `y -> x`, `n -> x` | in a decision: the answer yes or no to the last question |
 */
export interface EntryContext {
  /** The node that `->` continues from. */
  readonly last: string | null
  /** The edge that `<` and `:` are about. */
  readonly edge: string | null
}

export interface Entered {
  readonly sheet: Sheet
  readonly context: EntryContext
}

export interface EntryProblem {
  readonly message: string
  readonly suggestion: string | null
}

const problem = (message: string, suggestion: string | null = null): Result<never, EntryProblem> =>
  err({ message, suggestion })

const ARROWS = /<-+>|<-+|-+>|--+/

/**
 * `vocabulary` tells names that mean one concept: where `lb` is drawn (and shown as "Load balancer"), `load balancer` is
 * that node and no second one.
 */
export function readEntry(
  sheet: Sheet,
  line: string,
  context: EntryContext,
  vocabulary?: Vocabulary,
): Result<Entered, EntryProblem> {
  const text = line.trim()
  const command = /^(rename|del|delete)\s+(.+)$/i.exec(text)
  if (command) {
    const body = command[2] ?? ''
    return command[1]?.toLowerCase() === 'rename' ? rename(sheet, body, context) : del(sheet, body, context)
  }
  if (text === '<') return turn(sheet, context)
  if (text.startsWith(':')) return label(sheet, cleanLabel(text.slice(1)), context)
  const expanded = expand(sheet, vocabulary ? withSynonyms(sheet.drawing, text, vocabulary) : text, context)
  return expanded.ok ? draw(expanded.value.sheet, expanded.value.text, context) : expanded
}

function selectedEdge(sheet: Sheet, context: EntryContext): DrawnEdge | undefined {
  return sheet.drawing.edges.find((edge) => edge.id === context.edge) ?? sheet.drawing.edges.at(-1)
}

function turn(sheet: Sheet, context: EntryContext): Result<Entered, EntryProblem> {
  const edge = selectedEdge(sheet, context)
  if (!edge) return problem('There is no connection to turn round yet.')
  const at = sheet.drawing.edges.indexOf(edge)
  const next = reverse(sheet, edge.id)
  return ok({ sheet: next, context: { ...context, edge: next.drawing.edges[at]?.id ?? null } })
}

function label(sheet: Sheet, words: string, context: EntryContext): Result<Entered, EntryProblem> {
  const edge = selectedEdge(sheet, context)
  if (!edge) return problem('There is no connection to label yet.')
  const next = relabel(sheet, `edge:${edge.id}`, answerWord(sheet.drawing, words))
  return ok({ sheet: next, context: { ...context, edge: edge.id } })
}

const answerWord = (drawing: LinkedDrawing, word: string): string => {
  if (drawing.form !== 'decision') return word
  const low = word.toLowerCase()
  return low === 'y' ? 'yes' : low === 'n' ? 'no' : word
}

/** Nodes and groups that a name or a path could mean, by key, path or label. */
export function named(drawing: LinkedDrawing, name: string): ElementId[] {
  const wanted = sameName(name.replace(/^"(.*)"$/, '$1'))
  const all: { element: ElementId; id: string; label: string }[] = [
    ...drawing.nodes.map(({ id, label: words }) => ({ element: `node:${id}` as const, id, label: words })),
    ...drawing.groups.map(({ id, label: words }) => ({ element: `group:${id}` as const, id, label: words })),
  ]
  const by = (key: (one: { id: string; label: string }) => string) =>
    all.filter((one) => sameName(key(one)) === wanted).map((one) => one.element)
  const ways = [by((one) => one.id), by((one) => splitPath(one.id).at(-1) ?? ''), by((one) => one.label)]
  return ways.find((found) => found.length > 0) ?? []
}

const idOf = (element: ElementId): string => element.slice(element.indexOf(':') + 1)

function only(drawing: LinkedDrawing, name: string): Result<ElementId, EntryProblem> {
  const [first, second] = named(drawing, name)
  if (first && second)
    return problem(`\`${name}\` could be \`${idOf(first)}\` or \`${idOf(second)}\`; write its path`)
  if (first) return ok(first)
  const names = [...drawing.nodes, ...drawing.groups].map((one) => one.label)
  return problem(`nothing here is called \`${name}\``, nearest(name, names))
}

function rename(sheet: Sheet, body: string, context: EntryContext): Result<Entered, EntryProblem> {
  const parts = /^(.+?)\s*(?:=|->)\s*(.+)$/.exec(body)
  if (!parts) return problem('write `rename old name = new name`')
  const found = only(sheet.drawing, (parts[1] ?? '').trim())
  if (!found.ok) return found
  const next = relabel(sheet, found.value, (parts[2] ?? '').replace(/^"(.*)"$/, '$1'))
  const at = sheet.drawing.nodes.findIndex((node) => node.id === context.last)
  return ok({ sheet: next, context: { last: next.drawing.nodes[at]?.id ?? null, edge: null } })
}

function del(sheet: Sheet, body: string, context: EntryContext): Result<Entered, EntryProblem> {
  const found = toDelete(sheet.drawing, body)
  if (!found.ok) return found
  const next = remove(sheet, found.value)
  const last = next.drawing.nodes.some((node) => node.id === context.last) ? context.last : null
  return ok({ sheet: next, context: { last, edge: null } })
}

function toDelete(drawing: LinkedDrawing, body: string): Result<ElementId[], EntryProblem> {
  const arrow = ARROWS.exec(body)
  if (arrow) {
    const ends = [body.slice(0, arrow.index), body.slice(arrow.index + arrow[0].length)]
    const [from, to] = ends.map((end) => only(drawing, end.trim()))
    if (!from?.ok) return from ?? problem('write `del a -> b`')
    if (!to?.ok) return to ?? problem('write `del a -> b`')
    const between = drawing.edges.filter(
      (edge) =>
        (edge.from === idOf(from.value) && edge.to === idOf(to.value)) ||
        (edge.from === idOf(to.value) && edge.to === idOf(from.value)),
    )
    const edge = between.at(-1)
    return edge ? ok([`edge:${edge.id}`]) : problem('these two are not connected')
  }
  const names = body.split(',').map((name) => name.trim())
  const elements: ElementId[] = []
  for (const name of names) {
    const message = drawing.form === 'sequence' && /^\d+$/.test(name) ? drawing.edges[Number(name) - 1] : null
    const found = message ? ok<ElementId>(`edge:${message.id}`) : only(drawing, name)
    if (!found.ok) return found
    elements.push(found.value)
  }
  return ok(elements)
}

/** Another name for the only node of its concept becomes the name that the node has. */
function withSynonyms(drawing: LinkedDrawing, text: string, vocabulary: Vocabulary): string {
  const end = labelStart(text)
  if (/[{"]/.test(text.slice(0, end))) return text
  const concepts = drawing.nodes.map((node) => ({ node, is: resolve(vocabulary, node.label) }))
  const known = (written: string): string => {
    const name = written.trim()
    const means = name === '' || named(drawing, name).length > 0 ? null : resolve(vocabulary, name)
    if (!means || means.instance !== null || means.how === 'typo') return written
    const [only, second] = concepts.filter(({ is }) => is?.concept === means.concept && is.instance === null)
    return only && !second ? written.replace(name, () => only.node.id) : written
  }
  const parts = text.slice(0, end).split(/(\s*(?:<-+>|<-+|-+>|--+|,|@)\s*)/)
  return parts.map((part, i) => (i % 2 === 0 ? known(part) : part)).join('') + text.slice(end)
}

interface Expanded {
  readonly sheet: Sheet
  readonly text: string
}

function expand(sheet: Sheet, typed: string, context: EntryContext): Result<Expanded, EntryProblem> {
  let text = typed
  if (sheet.drawing.form === 'decision') text = withAnswers(sheet.drawing, text, context)
  if (/^(<-+>|<-+|-+>|--)/.test(text)) {
    const last = [context.last, sheet.drawing.nodes.at(-1)?.id].find((id) =>
      sheet.drawing.nodes.some((node) => node.id === id),
    )
    if (last === undefined || last === null) return problem('there is no node yet to continue from')
    text = `${last} ${text}`
  }
  const grouped = withAtGroups(sheet, text)
  if (!grouped.ok) return grouped
  const block = withBlock(grouped.value)
  return block.ok ? ok({ ...block.value, text: listed(block.value.text) }) : block
}

/** `y -> x` and a label `y`: the answers of a decision in one letter. */
function withAnswers(drawing: LinkedDrawing, text: string, context: EntryContext): string {
  const answer = /^(y|n|yes|no)\s*(-+>\s*[^:]+)$/i.exec(text)
  const asked = lastQuestion(drawing, context)
  if (answer && asked !== null && !named(drawing, answer[1] ?? '').length)
    return `${asked} ${answer[2]}: ${/^y/i.test(answer[1] ?? '') ? 'yes' : 'no'}`
  return text.replace(
    /(-+>[^:]+:\s*)(y|n)\s*$/i,
    (_, head: string, word: string) => head + answerWord(drawing, word),
  )
}

/** The node named last where it reads as a question; else what the last answer was given to. */
function lastQuestion(drawing: LinkedDrawing, context: EntryContext): string | null {
  const last = drawing.nodes.find((node) => node.id === context.last)
  if (last?.label.endsWith('?')) return last.id
  return drawing.edges.find((edge) => edge.id === context.edge)?.from ?? last?.id ?? null
}

/** Where the label of a line begins: the first colon outside quotes; its end where there is none. */
function labelStart(text: string): number {
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted
    else if (text[i] === ':' && !quoted) return i
  }
  return text.length
}

/** `api, db @us-east`: makes the group where it is new, moves what stands elsewhere, and leaves paths in the text. */
function withAtGroups(sheet: Sheet, text: string): Result<Expanded, EntryProblem> {
  const end = labelStart(text)
  const head = text.slice(0, end)
  if (!/(^|\s)@/.test(head) || sheet.drawing.form === 'sequence') return ok({ sheet, text })
  let now = sheet
  const ends = head.split(/(\s*(?:<-+>|<-+|-+>|--+)\s*)/)
  for (const [i, part] of ends.entries()) {
    if (i % 2 === 1 || !part.includes('@')) continue
    const paths: string[] = []
    let waiting: string[] = []
    for (const item of part.split(',')) {
      const at = /^(.*?)\s*@\s*(\S.*?)\s*$/.exec(item)
      const name = (at?.[1] ?? item).trim()
      if (name !== '') waiting.push(name)
      if (!at) continue
      const moved = intoGroup(now, waiting, at[2] ?? '')
      if (!moved.ok) return moved
      now = moved.value.sheet
      paths.push(...moved.value.paths)
      waiting = []
    }
    ends[i] = [...paths, ...waiting].join(', ')
  }
  return ok({ sheet: now, text: ends.join('') + text.slice(end) })
}

function intoGroup(
  sheet: Sheet,
  names: readonly string[],
  group: string,
): Result<{ sheet: Sheet; paths: string[] }, EntryProblem> {
  const known = named(sheet.drawing, group).find((element) => element.startsWith('group:'))
  let now = known ? sheet : addGroup(sheet, group.replace(/^"(.*)"$/, '$1'))
  const id = known ? idOf(known) : (now.drawing.groups.at(-1)?.id ?? group)
  const paths: string[] = []
  for (const name of names) {
    const plain = splitPath(name).at(-1) ?? name
    const standing = named(now.drawing, name).filter((element) => element.startsWith('node:'))
    const there = standing.find((element) => idOf(element) === joinPath(id, plain))
    const [outside, second] = standing
    if (!there && outside && !second) {
      const at = now.drawing.nodes.findIndex((node) => node.id === idOf(outside))
      const moved = moveInto(now, idOf(outside), id)
      if (!moved.ok) return problem(moved.error)
      now = moved.value
      paths.push(now.drawing.nodes[at]?.id ?? name)
    } else paths.push(there ? idOf(there) : joinPath(id, plain))
  }
  return ok({ sheet: now, paths: paths.length > 0 ? paths : [id] })
}

/** `client, api, db` without an arrow lists nodes, as `client; api; db` does. */
const listed = (text: string): string =>
  ARROWS.test(text) || /[:{"]/.test(text) ? text : text.replaceAll(',', ';')

/** `us-east: { api; db }` also takes in nodes of those names that stand outside of all groups. */
function withBlock({ sheet, text }: Expanded): Result<Expanded, EntryProblem> {
  const block = /^([^:{}]+?)\s*:?\s*(?::[^{}]*)?\{([^{}]*)\}\s*$/.exec(text)
  if (!block || sheet.drawing.form === 'sequence') return ok({ sheet, text })
  const members = (block[2] ?? '')
    .split(/[;,\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '' && !ARROWS.test(name) && !name.includes(':'))
  const free = members.filter((name) =>
    sheet.drawing.nodes.some((node) => node.group === null && sameName(node.id) === sameName(name)),
  )
  const spread = text.replace(/\{([^{}]*)\}/, (_, inside: string) => `{${inside.replace(/,/g, ';')}}`)
  if (free.length === 0) return ok({ sheet, text: spread })
  const moved = intoGroup(sheet, free, (block[1] ?? '').trim())
  return moved.ok ? ok({ sheet: moved.value.sheet, text: spread }) : moved
}

/** Reads the drawing's own text with the new line below it; what is new is the line's. */
function draw(sheet: Sheet, text: string, context: EntryContext): Result<Entered, EntryProblem> {
  const printed = printDrawing(sheet.drawing)
  const base = printed === '' ? '' : `${printed}\n`
  const lines = printed === '' ? 0 : printed.split('\n').length
  const parsed = parseDrawing(base + text, sheet.drawing.form)
  const wrong = parsed.problems.find((one) => one.line > lines)
  if (wrong) return problem(wrong.message, wrong.suggestion)
  const drawing = withoutRepeats(sheet.drawing, parsed.drawing as LinkedDrawing)
  const places = Object.fromEntries(
    Object.entries(sheet.places).filter(
      ([id]) => drawing.nodes.some((node) => node.id === id) || drawing.groups.some((one) => one.id === id),
    ),
  )
  return ok({ sheet: { drawing, places }, context: contextAfter(sheet.drawing, drawing, text, context) })
}

/**
 * Saying a connection again with a label labels it; saying exactly the same again changes nothing. In a sequence the
 * same message may well be sent twice.
 */
function withoutRepeats(before: LinkedDrawing, after: LinkedDrawing): LinkedDrawing {
  if (before.form === 'sequence') return after
  const old = before.edges.length
  const edges = after.edges.slice(0, old)
  for (const edge of after.edges.slice(old)) {
    const same = (one: DrawnEdge) => one.from === edge.from && one.to === edge.to && one.arrow === edge.arrow
    const at = edges.findIndex((one) => same(one) && (one.label === edge.label || one.label === ''))
    const again = edges.find((one) => same(one) && edge.label === '')
    const known = edges[at]
    if (known) edges[at] = { ...known, label: edge.label }
    else if (!again) edges.push(edge)
  }
  return { ...after, edges }
}

function contextAfter(
  before: LinkedDrawing,
  after: LinkedDrawing,
  text: string,
  context: EntryContext,
): EntryContext {
  const edge = after.edges.length > before.edges.length ? after.edges.at(-1) : undefined
  if (edge) {
    const arrows = text.slice(0, labelStart(text)).match(new RegExp(ARROWS, 'g')) ?? []
    const backward = /^<-+$/.test(arrows.at(-1) ?? '')
    return { last: backward ? edge.from : edge.to, edge: edge.id }
  }
  const known = new Set(before.nodes.map((node) => node.id))
  const fresh = after.nodes.filter((node) => !known.has(node.id)).at(-1)
  const mentioned = named(after, text.slice(0, labelStart(text)).trim())[0]
  const last = fresh?.id ?? (mentioned?.startsWith('node:') ? idOf(mentioned) : context.last)
  return { last, edge: context.edge }
}
