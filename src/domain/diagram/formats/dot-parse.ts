import { dotTokens, type Token } from './dot-tokens.ts'
import { FORMAT_LIMITS } from './format.ts'
import type { Notes } from './notes.ts'

/** The statements of a DOT text. One bad line never hides the others: it is passed over with a note. */

export interface DotValue {
  readonly text: string
  readonly html: boolean
}

export type Attributes = ReadonlyMap<string, DotValue>

export interface DotGraph {
  readonly directed: boolean
  readonly body: readonly DotStatement[]
}

export type DotEnd =
  | { readonly kind: 'node'; readonly id: string }
  | { readonly kind: 'subgraph'; readonly id: string; readonly body: readonly DotStatement[] }

export type DotStatement =
  | { readonly kind: 'defaults'; readonly of: 'graph' | 'node' | 'edge'; readonly attributes: Attributes }
  | { readonly kind: 'ends'; readonly ends: readonly DotEnd[]; readonly attributes: Attributes }

const NESTED_MOST = 40

/** The first graph of the text; null where there is none. */
export function parseDot(text: string, notes: Notes): DotGraph | null {
  return new Parser(text, notes).graph()
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #notes: Notes
  #at = 0

  constructor(text: string, notes: Notes) {
    this.#tokens = dotTokens(text)
    this.#notes = notes
  }

  get #now(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] as Token
  }

  #is(kind: Token['kind']): boolean {
    return this.#now.kind === kind
  }

  #take(kind: Token['kind']): boolean {
    if (!this.#is(kind)) return false
    this.#at++
    return true
  }

  #keyword(...words: string[]): string | null {
    const { kind, text, quoted } = this.#now
    const found = kind === 'id' && !quoted && words.includes(text.toLowerCase())
    if (found) this.#at++
    return found ? text.toLowerCase() : null
  }

  graph(): DotGraph | null {
    while (!this.#is('end')) {
      this.#keyword('strict')
      const kind = this.#keyword('graph', 'digraph')
      if (kind !== null) {
        if (this.#is('id') || this.#is('html')) this.#at++
        if (this.#take('{')) {
          const body = this.#body(0)
          if (!this.#take('}')) this.#notes.add('the text ends before its last brace')
          if (!this.#is('end')) this.#notes.add('what follows the first graph')
          return { directed: kind === 'digraph', body }
        }
      } else this.#at++
    }
    return null
  }

  #body(depth: number): DotStatement[] {
    const statements: DotStatement[] = []
    while (!this.#is('}') && !this.#is('end')) {
      if (this.#take(';') || this.#take(',')) continue
      const before = this.#at
      const statement = this.#statement(depth)
      if (statement) statements.push(...statement)
      else this.#giveUp(before)
    }
    return statements
  }

  /** Past the rest of the line on which something could not be read. */
  #giveUp(from: number): void {
    const bad = this.#now
    const { line } = bad.kind === 'end' ? (this.#tokens[from] ?? bad) : bad
    this.#notes.add(`line ${line}: ${bad.kind === 'end' ? 'it breaks off' : `unexpected \`${bad.text}\``}`)
    let depth = 0
    if (this.#at === from) this.#at++
    while (!this.#is('end')) {
      const { kind, line: here } = this.#now
      if (depth === 0 && (kind === ';' || kind === '}' || here > line)) return
      if (kind === '{') depth++
      if (kind === '}') depth--
      this.#at++
    }
  }

  #statement(depth: number): DotStatement[] | null {
    const before = this.#at
    const of = this.#keyword('graph', 'node', 'edge')
    if (of !== null) {
      const attributes = this.#attributes()
      return attributes === null
        ? null
        : [{ kind: 'defaults', of: of as 'graph' | 'node' | 'edge', attributes }]
    }
    if (this.#is('id') && this.#tokens[this.#at + 1]?.kind === '=') {
      const attribute = this.#attribute()
      return attribute === null ? null : [{ kind: 'defaults', of: 'graph', attributes: new Map([attribute]) }]
    }
    const ends: DotEnd[][] = []
    do {
      const group = this.#ends(depth)
      if (group === null) return null
      ends.push(group)
    } while (this.#take('->') || this.#take('--'))
    if (this.#at === before) return null
    const attributes = this.#attributes()
    if (attributes === null) return null
    if (ends.every((group) => group.length === 1)) return [{ kind: 'ends', ends: ends.flat(), attributes }]
    const joined = ends.map((group): DotEnd => {
      const [only] = group
      if (only && group.length === 1) return only
      const body = group.map((end): DotStatement => ({ kind: 'ends', ends: [end], attributes: new Map() }))
      return { kind: 'subgraph', id: '', body }
    })
    return [{ kind: 'ends', ends: joined, attributes }]
  }

  /** One end; or `a, b`, which Graphviz takes too. */
  #ends(depth: number): DotEnd[] | null {
    const ends: DotEnd[] = []
    do {
      const end = this.#end(depth)
      if (end === null) return null
      ends.push(end)
    } while (this.#is(',') && this.#tokens[this.#at + 1]?.kind === 'id' && this.#take(','))
    return ends
  }

  #end(depth: number): DotEnd | null {
    const isSubgraph = this.#keyword('subgraph') !== null
    if (isSubgraph || this.#is('{')) {
      const id = this.#is('id') ? this.#value().text : ''
      if (!this.#is('{')) return isSubgraph ? { kind: 'subgraph', id, body: [] } : null
      if (depth >= NESTED_MOST) return null
      this.#at++
      const body = this.#body(depth + 1)
      if (!this.#take('}')) this.#notes.add('the text ends before its last brace')
      return { kind: 'subgraph', id, body }
    }
    if (!this.#is('id') && !this.#is('html')) return null
    const id = this.#value().text
    // A port and a side of the world say where an arrow touches, not what.
    for (let part = 0; part < 2 && this.#take(':'); part++) if (this.#is('id')) this.#value()
    return { kind: 'node', id }
  }

  /** `"a" + "b"` is one text. */
  #value(): DotValue {
    const html = this.#is('html')
    let { text } = this.#now
    this.#at++
    while (this.#is('+') && this.#tokens[this.#at + 1]?.kind === 'id') {
      this.#at++
      text += this.#now.text
      this.#at++
    }
    return { text, html }
  }

  #attributes(): Attributes | null {
    const attributes = new Map<string, DotValue>()
    while (this.#take('[')) {
      while (!this.#is(']')) {
        if (this.#take(';') || this.#take(',')) continue
        const attribute = attributes.size < FORMAT_LIMITS.items ? this.#attribute() : null
        if (attribute === null) return null
        attributes.set(...attribute)
      }
      this.#at++
    }
    return attributes
  }

  #attribute(): [string, DotValue] | null {
    if (!this.#is('id')) return null
    const name = this.#value().text.toLowerCase()
    if (!this.#take('=')) return [name, { text: 'true', html: false }]
    return this.#is('id') || this.#is('html') ? [name, this.#value()] : null
  }
}
