import { CATEGORIES, type Category } from '#domain/curriculum/index.ts'
import { type Diagram, renderStandalone } from '#domain/diagram/index.ts'
import { ok, type Result } from '#lib/result.ts'
import { contextOf, factsOf, layoutOf } from './diagrams.ts'
import { exportAs } from './export-drawing.ts'
import { type Learner, loadLearner, standingOf } from './learner.ts'
import type { World } from './ports.ts'
import type { Problem, SourceView } from './views.ts'

/**
 * A vault of Obsidian: paths below its folder, and their texts. A note a diagram, its drawing as SVG and as a canvas, a
 * note a category, and an overview as note and canvas. Links are by path, since two categories may have a slug in common.
 */
export async function exportObsidian(world: World): Promise<Result<ReadonlyMap<string, string>, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const diagrams = [...world.catalogue.diagrams.values()].sort((a, b) => (a.item.id < b.item.id ? -1 : 1))
  const files = new Map<string, string>()
  for (const diagram of diagrams) {
    const { item } = diagram
    const laidOut = await layoutOf(world, diagram)
    const { icons } = world.catalogue
    files.set(drawingOf(item.id), renderStandalone(laidOut, { icons, theme: 'light', title: item.title }))
    const canvas = await exportAs(diagram, laidOut, 'canvas')
    if (canvas.ok) files.set(canvasOf(item.id), canvas.value)
    files.set(noteOf(item.id), noteText(world, learner.value, diagram))
  }
  const byCategory = Map.groupBy(diagrams, ({ item }) => item.category)
  for (const [category, own] of byCategory) files.set(`${nameOf(category)}.md`, indexText(category, own))
  files.set('Atlas.md', overviewText(byCategory))
  files.set('Atlas.canvas', overviewCanvas(byCategory))
  return ok(files)
}

const noteOf = (id: string): string => `${id}.md`
const drawingOf = (id: string): string => `drawings/${id}.svg`
const canvasOf = (id: string): string => `canvas/${id}.canvas`
const nameOf = (category: string): string => `${category[0]?.toUpperCase()}${category.slice(1)}`

/** Brackets and bars would end a link. */
const link = (id: string, title: string): string => `[[${id}|${title.replace(/[[\]|]/g, ' ')}]]`

/** Text of ours that stands in Markdown: nothing of it is a mark, a tag or a link. */
const plain = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>#|~$^=]/g, (sign) => `\\${sign}`).replace(/\s+/g, ' ')

const cited = (sources: readonly SourceView[]): string =>
  sources
    .map(({ author, year, title, url }) => {
      const words = plain(`${author} (${year}): ${title}`)
      return url === null ? words : `[${words}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`
    })
    .join('; ')

const section = (title: string, body: readonly string[]): string =>
  body.length === 0 ? '' : `## ${title}\n\n${body.join('\n')}\n\n`

function noteText(world: World, learner: Learner, diagram: Diagram): string {
  const { item } = diagram
  const { items } = world.catalogue
  const named = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const other = items.get(id)
      return other === undefined ? [] : [`- ${link(id, other.title)}`]
    })
  const facts = factsOf(world, diagram).map(
    ({ ask, right, derived, asOf, sources }) =>
      `- ${plain(ask)} **${plain(right)}**${derived === null ? '' : ` (${plain(derived)})`}\n  As of ${asOf}: ${cited(sources)}`,
  )
  const context = contextOf(world, diagram).map(
    ({ ask, accepted, sources }) => `- ${plain(ask)} **${plain(accepted.join(', '))}**\n  ${cited(sources)}`,
  )
  return [
    frontMatter(learner, diagram),
    `# ${plain(item.title)}\n\n${plain(item.question)}\n\n`,
    `![[${drawingOf(item.id)}]]\n\n`,
    section(
      'Why',
      item.walkthrough.map(({ says }, i) => `${i + 1}. ${plain(says)}`),
    ),
    section('Facts', facts),
    section('Context', context),
    section('Then', [plain(item.mutation.ask)]),
    section('Needs', named(item.needs)),
    section('Covers', named(item.covers)),
    `${link(nameOf(item.category), nameOf(item.category))} · [[${canvasOf(item.id)}|Canvas]]\n`,
  ].join('')
}

/** YAML of JSON's strings, which it takes as they are. */
function frontMatter(learner: Learner, { item }: Diagram): string {
  const { due, recall } = standingOf(learner, item.id)
  const fields: [string, unknown][] = [
    ['id', item.id],
    ['aliases', [item.title]],
    [
      'tags',
      [
        `atlas/${item.category}`,
        `atlas/form/${item.form}`,
        `atlas/tier/${item.tier}`,
        `atlas/group/${item.group.replace(/\s+/g, '-')}`,
      ],
    ],
    ['complexity', item.complexity],
    ['minutes', item.minutes],
    ...(due === null ? [] : [['due', learner.days.nameOf(due)] as [string, unknown]]),
    ...(recall === null ? [] : [['recall', Math.round(recall * 1000) / 1000] as [string, unknown]]),
  ]
  return `---\n${fields.map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`).join('')}---\n\n`
}

const indexText = (category: Category, diagrams: readonly Diagram[]): string =>
  `# ${nameOf(category)}\n\n${diagrams
    .map(({ item }) => `- ${link(item.id, item.title)}: ${plain(item.question)}\n`)
    .join('')}\n${link('Atlas', 'Atlas')}\n`

const overviewText = (byCategory: ReadonlyMap<Category, readonly Diagram[]>): string =>
  `# Atlas\n\n${[...byCategory]
    .map(([category, own]) => `- ${link(nameOf(category), nameOf(category))}: ${own.length}\n`)
    .join('')}\n[[Atlas.canvas|All of them as a canvas]]\n`

const CARD = { width: 320, height: 90, gap: 30 }

/** JSON Canvas 1.0: a column a category, an arrow from what is needed to what needs it, and to what is covered. */
function overviewCanvas(byCategory: ReadonlyMap<Category, readonly Diagram[]>): string {
  const columns = CATEGORIES.flatMap((category) => {
    const own = byCategory.get(category)
    return own === undefined ? [] : [{ category, own }]
  })
  const nodes = columns.flatMap(({ category, own }, column) => [
    {
      id: `category ${category}`,
      type: 'file',
      file: `${nameOf(category)}.md`,
      x: column * (CARD.width + 4 * CARD.gap),
      y: -CARD.height - 2 * CARD.gap,
      width: CARD.width,
      height: CARD.height,
    },
    ...own.map(({ item }, row) => ({
      id: item.id,
      type: 'file',
      file: noteOf(item.id),
      x: column * (CARD.width + 4 * CARD.gap),
      y: row * (CARD.height + CARD.gap),
      width: CARD.width,
      height: CARD.height,
    })),
  ])
  const known = new Set(nodes.map(({ id }) => id))
  const edges = columns.flatMap(({ own }) =>
    own.flatMap(({ item }) => [
      ...item.needs
        .filter((id) => known.has(id))
        .map((id) => ({ id: `${id} needs ${item.id}`, fromNode: id, toNode: item.id })),
      ...item.covers
        .filter((id) => known.has(id))
        .map((id) => ({ id: `${item.id} covers ${id}`, fromNode: item.id, toNode: id, label: 'covers' })),
    ]),
  )
  return `${JSON.stringify({ nodes, edges }, null, '\t')}\n`
}
