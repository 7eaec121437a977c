import type { Parsers } from '#domain/diagram/index.ts'

/** The parsers of other tools in a browser. Mermaid comes when the first file of it does; D2's compiler (22 MB) never does. */
export const parsers: Parsers = {
  decode: (bytes) => new TextDecoder().decode(bytes),
  inflate,
  async mermaid(text) {
    const { default: mermaid } = await import('mermaid')
    mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', logLevel: 'fatal' })
    // The kinds of diagrams are registered by the first call of `parse`.
    await mermaid.parse('flowchart TB')
    const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(text)
    return { type, db }
  },
  d2: null,
}

/** Reads piece by piece, so that a bomb is stopped at the limit and never held as a whole. */
async function inflate(bytes: Uint8Array, kind: 'zlib' | 'raw', limit: number): Promise<Uint8Array | null> {
  try {
    const format = kind === 'zlib' ? 'deflate' : 'deflate-raw'
    const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream(format))
    const reader = stream.getReader()
    const parts: Uint8Array[] = []
    let length = 0
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length
      if (length > limit) {
        await reader.cancel()
        return null
      }
      parts.push(part.value)
    }
    const whole = new Uint8Array(length)
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  } catch {
    return null
  }
}
