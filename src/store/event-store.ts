import type { Kysely } from 'kysely'
import type { EventStore, StoreProblem } from '#app/ports.ts'
import { type LearnerEvent, learnerEvent } from '#domain/progress/index.ts'
import { invariant } from '#lib/invariant.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { MIGRATIONS, migrate, schemaVersion, type Tables } from './tables.ts'

/** What differs between the databases under the one implementation. */
export interface Backend {
  readonly db: Kysely<Tables>
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
/** Rows a statement: far below what a statement may hold in parameters. */
const CHUNK = 500

/** Opens the log on a database, bringing its tables up to date. */
export async function openEventStore(backend: Backend): Promise<Result<EventStore, StoreProblem>> {
  const ready = await attempt(backend, async () => {
    backend.prepare()
    const version = await versionOf(backend)
    if (version < MIGRATIONS.length) await migrate(backend.db)
    return version
  })
  if (ready.ok && ready.value <= MIGRATIONS.length) return ok(eventStore(backend))
  await backend.db.destroy()
  if (!ready.ok) return ready
  const versions = `its tables are version ${ready.value}, this Atlas knows ${MIGRATIONS.length}`
  const message = `This data was written by a later version of Atlas: ${versions}.`
  return err({ code: 'newer', message, mend: 'Update Atlas, then start it again. Nothing was changed.' })
}

async function versionOf(backend: Backend): Promise<number> {
  try {
    return await schemaVersion(backend.db)
  } catch (error) {
    if (backend.isEmpty(error)) return 0
    throw error
  }
}

function eventStore(backend: Backend): EventStore {
  const { db } = backend
  return {
    async append(events) {
      if (events.length === 0) return ok({ added: 0 })
      const valid = events.map(validated)
      return attempt(backend, () => append(db, valid))
    },
    read: (learner, after = 0) => attempt(backend, () => read(db, learner, after)),
    find: (learner, id) =>
      attempt(backend, async () => {
        const row = await db
          .selectFrom('events')
          .select('body')
          .where('learner', '=', learner)
          .where('id', '=', id)
          .executeTakeFirst()
        return row ? (JSON.parse(row.body) as LearnerEvent) : null
      }),
    ...snapshots(backend),
    ...drafts(backend),
    close: () => db.destroy(),
  }
}

/** Validated on the way in, with its fields in the schema's order: the same event is the same text everywhere. */
function validated(event: LearnerEvent): LearnerEvent {
  const parsed = learnerEvent.safeParse(event)
  invariant(parsed.success, `event ${event.id} is not valid`)
  return parsed.data
}

/**
 * One transaction. The row of `logs` is locked first, so the log of a learner grows in the order of its positions: a
 * reader that saw position n has seen everything up to n. Learners are taken in one order, so two appends never wait for
 * each other.
 */
async function append(db: Kysely<Tables>, events: readonly LearnerEvent[]): Promise<{ added: number }> {
  const learners = [...new Set(events.map(({ learner }) => learner))].sort()
  return db.transaction().execute(async (trx) => {
    let added = 0
    for (const learner of learners) {
      const { position } = await trx
        .insertInto('logs')
        .values({ learner, position: 0 })
        .onConflict((conflict) =>
          conflict.column('learner').doUpdateSet((eb) => ({ position: eb.ref('logs.position') })),
        )
        .returning('position')
        .executeTakeFirstOrThrow()
      const fresh = await unknownOf(trx, learner, events)
      const rows = fresh.map((event, i) => ({
        learner,
        id: event.id,
        position: Number(position) + i + 1,
        body: JSON.stringify(event),
      }))
      for (let i = 0; i < rows.length; i += CHUNK)
        await trx
          .insertInto('events')
          .values(rows.slice(i, i + CHUNK))
          .execute()
      const grown = Number(position) + rows.length
      await trx.updateTable('logs').set({ position: grown }).where('learner', '=', learner).execute()
      added += rows.length
    }
    return { added }
  })
}

/** The learner's events that the log does not have yet, each once. */
async function unknownOf(trx: Kysely<Tables>, learner: string, events: readonly LearnerEvent[]) {
  const mine = new Map(events.filter((event) => event.learner === learner).map((event) => [event.id, event]))
  const ids = [...mine.keys()]
  for (let i = 0; i < ids.length; i += CHUNK) {
    const known = await trx
      .selectFrom('events')
      .select('id')
      .where('learner', '=', learner)
      .where('id', 'in', ids.slice(i, i + CHUNK))
      .execute()
    for (const { id } of known) mine.delete(id)
  }
  return [...mine.values()]
}

async function read(db: Kysely<Tables>, learner: string, after: number) {
  const rows = await db
    .selectFrom('events')
    .select(['position', 'body'])
    .where('learner', '=', learner)
    .where('position', '>', after)
    .orderBy('id')
    .execute()
  let position = after
  const events = rows.map((row) => {
    position = Math.max(position, Number(row.position))
    return JSON.parse(row.body) as LearnerEvent
  })
  return { events, position }
}

/** A snapshot is only ever a saving of time: what goes wrong with one is as if there were none. */
function snapshots(backend: Backend): Pick<EventStore, 'snapshot' | 'saveSnapshot'> {
  const { db } = backend
  return {
    async snapshot(learner, version) {
      const found = await attempt(backend, () =>
        db
          .selectFrom('snapshots')
          .select(['position', 'state'])
          .where('learner', '=', learner)
          .where('version', '=', version)
          .executeTakeFirst(),
      )
      if (!found.ok || found.value === undefined) return null
      return { position: Number(found.value.position), state: found.value.state }
    },
    async saveSnapshot(learner, version, position, state) {
      await attempt(backend, () =>
        db
          .insertInto('snapshots')
          .values({ learner, version, position, state })
          .onConflict((conflict) => conflict.columns(['learner', 'version']).doUpdateSet({ position, state }))
          .execute(),
      )
    },
  }
}

function drafts(backend: Backend): Pick<EventStore, 'draft' | 'drafts' | 'saveDraft'> {
  const { db } = backend
  return {
    draft: (learner, diagram) =>
      attempt(backend, async () => {
        const row = await db
          .selectFrom('drafts')
          .select('body')
          .where('learner', '=', learner)
          .where('diagram', '=', diagram)
          .executeTakeFirst()
        return row?.body ?? null
      }),
    drafts: (learner) =>
      attempt(backend, () =>
        db
          .selectFrom('drafts')
          .select(['diagram', 'body'])
          .where('learner', '=', learner)
          .orderBy('diagram')
          .execute(),
      ),
    saveDraft: (learner, diagram, body) =>
      attempt(backend, async () => {
        if (body === null)
          await db
            .deleteFrom('drafts')
            .where('learner', '=', learner)
            .where('diagram', '=', diagram)
            .execute()
        else
          await db
            .insertInto('drafts')
            .values({ learner, diagram, body })
            .onConflict((conflict) => conflict.columns(['learner', 'diagram']).doUpdateSet({ body }))
            .execute()
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
      const problem = backend.problemOf(error)
      if (problem === null) throw error
      return err(problem)
    }
  }
}
