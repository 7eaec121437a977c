import {
  type Diagram,
  describe,
  elementsOf,
  type LaidOut,
  renderStandalone,
  type Theme,
} from '#domain/diagram/index.ts'
import { type Exported, guidOf } from './anki-history.ts'
import { contextOf, factsOf, layoutOf } from './diagrams.ts'
import { escapeHtml, htmlList, htmlSources } from './html.ts'
import type { AnkiNote, AnkiNoteType, World } from './ports.ts'

/** What stands on the cards: the note types, and a diagram's notes with their pictures. */

export type Composed = Pick<AnkiNote, 'guid' | 'noteType' | 'deck' | 'fields' | 'tags'> & {
  readonly about: Exported
}

const DIAGRAM = 'Atlas diagram'
const FACT = 'Atlas fact'

const CSS = `.card { font-family: Inter, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-size: 17px; line-height: 1.5; text-align: left; color: #1b1c1f; background: #fcfcfb;
  max-width: 900px; margin: 0 auto; padding: 16px; }
.where, .soft { color: #55585f; font-size: 14px; }
.question { font-size: 22px; font-weight: 600; line-height: 1.3; margin: 4px 0 16px; }
img { max-width: 100%; height: auto; }
.dark { display: none; }
h2 { font-size: 16px; margin: 24px 0 4px; }
ul { margin: 0; padding-left: 20px; }
li { margin: 6px 0; }
.answer { font-size: 24px; font-weight: 600; }
a { color: #4653c8; }
.nightMode.card, .night_mode.card, .nightMode .card, .night_mode .card { color: #ecedef; background: #131417; }
.nightMode .where, .nightMode .soft, .night_mode .where, .night_mode .soft { color: #a5a9b2; }
.nightMode .light, .night_mode .light { display: none; }
.nightMode .dark, .night_mode .dark { display: inline; }
.nightMode a, .night_mode a { color: #a3adff; }`

const part = (field: string, title: string): string =>
  `{{#${field}}}<h2>${title}</h2>{{${field}}}{{/${field}}}`

export const NOTE_TYPES: readonly AnkiNoteType[] = [
  {
    name: DIAGRAM,
    fields: ['Title', 'Question', 'Front', 'Back', 'Facts', 'Context', 'Why', 'In words', 'Id'],
    front:
      '<div class="where">{{Title}}</div><div class="question">{{Question}}</div>{{Front}}' +
      '<div class="soft">Draw it on paper, then turn the card and compare.</div>',
    back:
      '<div class="where">{{Title}}</div><div class="question">{{Question}}</div><hr id="answer">{{Back}}' +
      part('Facts', 'Facts') +
      part('Context', 'Context') +
      part('Why', 'Why') +
      '<details><summary class="soft">In words</summary>{{In words}}</details>',
    css: CSS,
  },
  {
    name: FACT,
    fields: ['Question', 'Answer', 'About', 'Diagram', 'Drawing', 'Id'],
    front: '<div class="where">{{Diagram}}</div><div class="question">{{Question}}</div>',
    back:
      '<div class="where">{{Diagram}}</div><div class="question">{{Question}}</div><hr id="answer">' +
      '<div class="answer">{{Answer}}</div><div class="soft">{{About}}</div><p>{{Drawing}}</p>',
    css: CSS,
  },
]

export interface ComposedDiagram {
  /** The diagram first, then its facts. */
  readonly notes: readonly Composed[]
  readonly media: ReadonlyMap<string, string>
}

