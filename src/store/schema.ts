import type { Database, Sql } from './sql.ts'

/**
 * The tables, as steps from an empty database. Never edited once released: a new shape is a new step at the end.
 * `learner` comes first in every key, so that a distributed PostgreSQL can shard by it.
 *
 * - `logs`: the last position that was given out for each learner. Its row is the lock under which a log grows.
 * - `events`: `body` is the whole event as JSON, exactly as it was validated.
 * - `snapshots` and `drafts` are no history: they are overwritten, and may be thrown away.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create table logs (
       learner text not null primary key,
       position bigint not null)`,
    `create table events (
       learner text not null,
       id text not null,
       position bigint not null,
       body text not null,
       primary key (learner, id),
       unique (learner, position))`,
    `create table snapshots (
       learner text not null,
       version text not null,
       position bigint not null,
       state text not null,
       primary key (learner, version))`,
    `create table drafts (
       learner text not null,
       diagram text not null,
       body text not null,
       primary key (learner, diagram))`,
  ],
]

/** How far the tables of this database are; 0 for one whose tables were only begun. */
export async function schemaVersion(sql: Sql): Promise<number> {
  const [row] = await sql.all<{ version: number }>('select version from atlas_schema')
  return row?.version ?? 0
}

/**
 * Brings the tables up to date within one transaction, whose first statements make two processes that start together
 * take turns (on PostgreSQL the second waits for the row, or fails and is repeated by the caller).
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.all(
      'create table if not exists atlas_schema (key integer primary key, version integer not null)',
    )
    await sql.all(
      `insert into atlas_schema (key, version) values (1, 0)
       on conflict (key) do update set version = atlas_schema.version`,
    )
    const done = await schemaVersion(sql)
    for (const statement of MIGRATIONS.slice(done).flat()) await sql.all(statement)
    await sql.all('update atlas_schema set version = ?', [Math.max(done, MIGRATIONS.length)])
  })
}
