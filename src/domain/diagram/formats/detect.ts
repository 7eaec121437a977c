import { isPng, latin1, pngTexts } from './bytes.ts'
import type { Format } from './format.ts'
import { looksLikeMermaid } from './mermaid-source.ts'
import { EXCALIDRAW_KEYWORD } from './read-excalidraw.ts'

/** Which tool wrote a file, and whether it stands in a picture. */
export interface Detected {
  readonly format: Format
  readonly inside: 'png' | 'svg' | null
}

const ENDINGS: readonly (readonly [RegExp, Format])[] = [
  [/\.excalidraw(\.json)?$/i, 'excalidraw'],
  [/\.(drawio|dio)(\.xml)?$/i, 'drawio'],
  [/\.(mmd|mermaid)$/i, 'mermaid'],
  [/\.d2$/i, 'd2'],
  [/\.(dot|gv)$/i, 'dot'],
  [/\.canvas$/i, 'canvas'],
]

const HEAD = 65_536

/**
 * By what stands in the file first, then by its name; null where neither says. The notation of Atlas is not one
 * of them.
 */
export function detectFormat(name: string, bytes: Uint8Array): Detected | null {
  if (isPng(bytes)) {
    const keywords = pngTexts(bytes).map(({ keyword }) => keyword)
    if (keywords.includes(EXCALIDRAW_KEYWORD)) return { format: 'excalidraw', inside: 'png' }
    if (keywords.some((one) => one === 'mxfile' || one === 'mxGraphModel'))
      return { format: 'drawio', inside: 'png' }
    return null
  }
  const head = latin1(bytes.subarray(0, HEAD)).replace(/\r\n?/g, '\n')
  const ending = ENDINGS.find(([pattern]) => pattern.test(name))?.[1]
  if (/<svg[\s>]/.test(head)) {
    if (latin1(bytes).includes('payload-start')) return { format: 'excalidraw', inside: 'svg' }
    return /<svg\b[^<>]{0,20000}\scontent=["']/.test(head) ? { format: 'drawio', inside: 'svg' } : null
  }
  if (/^(\u00ef\u00bb\u00bf)?\s*(<\?xml[^>]*>\s*)?<(mxfile|mxGraphModel)[\s>]/.test(head))
    return { format: 'drawio', inside: null }
  if (/^(\u00ef\u00bb\u00bf)?\s*\{/.test(head)) return ofJson(head, ending)
  if (ending !== undefined) return { format: ending, inside: null }
  if (looksLikeMermaid(head)) return { format: 'mermaid', inside: null }
  if (/^[ \t]*(strict[ \t]+(di)?graph|digraph)\b[^\n{]{0,200}\{/im.test(head))
    return { format: 'dot', inside: null }
  return null
}

function ofJson(head: string, ending: Format | undefined): Detected | null {
  if (ending === 'd2' || ending === 'mermaid') return { format: ending, inside: null }
  if (ending !== undefined)
    return { format: ending === 'canvas' || ending === 'excalidraw' ? ending : 'drawio', inside: null }
  if (/"type"\s*:\s*"excalidraw/.test(head)) return { format: 'excalidraw', inside: null }
  if (/"(nodes|edges)"\s*:\s*\[/.test(head)) return { format: 'canvas', inside: null }
  return null
}
