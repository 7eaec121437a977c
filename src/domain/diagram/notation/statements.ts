import type { Arrow } from '../model.ts'
import { LIMITS, type NotationProblem } from './problem.ts'
import { type Position, Scanner, type Word } from './scanner.ts'

/** A drawing's text as statements; what its names refer to is not known yet. */
export type Path = readonly Word[]

export interface Declaration {
  readonly kind: 'declaration'
  readonly path: Path
  readonly label: string | null
  /** Null without braces: `{}` makes a group even when it is empty. */
  readonly members: readonly Statement[] | null
}

export interface Link {
  readonly from: Path
  readonly to: Path
  readonly arrow: Arrow
}

export interface Connection extends Position {
  readonly kind: 'connection'
  readonly links: readonly Link[]
  readonly label: string
}

export type Statement = Declaration | Connection

export interface Statements {
  readonly statements: readonly Statement[]
  readonly problems: readonly NotationProblem[]
  readonly notes: readonly NotationProblem[]
}

/** D2's words for how a thing looks, which Atlas decides itself. */
const ATTRIBUTES = new Set(
  (
    'shape style direction near icon tooltip link class width height constraint vars classes layers scenarios ' +
    'steps top left grid-rows grid-columns grid-gap source-arrowhead target-arrowhead'
  ).split(' '),
)

/** Groups within groups, and D2's own words behind them (`a.b.style.fill`). Without a bound `a.a.a…` takes minutes. */
const PATH_MAX = 12

export const isAttribute = (name: string): boolean => ATTRIBUTES.has(name.toLowerCase())

export function readStatements(text: string): Statements {
  const scanner = new Scanner(text)
  const notes: NotationProblem[] = []
  const statements = new StatementReader(scanner, notes).block(0)
  return { statements, problems: scanner.problems, notes }
}

class StatementReader {
  readonly #in: Scanner
  readonly #notes: NotationProblem[]
  #count = 0

  constructor(scanner: Scanner, notes: NotationProblem[]) {
    this.#in = scanner
    this.#notes = notes
  }

