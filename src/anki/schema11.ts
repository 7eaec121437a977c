import type { AnkiExport, AnkiNoteType } from '#app/ports.ts'
import type { Ids } from './stable-ids.ts'

/** Anki's schema 11, which every Anki since 2012 reads: its tables, and the JSON in the one row of `col`. */
export const TABLES = `
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null,
  odue integer not null, odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
`

/** Not sent to AnkiWeb yet. */
export const USN = -1
export const SCHEMA = 11

export function noteTypesJson(pack: AnkiExport, ids: Ids, deck: number): string {
  return JSON.stringify(
    Object.fromEntries(
      pack.noteTypes.map((type) => [ids.noteType(type.name), noteTypeOf(type, pack, ids, deck)]),
    ),
  )
}

function noteTypeOf(
  { name, fields, front, back, css }: AnkiNoteType,
  { now }: AnkiExport,
  ids: Ids,
  deck: number,
) {
  return {
    id: ids.noteType(name),
    name,
    type: 0,
    mod: Math.floor(now / 1000),
    usn: USN,
    sortf: 0,
    did: deck,
    tmpls: [
      {
        name: 'Card 1',
        ord: 0,
        qfmt: front,
        afmt: back,
        bqfmt: '',
        bafmt: '',
        did: null,
        bfont: '',
        bsize: 0,
      },
    ],
    flds: fields.map((field, ord) => ({
      name: field,
      ord,
      sticky: false,
      rtl: false,
      font: 'Arial',
      size: 20,
      media: [],
    })),
    css,
    latexPre: '\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\begin{document}\n',
    latexPost: '\\end{document}',
    latexsvg: false,
    req: [[0, 'any', [0]]],
    tags: [],
    vers: [],
  }
}

/** Each deck with those above it, and the one that every collection has. */
export const deckNames = ({ notes }: AnkiExport): string[] =>
  [
    ...new Set(
      notes.flatMap(({ deck }) => {
        const levels = deck.split('::')
        return levels.map((_, i) => levels.slice(0, i + 1).join('::'))
      }),
    ),
  ].sort()

export function decksJson(pack: AnkiExport, ids: Ids): string {
  const deck = (id: number, name: string, conf: number) => ({
    id,
    name,
    mod: Math.floor(pack.now / 1000),
    usn: USN,
    lrnToday: [0, 0],
    revToday: [0, 0],
    newToday: [0, 0],
    timeToday: [0, 0],
    collapsed: false,
    browserCollapsed: false,
    desc: '',
    dyn: 0,
    conf,
    extendNew: 0,
    extendRev: 0,
  })
  const preset = ids.preset(pack.preset.name)
  const ours = deckNames(pack).map((name) => [ids.deck(name), deck(ids.deck(name), name, preset)] as const)
  return JSON.stringify(Object.fromEntries([[1, deck(1, 'Default', 1)], ...ours]))
}

/** A redraw takes minutes; Anki would cut an answer's time at one. */
const ANSWER_SECONDS_MAX = 600

/** Options of the decks: FSRS's parameters, and no steps within a day, as Atlas has none. */
export function presetsJson({ preset, now }: AnkiExport, ids: Ids): string {
  const options = (id: number, name: string, more: object) => ({
    id,
    name,
    mod: Math.floor(now / 1000),
    usn: USN,
    maxTaken: ANSWER_SECONDS_MAX,
    autoplay: true,
    timer: 0,
    replayq: true,
    new: {
      bury: false,
      delays: [1, 10],
      initialFactor: 2500,
      ints: [1, 4, 0],
      order: 1,
      perDay: 20,
      separate: true,
    },
    rev: {
      bury: false,
      ease4: 1.3,
      fuzz: 0.05,
      ivlFct: 1,
      maxIvl: 36500,
      minSpace: 1,
      perDay: 200,
      hardFactor: 1.2,
    },
    lapse: { delays: [10], leechAction: 1, leechFails: 8, minInt: 1, mult: 0 },
    dyn: false,
    ...more,
  })
  const id = ids.preset(preset.name)
  const ours = options(id, preset.name, {
    new: {
      bury: false,
      delays: [],
      initialFactor: 2500,
      ints: [1, 4, 0],
      order: 1,
      perDay: 20,
      separate: true,
    },
    lapse: { delays: [], leechAction: 1, leechFails: 8, minInt: 1, mult: 0 },
    fsrsParams6: preset.parameters,
    desiredRetention: preset.desiredRetention,
  })
  return JSON.stringify({ 1: options(1, 'Default', {}), [id]: ours })
}

/** `schedVer` 2: else an importer takes the review log for one of the first scheduler, and rewrites it. */
export const configJson = (noteType: number, cards: number): string =>
  JSON.stringify({
    nextPos: cards + 1,
    estTimes: true,
    activeDecks: [1],
    sortType: 'noteFld',
    timeLim: 0,
    sortBackwards: false,
    addToCur: true,
    curDeck: 1,
    newBury: true,
    newSpread: 0,
    dueCounts: true,
    curModel: noteType,
    collapseTime: 1200,
    schedVer: 2,
  })