export async function composeDiagram(
  world: Pick<World, 'catalogue' | 'runElk'>,
  diagram: Diagram,
): Promise<ComposedDiagram> {
  const { item } = diagram
  const laidOut = await layoutOf(world, diagram)
  const media = picturesOf(world, diagram, laidOut)
  const pictures = (side: 'front' | 'back', alt: string) =>
    (['light', 'dark'] as const)
      .map((theme) => `<img class="${theme}" src="${fileOf(item.id, side, theme)}" alt="${escapeHtml(alt)}">`)
      .join('')
  const drawing = pictures('back', item.title)
  const facts = factsOf(world, diagram)
  const about = (fact: (typeof facts)[number]) =>
    `${derivedAs(fact.derived)}As of ${escapeHtml(fact.asOf)}. ${htmlSources(fact.sources)}`
  const shared = { deck: deckOf(item.category), tags: tagsOf(diagram) }
  const whole: Composed = {
    ...shared,
    about: { diagram: item.id, fact: null },
    guid: guidOf({ diagram: item.id, fact: null }),
    noteType: DIAGRAM,
    fields: [
      escapeHtml(item.title),
      escapeHtml(item.question),
      pictures('front', 'The drawing without its words'),
      drawing,
      htmlList(
        facts.map(
          (fact) =>
            `${escapeHtml(fact.ask)}<br><b>${escapeHtml(fact.right)}</b> <span class="soft">${about(fact)}</span>`,
        ),
      ),
      htmlList(
        contextOf(world, diagram).map(
          ({ ask, accepted }) => `${escapeHtml(ask)}<br><b>${escapeHtml(accepted.join(', '))}</b>`,
        ),
      ),
      htmlList(item.walkthrough.map(({ says }) => escapeHtml(says))),
      htmlList(describe(diagram.drawing, diagram.vocabulary).map(escapeHtml)),
      item.id,
    ],
  }
  const single = facts.map((fact): Composed => {
    const about_ = { diagram: item.id, fact: fact.id }
    return {
      ...shared,
      about: about_,
      guid: guidOf(about_),
      noteType: FACT,
      fields: [
        escapeHtml(fact.ask),
        escapeHtml(fact.right),
        about(fact),
        escapeHtml(item.title),
        drawing,
        `${item.id}#${fact.id}`,
      ],
    }
  })
  return { notes: [whole, ...single], media }
}

const derivedAs = (formula: string | null): string => (formula === null ? '' : `${escapeHtml(formula)}. `)

const deckOf = (category: string): string => `Atlas::${category[0]?.toUpperCase()}${category.slice(1)}`

/** Levels of a tag are divided by `::`; no space may stand in one. */
function tagsOf({ item }: Diagram): string[] {
  const clean = (text: string) => text.replace(/\//g, '::').replace(/\s+/g, '-')
  return [
    `Atlas::category::${item.category}`,
    `Atlas::form::${item.form}`,
    `Atlas::tier::${item.tier}`,
    `Atlas::group::${clean(item.group)}`,
  ]
}

/** A name that is safe on every system, and tells whose it is among thousands in Anki's one folder. */
const fileOf = (id: string, side: 'front' | 'back', theme: Theme): string =>
  `atlas-${id.replace('/', '-')}-${side}${theme === 'dark' ? '-dark' : ''}.svg`

function picturesOf(
  { catalogue }: Pick<World, 'catalogue'>,
  { item, drawing }: Diagram,
  laidOut: LaidOut,
): Map<string, string> {
  const all = new Set(elementsOf(drawing))
  const { icons } = catalogue
  return new Map(
    (['light', 'dark'] as const).flatMap((theme) => [
      [
        fileOf(item.id, 'front', theme),
        unnamed(renderStandalone(withoutTimes(laidOut), { icons, theme, faded: all })),
      ] as const,
      [
        fileOf(item.id, 'back', theme),
        unnamed(renderStandalone(laidOut, { icons, theme, title: item.title })),
      ] as const,
    ]),
  )
}

/** The ids of elements hold their labels, which whoever looks into the front's file would read. */
const unnamed = (svg: string): string => svg.replace(/ data-el="[^"]*"/g, '')

/** A faded event keeps its time, which is asked for, too. */
const withoutTimes = (laidOut: LaidOut): LaidOut =>
  laidOut.kind === 'timeline'
    ? { ...laidOut, events: laidOut.events.map((event) => ({ ...event, at: [] })) }
    : laidOut
