import type { Result } from '#lib/result.ts'
import type { Places } from '../layout/index.ts'
import type { Drawing } from '../model.ts'

/** The tools whose files Atlas reads and writes; docs/formats.md says what each of them can hold. */
export const FORMATS = ['excalidraw', 'drawio', 'mermaid', 'd2', 'dot', 'canvas'] as const
export type Format = (typeof FORMATS)[number]

export const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  excalidraw: 'Excalidraw',
  drawio: 'draw.io',
  mermaid: 'Mermaid',
  d2: 'D2',
  dot: 'Graphviz DOT',
  canvas: 'JSON Canvas',
}

/**
 * What is read at most. `bytes` of a file, `inflated` bytes of a compressed part, `characters` of JSON or XML,
 * `source` characters of a text language, `items` of a picture before any of them is compared with another,
 * `lines` of what was skipped, `tries` to go on after a line that a parser does not take.
 */
export const FORMAT_LIMITS = {
  bytes: 20_000_000,
  inflated: 8_000_000,
  characters: 8_000_000,
  source: 100_000,
  items: 2_000,
  lines: 40,
  tries: 20,
} as const

/** An arrow whose ends were found by where it stands, not by what the file says. */
export interface SnapQuestion {
  /** The id of the edge in the drawing. */
  readonly edge: string
  readonly says: string
}

export interface Imported {
  readonly format: Format
  readonly drawing: Drawing
  /** Centres in px where the file has them; empty where it has none. */
  readonly places: Places
  /** One plain line for each thing that is in the file and not in the drawing. */
  readonly skipped: readonly string[]
  readonly questions: readonly SnapQuestion[]
}

export interface FormatProblem {
  readonly code: 'unknown-format' | 'too-large' | 'damaged' | 'empty' | 'other-form'
  /** What is wrong, in a sentence. */
  readonly message: string
  /** What to do next, in a sentence. */
  readonly mend: string
}

/**
 * A Mermaid diagram after its own parser: its type, and its database, read with care (an interface without a
 * promise).
 */
export interface MermaidDiagram {
  readonly type: string
  readonly db: unknown
}

/** The parts of what D2's compiler gives that a drawing needs; ids are absolute keys. */
export interface D2Diagram {
  readonly shapes: readonly {
    readonly id: string
    readonly label: string
    readonly type: string
    readonly opacity?: number
    /** The frame round some messages of a sequence. */
    readonly blend?: boolean
  }[]
  readonly connections: readonly {
    readonly src: string
    readonly dst: string
    readonly srcArrow: string
    readonly dstArrow: string
    readonly label: string
  }[]
}

/** What reading needs from outside: it differs between a browser and Node, or takes long to load. */
export interface Parsers {
  /** UTF-8 to text; a byte that is none becomes U+FFFD. */
  decode(bytes: Uint8Array): string
  /** Null where it is damaged or would grow beyond `limit` bytes. */
  inflate(bytes: Uint8Array, kind: 'zlib' | 'raw', limit: number): Promise<Uint8Array | null>
  /** Throws as Mermaid's own parser does, with `hash.loc.first_line` where it knows the line. */
  mermaid(text: string): Promise<MermaidDiagram>
  /** D2's own compiler; null where it is not at hand. Throws on a text that it does not take. */
  readonly d2: ((text: string) => Promise<D2Diagram>) | null
}

export type ReadResult = Result<Omit<Imported, 'format'>, FormatProblem>

export const otherForm = (what: string, form: string): FormatProblem => ({
  code: 'other-form',
  message: `The file holds ${what}; this diagram is a ${form}.`,
  mend: `Draw it as a ${form}, or choose another file.`,
})

export const damaged = (format: Format, why: string): FormatProblem => ({
  code: 'damaged',
  message: `This ${FORMAT_NAMES[format]} file cannot be read: ${why}.`,
  mend: `Open it in ${FORMAT_NAMES[format]}, save it again and try that file.`,
})
