import { isDeepStrictEqual } from 'node:util'
import type { EventStore, StoreProblem } from '#app/ports.ts'
import { type LearnerEvent, learnerEvent } from '#domain/progress/index.ts'
import { invariant } from '#lib/invariant.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { MIGRATIONS, migrate, schemaVersion } from './schema.ts'
import type { Database, Sql } from './sql.ts'

/** What differs between the databases under the one implementation. */
export interface Backend {
  readonly database: Database
  /** Run once before anything else, and again while it fails in passing. */
  prepare(): void
  /** What a failure means to a person; null for a programmer's error, which is thrown on. */
  problemOf(error: unknown): StoreProblem | null
  /** True where the same transaction may succeed when it is run once more. */
  isPassing(error: unknown): boolean
  /** True where the tables of Atlas are not there yet. */
  isEmpty(error: unknown): boolean
}

/** How long a write waits for other writers before it says so, in ms. */
export const PATIENCE_MS = 10_000
/** Rows a statement: far below what a statement may hold in values. */
const CHUNK = 500

/** Opens the log on a database, bringing its tables up to date. */
export async function openEventStore(backend: Backend): Promise<Result<EventStore, StoreProblem>> {
  const ready = await attempt(backend, async () => {
    backend.prepare()
    const version = await versionOf(backend)
    if (version < MIGRATIONS.length) await migrate(backend.database)
    return version
  })
  if (ready.ok && ready.value <= MIGRATIONS.length) return ok(eventStore(backend))
  await backend.database.close()
  if (!ready.ok) return ready
  const versions = `its tables are version ${ready.value}, this Atlas knows ${MIGRATIONS.length}`
  const message = `This data was written by a later version of Atlas: ${versions}.`
  return err({ code: 'newer', message, mend: 'Update Atlas, then start it again. Nothing was changed.' })
}

async function versionOf(backend: Backend): Promise<number> {
  try {
    return await schemaVersion(backend.database)
  } catch (error) {
    if (backend.isEmpty(error)) return 0
    throw error
  }
}

function eventStore(backend: Backend): EventStore {
  const { database } = backend
  return {
    async append(events) {
      if (events.length === 0) return ok({ added: 0 })
      const valid = events.map(validated)
      return attempt(backend, () => database.transaction((sql) => append(sql, valid)))
    },
    read: (learner, after = 0) => attempt(backend, () => read(database, learner, after)),
    find: (learner, id) =>
      attempt(backend, async () => {
        const text = 'select body from events where learner = ? and id = ?'
        const [row] = await database.all<{ body: string }>(text, [learner, id])
        return row ? (JSON.parse(row.body) as LearnerEvent) : null
      }),
    ...snapshots(backend),
    ...drafts(backend),
    close: () => database.close(),
  }
}

/** Validated on the way in, with its fields in the schema's order: the same event is the same text everywhere. */
function validated(event: LearnerEvent): LearnerEvent {
  const parsed = learnerEvent.safeParse(event)
  invariant(parsed.success, `event ${event.id} is not valid`)
  return parsed.data
}

/**
 * The row of `logs` is locked first, so the log of a learner grows in the order of its positions: a reader that saw
 * position n has seen everything up to n. Learners are taken in one order, so two appends never wait for each other.
 */
async function append(sql: Sql, events: readonly LearnerEvent[]): Promise<{ added: number }> {
  const learners = [...new Set(events.map(({ learner }) => learner))].sort()
  let added = 0
  for (const learner of learners) {
    const [log] = await sql.all<{ position: number | string }>(
      `insert into logs (learner, position) values (?, 0)
       on conflict (learner) do update set position = logs.position
       returning position`,
      [learner],
    )
    // PostgreSQL gives a bigint as text.
    const last = Number(log?.position)
    const fresh = await unknownOf(sql, learner, events)
    for (let i = 0; i < fresh.length; i += CHUNK) {
      const chunk = fresh.slice(i, i + CHUNK)
      const rows = chunk.map((event, k) => [learner, event.id, last + i + k + 1, JSON.stringify(event)])
      const places = rows.map(() => '(?, ?, ?, ?)').join(', ')
      await sql.all(`insert into events (learner, id, position, body) values ${places}`, rows.flat())
    }
    await sql.all('update logs set position = ? where learner = ?', [last + fresh.length, learner])
    added += fresh.length
  }
  return { added }
}

/** An id that stands for two different events: the transaction is given up. */
class Clash extends Error {
  readonly event: string

  constructor(event: string) {
    super(`two events have the id ${event}`)
    this.event = event
  }
}

