import type { Diagram } from '#domain/diagram/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { contextOf, factsOf } from './diagrams.ts'
import { type Learner, loadLearner, standingOf } from './learner.ts'
import type { World } from './ports.ts'
import type { Problem, SourceView } from './views.ts'

const HEAD = [
  'kind',
  'id',
  'category',
  'form',
  'tier',
  'title',
  'question',
  'answer',
  'derived',
  'as_of',
  'sources',
  'due',
  'recall',
] as const

/**
 * Every diagram, fact and context slot as a row of a table (RFC 4180, UTF-8). `due` and `recall` are the diagram's, empty
 * while it is new.
 */
export async function exportCsv(
  world: World,
): Promise<Result<{ readonly text: string; readonly rows: number }, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const rows = [...world.catalogue.diagrams.values()]
    .sort((a, b) => (a.item.id < b.item.id ? -1 : 1))
    .flatMap((diagram) => rowsOf(world, learner.value, diagram))
  return ok({ text: [HEAD, ...rows].map(lineOf).join(''), rows: rows.length })
}

function rowsOf(world: World, learner: Learner, diagram: Diagram): string[][] {
  const { item } = diagram
  const { due, recall } = standingOf(learner, item.id)
  const about = [item.category, item.form, String(item.tier), item.title]
  const memory = [
    due === null ? '' : new Date(due).toISOString(),
    recall === null ? '' : (Math.round(recall * 1000) / 1000).toString(),
  ]
  return [
    ['diagram', item.id, ...about, item.question, '', '', '', '', ...memory],
    ...factsOf(world, diagram).map((fact) => [
      'fact',
      `${item.id}#${fact.id}`,
      ...about,
      fact.ask,
      fact.right,
      fact.derived ?? '',
      fact.asOf,
      cited(fact.sources),
      ...memory,
    ]),
    ...contextOf(world, diagram).map((slot) => [
      'context',
      `${item.id}#${slot.id}`,
      ...about,
      slot.ask,
      slot.accepted.join(', '),
      '',
      '',
      cited(slot.sources),
      ...memory,
    ]),
  ]
}

const cited = (sources: readonly SourceView[]): string =>
  sources
    .map(({ author, year, title, url }) => `${author} (${year}): ${title}${url === null ? '' : ` ${url}`}`)
    .join('; ')

const lineOf = (cells: readonly string[]): string => `${cells.map(cellOf).join(',')}\r\n`

/**
 * A cell that begins like a formula is run by spreadsheets: an apostrophe before it keeps it a text
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
