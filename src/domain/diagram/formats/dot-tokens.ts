/** The words of the DOT language (graphviz.org/doc/info/lang.html), one pass, whatever the text holds. */

export interface Token {
  /** `id` a name, a number or quoted text; `html` between angle brackets; else the punctuation itself. */
  readonly kind:
    | 'id'
    | 'html'
    | '{'
    | '}'
    | '['
    | ']'
    | ';'
    | ','
    | '='
    | ':'
    | '+'
    | '->'
    | '--'
    | '?'
    | 'end'
  readonly text: string
  /** In quotes: never a keyword. */
  readonly quoted: boolean
  /** From 1. */
  readonly line: number
}

const NAME = /[\p{L}_\u0080-\uffff][\p{L}\p{N}_\u0080-\uffff]*/uy
const NUMERAL = /-?(?:\.\d+|\d+(?:\.\d*)?)/y
const SPACE = /[ \t\r\ufeff]+/y

export function dotTokens(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  let line = 1
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0] ?? null
  }
  const push = (kind: Token['kind'], value: string, length: number, quoted = false): void => {
    tokens.push({ kind, text: value, quoted, line })
    at += length
  }
  const skip = (end: number): void => {
    for (let i = at; i < end; i++) if (text[i] === '\n') line++
    at = end
  }
  const after = (mark: string): number => {
    const end = text.indexOf(mark, at)
    return end < 0 ? text.length : end + mark.length
  }
  while (at < text.length) {
    const char = text[at] ?? ''
    const two = text.slice(at, at + 2)
    const lineStart = at === 0 || text[at - 1] === '\n'
    if (char === '\n') skip(at + 1)
    else if (two === '/*') skip(after('*/'))
    else if (two === '//' || (char === '#' && lineStart)) skip(Math.max(at + 1, after('\n') - 1))
    else if (match(SPACE) !== null) at += match(SPACE)?.length ?? 1
    else if (two === '->' || two === '--') push(two, two, 2)
    else if ('{}[];,=:+'.includes(char)) push(char as Token['kind'], char, 1)
    else if (char === '"') {
      const end = quoteEnd(text, at)
      const inside = text
        .slice(at + 1, end)
        .replace(/\\\r?\n/g, '')
        .replace(/\\"/g, '"')
      tokens.push({ kind: 'id', text: inside, quoted: true, line })
      skip(Math.min(end + 1, text.length))
    } else if (char === '<') {
      const end = htmlEnd(text, at)
      tokens.push({ kind: 'html', text: text.slice(at + 1, end), quoted: true, line })
      skip(Math.min(end + 1, text.length))
    } else {
      const word = match(NAME) ?? match(NUMERAL)
      if (word === null) push('?', char, 1)
      else push('id', word, word.length)
    }
  }
  return [...tokens, { kind: 'end', text: '', quoted: false, line }]
}

function quoteEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return i
  }
  return text.length
}

/** Angle brackets nest. */
function htmlEnd(text: string, start: number): number {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    if (text[i] === '<') depth++
    else if (text[i] === '>' && --depth === 0) return i
  }
  return text.length
}