  block(depth: number): Statement[] {
    const statements: Statement[] = []
    while (!this.#in.done) {
      this.#in.skipBlanks()
      if (this.#in.take('\n') || this.#in.take(';')) continue
      if (this.#in.peek() === '}') {
        if (depth > 0) break
        this.#in.fail('a closing brace without its opening one')
        this.#in.next()
        continue
      }
      if (this.#in.done) break
      if (++this.#count > LIMITS.elements) {
        this.#in.fail(`more than ${LIMITS.elements} statements; the rest was not read`)
        while (!this.#in.done) this.#in.next()
        break
      }
      const statement = this.statement(depth)
      if (statement) statements.push(statement)
    }
    return statements
  }

  statement(depth: number): Statement | null {
    const at = this.#in.position
    const first = this.ends()
    if (first === null) {
      this.#in.skipStatement()
      return null
    }
    if (this.#in.arrow() !== null) return this.connection(first, at)
    const [path] = first
    if (first.length > 1 || path === undefined) {
      this.#in.fail('a comma lists the ends of an arrow; here is none', at)
      this.#in.skipStatement()
      return null
    }
    return this.declaration(path, depth)
  }

  /** `a`, `us.api` or, at an arrow, `a, b`. */
  ends(): Path[] | null {
    const paths: Path[] = []
    do {
      const path = this.path()
      if (path === null) return null
      paths.push(path)
      this.#in.skipBlanks()
    } while (this.#in.take(','))
    return paths
  }

  path(): Path | null {
    const words: Word[] = []
    do {
      const word = this.#in.word()
      if (word === null) {
        const char = this.#in.peek()
        const found = char === '' || char === '\n' ? 'the end of the line' : `\`${this.#in.arrow() ?? char}\``
        this.#in.fail(`expected a name, found ${found}`)
        return null
      }
      if (words.length === PATH_MAX) {
        this.#in.fail(`a name in more than ${PATH_MAX - 1} groups`, words[0])
        return null
      }
      words.push(word)
      this.#in.skipBlanks()
    } while (this.#in.take('.'))
    return words
  }

  connection(first: Path[], at: Position): Connection | null {
    const links: Link[] = []
    let left = first
    for (let symbol = this.#in.takeArrow(); symbol !== null; symbol = this.#in.takeArrow()) {
      const right = this.ends()
      if (right === null) {
        this.#in.skipStatement()
        return links.length === 0 ? null : { kind: 'connection', links, label: '', ...at }
      }
      if (links.length + left.length * right.length > LIMITS.elements) {
        this.#in.fail(`more than ${LIMITS.elements} connections in one line`, at)
        this.#in.skipStatement()
        return null
      }
      for (const from of left) for (const to of right) links.push(link(from, symbol, to))
      left = right
    }
    const label = this.#in.take(':') ? this.#in.label() : ''
    this.#in.skipBlanks()
    this.skipAttributes()
    this.endOfStatement()
    return { kind: 'connection', links, label, ...at }
  }

  declaration(path: Path, depth: number): Declaration | null {
    const last = path.at(-1)
    const label = this.#in.take(':') ? this.#in.label() : null
    this.#in.skipBlanks()
    const written = label !== null || this.#in.peek() === '{'
    const attribute = written && path.some((word) => !word.quoted && isAttribute(word.text))
    if (attribute && last) {
      this.#notes.push({
        ...positionOf(last),
        message: `\`${last.text}\` is skipped: Atlas decides how it looks`,
        suggestion: null,
      })
      this.#in.skipStatement()
      return null
    }
    if (last && !last.quoted && last.text.toLowerCase() === 'label' && path.length > 1 && label !== null) {
      this.endOfStatement()
      return { kind: 'declaration', path: path.slice(0, -1), label, members: null }
    }
    let members: Statement[] | null = null
    const opened = this.#in.position
    if (this.#in.take('{')) {
      if (depth >= LIMITS.depth) this.#in.fail(`groups nest at most ${LIMITS.depth} deep`, opened)
      const before = this.#notes.length
      members = this.block(depth + 1)
      if (!this.#in.take('}')) this.#in.fail('this brace is never closed', opened)
      const onlyLooks = members.length === 0 && this.#notes.length > before
      if (onlyLooks || depth >= LIMITS.depth) members = null
    }
    this.endOfStatement()
    const own = members?.find((member) => isLabelOf(member))
    if (own?.kind === 'declaration') {
      const others = members?.filter((member) => member !== own) ?? []
      return { kind: 'declaration', path, label: own.label, members: others.length > 0 ? others : null }
    }
    return { kind: 'declaration', path, label: label === '' ? null : label, members }
  }

  /** `{ style… }` after a connection. */
  skipAttributes(): void {
    const at = this.#in.position
    if (!this.#in.take('{')) return
    this.#notes.push({ ...at, message: 'the style of a connection is skipped', suggestion: null })
    this.block(1)
    if (!this.#in.take('}')) this.#in.fail('this brace is never closed', at)
  }

  endOfStatement(): void {
    this.#in.skipBlanks()
    const char = this.#in.peek()
    if (this.#in.done || char === '\n' || char === ';' || char === '}') return
    this.#in.fail(`unexpected \`${char}\`; quote a name that needs it`)
    this.#in.skipStatement()
  }
}

/** `lb: { label: Load balancer }`, D2's long form of a label. */
const isLabelOf = (member: Statement): boolean =>
  member.kind === 'declaration' &&
  member.path.length === 1 &&
  member.label !== null &&
  member.path[0]?.quoted === false &&
  member.path[0].text.toLowerCase() === 'label'

const positionOf = ({ line, column }: Position): Position => ({ line, column })

function link(left: Path, symbol: string, right: Path): Link {
  const backward = symbol.startsWith('<')
  const forward = symbol.endsWith('>')
  if (backward && forward) return { from: left, to: right, arrow: 'both' }
  if (backward) return { from: right, to: left, arrow: 'directed' }
  return { from: left, to: right, arrow: forward ? 'directed' : 'undirected' }
}