const clashOf = (error: unknown): StoreProblem | null =>
  error instanceof Clash
    ? {
        code: 'clash',
        message: `Event ${error.event} is there already, with other content. Nothing was recorded.`,
        mend: 'Events never change: keep what is there, or give the other one an id of its own.',
        event: error.event,
      }
    : null

/** The order of fields is nothing: other programs write JSON in another one. */
function isSame(event: LearnerEvent, body: string): boolean {
  const own = JSON.stringify(event)
  return own === body || isDeepStrictEqual(JSON.parse(own), JSON.parse(body))
}

/** The learner's events that the log does not have yet, each once. Throws a `Clash`. */
async function unknownOf(sql: Sql, learner: string, events: readonly LearnerEvent[]) {
  const mine = new Map<string, LearnerEvent>()
  for (const event of events) {
    if (event.learner !== learner) continue
    const twin = mine.get(event.id)
    if (twin && !isSame(twin, JSON.stringify(event))) throw new Clash(event.id)
    mine.set(event.id, event)
  }
  const ids = [...mine.keys()]
  for (let i = 0; i < ids.length; i += CHUNK) {
    const some = ids.slice(i, i + CHUNK)
    const text = `select id, body from events where learner = ? and id in (${some.map(() => '?').join(', ')})`
    for (const { id, body } of await sql.all<{ id: string; body: string }>(text, [learner, ...some])) {
      const event = mine.get(id)
      if (event && !isSame(event, body)) throw new Clash(id)
      mine.delete(id)
    }
  }
  return [...mine.values()]
}

async function read(sql: Sql, learner: string, after: number) {
  const rows = await sql.all<{ position: number | string; body: string }>(
    'select position, body from events where learner = ? and position > ? order by id',
    [learner, after],
  )
  let position = after
  const events = rows.map((row) => {
    position = Math.max(position, Number(row.position))
    return JSON.parse(row.body) as LearnerEvent
  })
  return { events, position }
}

/** A snapshot is only ever a saving of time: what goes wrong with one is as if there were none. */
function snapshots(backend: Backend): Pick<EventStore, 'snapshot' | 'saveSnapshot'> {
  const { database } = backend
  return {
    async snapshot(learner, version) {
      const text = 'select position, state from snapshots where learner = ? and version = ?'
      const found = await attempt(backend, () =>
        database.all<{ position: number | string; state: string }>(text, [learner, version]),
      )
      const row = found.ok ? found.value[0] : undefined
      return row === undefined ? null : { position: Number(row.position), state: row.state }
    },
    async saveSnapshot(learner, version, position, state) {
      const text = `insert into snapshots (learner, version, position, state) values (?, ?, ?, ?)
        on conflict (learner, version) do update set position = excluded.position, state = excluded.state`
      await attempt(backend, () => database.all(text, [learner, version, position, state]))
    },
  }
}

function drafts(backend: Backend): Pick<EventStore, 'draft' | 'drafts' | 'saveDraft'> {
  const { database } = backend
  return {
    draft: (learner, diagram) =>
      attempt(backend, async () => {
        const text = 'select body from drafts where learner = ? and diagram = ?'
        const [row] = await database.all<{ body: string }>(text, [learner, diagram])
        return row?.body ?? null
      }),
    drafts: (learner) =>
      attempt(backend, async () => {
        const text = 'select diagram, body from drafts where learner = ? order by diagram'
        const rows = await database.all<{ diagram: string; body: string }>(text, [learner])
        return rows.map(({ diagram, body }) => ({ diagram, body }))
      }),
    saveDraft: (learner, diagram, body) =>
      attempt(backend, async () => {
        const save = `insert into drafts (learner, diagram, body) values (?, ?, ?)
          on conflict (learner, diagram) do update set body = excluded.body`
        if (body !== null) await database.all(save, [learner, diagram, body])
        else await database.all('delete from drafts where learner = ? and diagram = ?', [learner, diagram])
      }),
  }
}

/** Runs it, repeats what may pass, and makes a value of every failure that a person can mend. */
async function attempt<T>(backend: Backend, run: () => Promise<T>): Promise<Result<T, StoreProblem>> {
  const patience = performance.now() + PATIENCE_MS
  for (let pause = 2; ; pause = Math.min(64, pause * 1.6)) {
    try {
      return ok(await run())
    } catch (error) {
      if (backend.isPassing(error) && performance.now() < patience) {
        // A random pause, so that those who collided do not collide again.
        await new Promise((done) => setTimeout(done, Math.random() * pause))
        continue
      }
      const problem = clashOf(error) ?? backend.problemOf(error)
      if (problem === null) throw error
      return err(problem)
    }
  }
}
