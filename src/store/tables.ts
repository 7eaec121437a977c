import { type Kysely, sql } from 'kysely'

/** `learner` comes first in every key, so that a distributed PostgreSQL can shard by it. */
export interface Tables {
  /** The last position that was given out, for each learner. Its row is the lock under which a learner's log grows. */
  logs: { learner: string; position: number }
  /** `body` is the whole event as JSON, exactly as it was validated. */
  events: { learner: string; id: string; position: number; body: string }
  snapshots: { learner: string; version: string; position: number; state: string }
  drafts: { learner: string; diagram: string; body: string }
}

/** Never edited once released: a new shape of the tables is a new entry at the end. */
export const MIGRATIONS: readonly { up(db: Kysely<Tables>): Promise<void> }[] = [
  {
    async up(db) {
      await db.schema
        .createTable('logs')
        .addColumn('learner', 'text', (col) => col.notNull().primaryKey())
        .addColumn('position', 'bigint', (col) => col.notNull())
        .execute()
      await db.schema
        .createTable('events')
        .addColumn('learner', 'text', (col) => col.notNull())
        .addColumn('id', 'text', (col) => col.notNull())
        .addColumn('position', 'bigint', (col) => col.notNull())
        .addColumn('body', 'text', (col) => col.notNull())
        .addPrimaryKeyConstraint('events_key', ['learner', 'id'])
        .addUniqueConstraint('events_position', ['learner', 'position'])
        .execute()
      await db.schema
        .createTable('snapshots')
        .addColumn('learner', 'text', (col) => col.notNull())
        .addColumn('version', 'text', (col) => col.notNull())
        .addColumn('position', 'bigint', (col) => col.notNull())
        .addColumn('state', 'text', (col) => col.notNull())
        .addPrimaryKeyConstraint('snapshots_key', ['learner', 'version'])
        .execute()
      await db.schema
        .createTable('drafts')
        .addColumn('learner', 'text', (col) => col.notNull())
        .addColumn('diagram', 'text', (col) => col.notNull())
        .addColumn('body', 'text', (col) => col.notNull())
        .addPrimaryKeyConstraint('drafts_key', ['learner', 'diagram'])
        .execute()
    },
  },
]

interface Versioned {
  atlas_schema: { version: number }
}

/** How far the tables of this database are; 0 for an empty one. */
export async function schemaVersion(db: Kysely<Tables>): Promise<number> {
  const versioned = db as unknown as Kysely<Versioned>
  const row = await versioned.selectFrom('atlas_schema').select('version').executeTakeFirst()
  return Number(row?.version ?? 0)
}

/**
 * Brings the tables up to date within one transaction, whose first statement makes two processes that start together
 * take turns (on PostgreSQL the second waits for the row, or fails and is repeated by the caller).
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const versioned = trx as unknown as Kysely<Versioned>
    await sql`create table if not exists atlas_schema (key integer primary key, version integer not null)`.execute(
      trx,
    )
    await sql`insert into atlas_schema (key, version) values (1, 0)
              on conflict (key) do update set version = atlas_schema.version`.execute(trx)
    const done = await schemaVersion(trx)
    for (const migration of MIGRATIONS.slice(done)) await migration.up(trx)
    await versioned
      .updateTable('atlas_schema')
      .set({ version: Math.max(done, MIGRATIONS.length) })
      .execute()
  })
}
