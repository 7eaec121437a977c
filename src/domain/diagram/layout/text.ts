import { CHARACTERS, MONO_WIDTH, TABULAR_WIDTH, WIDTHS } from './metrics.ts'

export type Weight = 400 | 500 | 600

/** The type sizes of a drawing, in px, with the height of their lines. */
export const NAME = { size: 14, line: 18, weight: 500 } as const
export const LABEL = { size: 12, line: 16, weight: 400 } as const
export const CAPTION = { size: 12, line: 16, weight: 600 } as const
export const CELL = { size: 13, line: 18, weight: 400 } as const
export const HEAD = { size: 13, line: 18, weight: 600 } as const
export const TIME = { size: 13, line: 18, weight: 500 } as const

const tables = new Map<Weight, ReadonlyMap<string, number>>(
  ([400, 500, 600] as const).map((weight) => {
    const widths = WIDTHS[weight].split(' ').map(Number)
    return [weight, new Map([...CHARACTERS].map((character, i) => [character, widths[i] ?? 1000]))]
  }),
)

/** Characters beyond the table are counted as a full em: too wide rather than too narrow. */
const UNKNOWN_WIDTH = 1000

/** The advance width of `text` in Inter, in px, kerning not counted. */
export function textWidth(text: string, size: number, weight: Weight): number {
  const table = tables.get(weight)
  let units = 0
  for (const character of text) units += table?.get(character) ?? UNKNOWN_WIDTH
  return (units * size) / 1000
}

/** The same with tabular figures, as times and quantities are set. */
export function tabularWidth(text: string, size: number, weight: Weight): number {
  const figures = text.match(/\d/g)?.length ?? 0
  return textWidth(text.replace(/\d/g, ''), size, weight) + (figures * TABULAR_WIDTH * size) / 1000
}

export const monoWidth = (text: string, size: number): number => ([...text].length * MONO_WIDTH * size) / 1000

const MAX_LINES = 3
/** A longer label is cut before anything is measured: a hostile one costs nothing. */
const MAX_CHARACTERS = 240

export interface Style {
  readonly size: number
  readonly weight: Weight
}

/**
 * Where a line may break: after a space, and after `/ - _ , ; :` or `.` inside a word of more than twelve
 * characters.
 */
function pieces(label: string): string[] {
  return label
    .split(/(?<=\s)/)
    .flatMap((word) => (word.length > 12 ? word.split(/(?<=[/\-_,;:.])(?=[^\s\d])/) : [word]))
}

/** Breaks anywhere a piece that alone is wider than a line. */
function chop(piece: string, width: (text: string) => number, maxWidth: number): string[] {
  if (width(piece.trimEnd()) <= maxWidth) return [piece]
  const parts: string[] = []
  let part = ''
  for (const character of piece) {
    if (part !== '' && width(part + character) > maxWidth) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}

function greedy(label: string, width: (text: string) => number, maxWidth: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(label).flatMap((one) => chop(one, width, maxWidth))) {
    if (line !== '' && width((line + piece).trimEnd()) > maxWidth) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  return [...lines, line.trimEnd()].filter((one) => one !== '')
}

/**
 * At most `maxLines` lines of about equal length, none wider than `maxWidth` px where words allow it: a
 * label that needs more room than that is given up to 1.6 times the width, and what is left over is cut
 * with an ellipsis.
 */
export function wrapLabel(
  label: string,
  maxWidth: number,
  style: Style = NAME,
  maxLines = MAX_LINES,
): string[] {
  const clean = label.replace(/\s+/g, ' ').trim()
  const cut = clean.length > MAX_CHARACTERS ? `${clean.slice(0, MAX_CHARACTERS - 1)}…` : clean
  if (cut === '') return []
  const width = (text: string) => textWidth(text, style.size, style.weight)
  const longestWord = Math.max(...pieces(cut).map((piece) => width(piece.trimEnd())))
  let limit = Math.min(Math.max(maxWidth, longestWord), maxWidth * 1.25)
  let lines = greedy(cut, width, limit)
  while (lines.length > maxLines && limit < maxWidth * 1.6) {
    limit *= 1.08
    lines = greedy(cut, width, limit)
  }
  if (lines.length > maxLines) return ellipsis(lines, maxLines)
  return balance(cut, width, lines, limit)
}

function ellipsis(lines: readonly string[], maxLines: number): string[] {
  const kept = lines.slice(0, maxLines)
  const last = kept.pop() ?? ''
  return [...kept, `${last.slice(0, Math.max(1, last.length - 2))}…`]
}

/**
 * The narrowest width that needs no more lines: even lines look calmer than a full one with a scrap below.
 */
function balance(label: string, width: (text: string) => number, lines: string[], limit: number): string[] {
  if (lines.length < 2) return lines
  let [low, high] = [limit / lines.length, limit]
  let best = lines
  while (high - low > 2) {
    const middle = (low + high) / 2
    const tried = greedy(label, width, middle)
    const fits = tried.length <= lines.length && tried.every((line) => width(line) <= limit)
    const chopped = tried.join('').replace(/\s/g, '').length !== label.replace(/\s/g, '').length
    if (fits && !chopped && keepsWords(label, tried)) {
      best = tried
      high = middle
    } else low = middle
  }
  return best
}

const keepsWords = (label: string, lines: readonly string[]): boolean => {
  const allowed = new Set(pieces(label).map((piece) => piece.trimEnd()))
  return lines.every((line) => pieces(line).every((piece) => allowed.has(piece.trimEnd())))
}

/** The width of the widest line, in px. */
export const widestLine = (lines: readonly string[], style: Style): number =>
  Math.max(0, ...lines.map((line) => textWidth(line, style.size, style.weight)))
