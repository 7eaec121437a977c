import { type Notes, quoted } from './notes.ts'
import { markdownText } from './plain-text.ts'

/** Globs, imports, filters and links by number: their meaning is all that D2's compiler knows of a file. */
const COMPILED = /^[ \t]*[&*(]|\*[.:]|(?:->|--|<-)[ \t]*\*|\.\.\.@|@[\w./-]+[ \t]*$/
const BLOCK = /^(.{0,500}?)\|+(?:md|markdown|latex|tex|[a-z]{2,10})[ \t]*$/
const BLOCK_END = /^[ \t]*\|+[ \t]*$/
const VARIABLE = /^[ \t]*([\w-]+)[ \t]*:[ \t]*"?([^"${}|\n]{1,200}?)"?[ \t]*$/gm

/**
 * D2 without what only its own compiler understands, for where that is not at hand: variables stand filled in, a block of
 * text is its first line, and each line that is left out is told.
 */
export function plainD2(text: string, notes: Notes): string {
  const values = new Map([...text.matchAll(VARIABLE)].map(([, name = '', value = '']) => [name, value]))
  const filled = (line: string): string =>
    line.replace(/\$\{([^{}]{0,200})\}/g, (_, path: string) => {
      const name = path.split('.').at(-1)?.trim() ?? ''
      return values.get(name) ?? name
    })
  const kept: string[] = []
  const lines = text.split(/\r\n?|\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const block = BLOCK.exec(line)
    if (block !== null) {
      const words: string[] = []
      for (at++; at < lines.length && !BLOCK_END.test(lines[at] ?? ''); at++) words.push(lines[at] ?? '')
      const [first = ''] = words.map(markdownText).filter((one) => one !== '')
      kept.push(`${block[1] ?? ''}"${first.replace(/["\\]/g, '')}"`)
    } else if (COMPILED.test(line)) notes.add(`the line ${quoted(line)}: only the command line reads it`)
    else kept.push(filled(line))
  }
  return kept.join('\n')
}
