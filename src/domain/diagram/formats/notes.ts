import { FORMAT_LIMITS } from './format.ts'

/** Collects what was passed over, each thing once, and no more lines than a person reads. */
export class Notes {
  readonly #counts = new Map<string, number>()

  add(line: string): void {
    this.#counts.set(line, (this.#counts.get(line) ?? 0) + 1)
  }

  lines(): string[] {
    const all = [...this.#counts].map(([line, count]) => (count === 1 ? line : `${line} (${count} times)`))
    if (all.length <= FORMAT_LIMITS.lines) return all
    const rest = all.length - FORMAT_LIMITS.lines
    return [...all.slice(0, FORMAT_LIMITS.lines), `and ${rest} more`]
  }
}

/** Words of the file in a line of ours: short, and in quotes. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return `“${line.length > 60 ? `${[...line.slice(0, 59)].join('').trimEnd()}…` : line}”`
}
