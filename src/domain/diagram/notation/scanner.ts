import { LIMITS, type NotationProblem } from './problem.ts'

export interface Position {
  readonly line: number
  readonly column: number
}

/** A name as written, and whether quotes kept it from being read as anything else. */
export interface Word extends Position {
  readonly text: string
  readonly quoted: boolean
}

const ARROW = /<?-+>?/y

/** Walks the text once, character by character, and knows where it is. */
export class Scanner {
  #at = 0
  #line = 1
  #lineStart = 0
  readonly #text: string
  readonly problems: NotationProblem[] = []

  constructor(text: string) {
    this.#text = text.replace(/\r\n?/g, '\n')
  }

  get position(): Position {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 }
  }

  get done(): boolean {
    return this.#at >= this.#text.length
  }

  peek(): string {
    return this.#text[this.#at] ?? ''
  }

  next(): string {
    const char = this.peek()
    this.#at++
    if (char === '\n') {
      this.#line++
      this.#lineStart = this.#at
    }
    return char
  }

  take(char: string): boolean {
    if (this.peek() !== char) return false
    this.next()
    return true
  }

  fail(message: string, at: Position = this.position, suggestion: string | null = null): void {
    this.problems.push({ line: at.line, column: at.column, message, suggestion })
  }

  /** Spaces and tabs, and a comment up to the end of its line. */
  skipBlanks(): void {
    while (/[ \t]/.test(this.peek())) this.next()
    if (this.peek() === '#') this.skipLine()
  }

  skipLine(): void {
    while (!this.done && this.peek() !== '\n') this.next()
  }

  /** Past everything up to what can start the next statement: one bad line never hides the others. */
  skipStatement(): void {
    let depth = 0
    while (!this.done) {
      const char = this.peek()
      if (depth === 0 && (char === '\n' || char === ';' || char === '}')) return
      if (char === '"') this.quoted()
      else {
        if (char === '{') depth++
        if (char === '}') depth--
        this.next()
      }
    }
  }

  /** The arrow that stands here, if any: at least two of its characters, as in `->`, `--`, `<-`, `<->`, `-->`. */
  arrow(): string | null {
    ARROW.lastIndex = this.#at
    const found = ARROW.exec(this.#text)?.[0]
    return found !== undefined && found.length >= 2 ? found : null
  }

  takeArrow(): string | null {
    const found = this.arrow()
    if (found !== null) for (let i = 0; i < found.length; i++) this.next()
    return found
  }

  /** One segment of a key: quoted, or up to what ends a bare name. Null when nothing stands here. */
  word(): Word | null {
    this.skipBlanks()
    const at = this.position
    if (this.peek() === '"' || this.peek() === "'") {
      return { text: this.quoted(), quoted: true, ...at }
    }
    let text = ''
    while (!this.done && !/[.:;{}|,"<>\n]/.test(this.peek()) && this.arrow() === null) {
      if (this.peek() === '#' && /(^|\s)$/.test(text)) break
      text += this.next()
    }
    text = text.trim().replace(/\s+/g, ' ')
    if (text === '') return null
    return { text: this.#bounded(text, at), quoted: false, ...at }
  }

  /** A label after a colon: quoted, or up to the end of the statement. */
  label(): string {
    this.skipBlanks()
    const at = this.position
    if (this.peek() === '"' || this.peek() === "'") return this.#bounded(this.quoted(), at)
    let text = ''
    while (!this.done && !/[;{}\n]/.test(this.peek())) {
      if (this.peek() === '#' && /(^|\s)$/.test(text)) break
      text += this.next()
    }
    return this.#bounded(text.trim().replace(/\s+/g, ' '), at)
  }

  /** `\n` is D2's line break, and a break within a label is a space; any other character after `\` is itself. */
  quoted(): string {
    const at = this.position
    const quote = this.next()
    let text = ''
    while (!this.done && this.peek() !== quote && this.peek() !== '\n') {
      const escaped = this.take('\\')
      const char = this.next()
      text += escaped && char === 'n' ? ' ' : char
    }
    if (!this.take(quote)) this.fail('this quote is never closed on its line', at)
    return text.trim().replace(/\s+/g, ' ')
  }

  #bounded(text: string, at: Position): string {
    if (text.length <= LIMITS.label) return text
    this.fail(`a name of ${text.length} characters; at most ${LIMITS.label} are kept`, at)
    return text.slice(0, LIMITS.label)
  }
}
