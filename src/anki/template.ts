import { plainText } from './text.ts'

/**
 * What a card shows, as HTML: its template with the note's fields in their places. Of Anki's language: fields, sections
 * (`{{#Field}}…{{/Field}}`, `{{^Field}}…`), the filters that hide an answer (`cloze`, `type`, `hint`); others are passed by.
 */
export interface CardTemplate {
  readonly front: string
  readonly back: string
}

export interface CardFields {
  readonly values: ReadonlyMap<string, string>
  /** Which cloze is asked, from 1; null where the note type has none. */
  readonly cloze: number | null
}

/** A template may name a field as often as it likes; nobody reads more than this. */
const OUTPUT_MAX = 400_000
const DEPTH_MAX = 50

export const frontOf = ({ front }: CardTemplate, fields: CardFields): string => fill(front, fields, 'front')

/** Without what the front shows already: Anki's own templates repeat it above a line. */
export function backOf({ back }: CardTemplate, fields: CardFields): string {
  const [, below] = back.split(/<hr[^<>]{0,200}\bid\s*=\s*["']?answer["']?[^<>]{0,200}>/i)
  return fill(below ?? back, fields, 'back')
}

const NAMES_OF_THE_CARD = new Set(['FrontSide', 'Tags', 'Type', 'Deck', 'Subdeck', 'Card', 'CardFlag'])

function fill(template: string, fields: CardFields, side: 'front' | 'back'): string {
  const parts: string[] = []
  /** Of each open section, whether it is shown. */
  const open: boolean[] = []
  const filled = new Map<string, boolean>()
  let length = 0
  const add = (text: string) => {
    if (open.includes(false) || length > OUTPUT_MAX) return
    length += text.length
    parts.push(text)
  }
  let at = 0
  while (at < template.length) {
    const start = template.indexOf('{{', at)
    const end = start < 0 ? -1 : template.indexOf('}}', start)
    if (end < 0) break
    add(template.slice(at, start))
    at = end + 2
    const inside = template.slice(start + 2, end).trim()
    const mark = inside[0] ?? ''
    const name = inside.slice(1).trim()
    if (mark === '#' || mark === '^') {
      if (open.length < DEPTH_MAX) open.push(isFilled(name, fields, filled) === (mark === '#'))
    } else if (mark === '/') open.pop()
    else if (mark !== '!') add(shownValue(inside, fields, side))
  }
  add(template.slice(at))
  return parts.join('')
}

function isFilled(name: string, { values, cloze }: CardFields, known: Map<string, boolean>): boolean {
  const number = /^c(\d{1,4})$/.exec(name)
  if (number !== null && cloze !== null) return Number(number[1]) === cloze
  const before = known.get(name)
  if (before !== undefined) return before
  const is = plainText(values.get(name) ?? '').text !== ''
  known.set(name, is)
  return is
}

function shownValue(inside: string, { values, cloze }: CardFields, side: 'front' | 'back'): string {
  const filters = inside.split(':').map((part) => part.trim())
  const name = filters.pop() ?? ''
  if (NAMES_OF_THE_CARD.has(name) && !values.has(name)) return ''
  const value = values.get(name) ?? ''
  if (filters.includes('cloze')) return withGaps(value, cloze ?? 1, side)
  // What is to be typed, and what waits behind a link, is not seen on the front.
  if (side === 'front' && filters.some((filter) => filter === 'type' || filter === 'hint')) return ''
  return value
}

const CLOZE = /\{\{c(\d{1,4}(?:,\d{1,4})*)::/y

/** `{{c1::answer::hint}}`: the gap that is asked as `[…]` or its hint, all else as it stands; on the back, all. */
export function withGaps(text: string, asked: number, side: 'front' | 'back'): string {
  return gaps(text, asked, side, 0, DEPTH_MAX, false).text
}

interface Read {
  readonly text: string
  readonly end: number
}

function gaps(
  source: string,
  asked: number,
  side: 'front' | 'back',
  from: number,
  depth: number,
  isInside: boolean,
): Read {
  let out = ''
  let at = from
  while (at < source.length) {
    if (isInside && source.startsWith('}}', at)) return { text: out, end: at + 2 }
    CLOZE.lastIndex = at
    const match = depth > 0 ? CLOZE.exec(source) : null
    if (match === null) {
      const next = nextMark(source, at + 1, isInside)
      out += source.slice(at, next)
      at = next
      continue
    }
    const inner = gaps(source, asked, side, CLOZE.lastIndex, depth - 1, true)
    const [answer = '', hint = ''] = inner.text.split('::')
    const isAsked = (match[1] ?? '').split(',').map(Number).includes(asked)
    out += isAsked && side === 'front' ? `[${hint === '' ? '…' : hint}]` : answer
    at = inner.end
  }
  return { text: out, end: at }
}

function nextMark(source: string, from: number, isInside: boolean): number {
  const mark = isInside ? /\{\{c|\}\}/g : /\{\{c/g
  mark.lastIndex = from
  return mark.exec(source)?.index ?? source.length
}
