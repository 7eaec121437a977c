import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Catalogue, World } from '#app/ports.ts'
import { storage } from '#app/problem.ts'
import type { Problem } from '#app/views.ts'
import { uuidv7 } from '#lib/ids.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { CACHE_FOLDER, CONTENT_FOLDER } from './folders.ts'

/** Where everything is put together: the real clock, the real disk, the real catalogue. */

export async function openCatalogue(): Promise<Result<Catalogue, Problem>> {
  const { loadCatalogue, printFindings } = await import('#catalog/load.ts')
  const cacheFile = join(CACHE_FOLDER, 'catalogue.json')
  const loaded = loadCatalogue({ contentFolder: CONTENT_FOLDER, cacheFile })
  if (loaded.ok) return loaded
  return err({
    code: 'fault',
    message: `The content of Atlas cannot be read:\n${printFindings(loaded.error.slice(0, 5))}`,
    mend: 'Run "atlas catalog check" for all of it.',
  })
}

export async function openWorld(folder: string): Promise<Result<World, Problem>> {
  const { openSqlite } = await import('#store/index.ts')
  const store = await openSqlite(folder)
  if (!store.ok) return storage(store.error)
  const catalogue = await openCatalogue()
  if (!catalogue.ok) {
    await store.value.close()
    return catalogue
  }
  return ok({
    catalogue: catalogue.value,
    store: store.value,
    clock: { now: () => Date.now() },
    ids: { next: () => uuidv7(Date.now(), randomBytes(10)) },
    learner: 'me',
    // A TZ that names no zone leaves none.
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
    runElk,
    fitParameters: async (...fit) => (await import('./world-fit.ts')).fitParameters(...fit),
  })
}

interface Engine {
  layout(graph: unknown): Promise<unknown>
}
let engine: Engine | null = null

/** ELK takes some 200 ms to load, and is needed only where a drawing was not baked. */
export async function runElk(graph: unknown): Promise<unknown> {
  if (engine === null) {
    const Elk: new () => Engine = createRequire(import.meta.url)('elkjs/lib/elk.bundled.js')
    engine = new Elk()
  }
  return engine.layout(graph)
}
