import { withoutSpans } from './plain-text.ts'

/** Where the Mermaid of a text stands: the text itself, or the first fenced block of a Markdown file. */

const FENCE = /^[ \t]*(`{3,}|~{3,})[ \t]*(\S*)/
const RULE = /^---[ \t]*$/

export interface MermaidSource {
  /** Without front matter, directives and comments; empty lines stay. */
  readonly source: string
  /** How many fenced blocks follow the first. */
  readonly others: number
}

export function mermaidSource(text: string): MermaidSource {
  const unix = text.replace(/\r\n?/g, '\n').replace(/^\ufeff/, '')
  const blocks = fenced(unix)
  const lines = withoutSpans(blocks[0] ?? unix, '%%{', '}%%')
    .split('\n')
    .filter((line) => !/^[ \t]*%%/.test(line))
  const first = lines.findIndex((line) => line.trim() !== '')
  const end = RULE.test(lines[first] ?? '') ? lines.findIndex((line, i) => i > first && RULE.test(line)) : -1
  return { source: lines.slice(end + 1).join('\n'), others: Math.max(0, blocks.length - 1) }
}

/** The fenced blocks that say they are Mermaid; one that is never closed runs to the end. */
function fenced(text: string): string[] {
  const blocks: string[][] = []
  let open: { readonly fence: string; readonly block: string[] | null } | null = null
  for (const line of text.split('\n')) {
    const [, fence, language] = FENCE.exec(line) ?? []
    if (open !== null) {
      if (fence?.startsWith(open.fence) && language === '') open = null
      else open.block?.push(line)
    } else if (fence !== undefined) {
      const block: string[] | null = language?.toLowerCase() === 'mermaid' ? [] : null
      if (block) blocks.push(block)
      open = { fence, block }
    }
  }
  return blocks.map((block) => block.join('\n'))
}

const FIRST_LINE =
  /^(?:flowchart\b|graph[ \t]+(?:TB|TD|BT|RL|LR)\b|sequenceDiagram[ \t]*$|stateDiagram(?:-v2)?[ \t]*$)/

/** Whether a text begins as Mermaid does (and a drawing in our notation does not), or holds a fenced block of it. */
export function looksLikeMermaid(text: string): boolean {
  if (/^[ \t]*(?:`{3,}|~{3,})[ \t]*mermaid\b/im.test(text)) return true
  const lines = mermaidSource(text).source.split('\n')
  const first = lines.findIndex((line) => line.trim() !== '')
  const [line = '', next = ''] = lines.slice(first).map((one) => one.trim())
  return FIRST_LINE.test(line) || (line === 'timeline' && /^(title|section)\b|\s:\s/.test(next))
}
