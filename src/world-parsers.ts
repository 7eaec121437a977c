import { createRequire } from 'node:module'
import { inflateRawSync, inflateSync } from 'node:zlib'
import type { D2Diagram, MermaidDiagram, Parsers } from '#domain/diagram/index.ts'

/** The parsers of other tools, each loaded when the first file of its tool is read. */
export const parsers: Parsers = {
  decode: (bytes) => new TextDecoder().decode(bytes),
  async inflate(bytes, kind, limit) {
    try {
      return (kind === 'zlib' ? inflateSync : inflateRawSync)(bytes, { maxOutputLength: limit })
    } catch {
      return null
    }
  },
  mermaid: async (text) => (await mermaid())(text),
  d2: compileD2,
}

let loaded: Promise<(text: string) => Promise<MermaidDiagram>> | null = null

function mermaid(): Promise<(text: string) => Promise<MermaidDiagram>> {
  loaded ??= loadMermaid()
  return loaded
}

/**
 * Mermaid cleans labels by a browser's DOM, so it is given one while it reads; no script of any label is run in
 * it.
 */
async function loadMermaid(): Promise<(text: string) => Promise<MermaidDiagram>> {
  const { JSDOM }: { JSDOM: new (html: string) => { window: { document: unknown } } } = createRequire(
    import.meta.url,
  )('jsdom')
  const { window } = new JSDOM('')
  const withDom = async <T>(run: () => Promise<T>): Promise<T> => {
    const globals = globalThis as { window?: unknown; document?: unknown }
    const before = { window: globals.window, document: globals.document }
    Object.assign(globals, { window, document: window.document })
    try {
      return await run()
    } finally {
      // Other libraries take a `window` for a browser.
      if (before.window === undefined) delete globals.window
      if (before.document === undefined) delete globals.document
    }
  }
  const tool = await withDom(async () => {
    const { default: mermaid } = await import('mermaid')
    mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', logLevel: 'fatal' })
    // The kinds of diagrams are registered by the first call of `parse`.
    await mermaid.parse('flowchart TB')
    return mermaid
  })
  return (text) =>
    withDom(async () => {
      const { type, db } = await tool.mermaidAPI.getDiagramFromText(text)
      return { type, db }
    })
}

/** Far above what 600 elements take. */
const D2_MS_MAX = 30_000

/**
 * D2's compiler runs in a worker, which would keep the process alive. It lays out as well; dagre is the faster
 * of its engines.
 */
async function compileD2(text: string): Promise<D2Diagram> {
  const { D2 } = await import('@terrastruct/d2')
  const compiler = new D2()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('D2 took too long')), D2_MS_MAX)
  })
  try {
    const request = { fs: { index: text }, options: { layout: 'dagre' as const } }
    const { diagram } = await Promise.race([compiler.compile(request), late])
    return diagram as unknown as D2Diagram
  } finally {
    clearTimeout(timer)
    await (compiler as unknown as { worker?: { terminate(): Promise<number> } }).worker?.terminate()
  }
}
