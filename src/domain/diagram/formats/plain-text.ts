import { LIMITS } from '../notation/index.ts'

/** Labels as tools write them (HTML, Markdown, several lines) as one line of words. */

/** Far above what a label keeps; bounds the work on a hostile one. */
const CUT = 5_000

/**
 * The text with each stretch from `open` to `close` replaced by a space; in time linear in its length, whatever
 * it holds.
 */
export function withoutSpans(text: string, open: string, close: string): string {
  const folded = text.toLowerCase()
  const parts: string[] = []
  let from = 0
  for (let start = folded.indexOf(open); start >= 0; start = folded.indexOf(open, from)) {
    const end = folded.indexOf(close, start + open.length)
    if (end < 0) break
    parts.push(text.slice(from, start))
    from = end + close.length
  }
  return [...parts, text.slice(from)].join(' ')
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  middot: '·',
  bull: '•',
  times: '×',
  le: '≤',
  ge: '≥',
  rarr: '→',
  larr: '←',
  harr: '↔',
  copy: '©',
  reg: '®',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
}

/** One line without control characters, as long as the notation allows. */
export function oneLine(text: string): string {
  const clean = text
    .slice(0, CUT)
    .toWellFormed()
    .replace(/[\p{Cc}\u200b\u2060\ufeff]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return clean.slice(0, LIMITS.label).toWellFormed().trim()
}

/** `&amp;`, `&#38;` and `&#x26;`, once: what they stand for is not read again. An unknown one stays as it is. */
export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
        ? String.fromCodePoint(code)
        : ''
    },
  )
}

/** The words of an HTML label. Nothing in it is kept but text: no tag, no attribute, no script. */
export function plainText(html: string): string {
  let shown = withoutSpans(html.slice(0, CUT), '<!--', '-->')
  for (const hidden of ['style', 'script']) shown = withoutSpans(shown, `<${hidden}`, `</${hidden}>`)
  const words = shown
    .replace(/<\/?(br|p|div|li|ul|ol|tr|td|th|hr|h[1-6])\b[^<>]*>/gi, ' ')
    .replace(/<[a-zA-Z/!][^<>]*>/g, '')
  return oneLine(decodeEntities(words))
}

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char)

/** Escaped characters wait here (private use) while marks are taken off. */
const WAITING = 0xe000

/** The words of a Markdown text: without headings, emphasis, code marks, and with links as their text. */
export function markdownText(markdown: string): string {
  const words = markdown
    .slice(0, CUT)
    .replace(/\\([!-/:-@[-`{-~])/g, (_, char: string) => String.fromCharCode(WAITING + char.charCodeAt(0)))
    .replace(/^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,4}\.[ \t]+|>[ \t]*)/gm, '')
    .replace(/!?\[\[([^[\]|]*)(?:\|([^[\]]*))?\]\]/g, (_, target, alias) => alias ?? target)
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/\*\*|__|~~|`|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])/gu, '')
    .replace(/[\ue000-\ue07f]/g, (char) => String.fromCharCode(char.charCodeAt(0) - WAITING))
  return oneLine(words)
}

/** A text that Markdown shows as it stands. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\\`*_[\]#~<>|!]/g, '\\$&')
    .replace(/^[-+]/, '\\$&')
    .replace(/^(\d{1,4})\./, '$1\\.')
