import pg from 'pg'
import type { EventStore, StoreProblem } from '#app/ports.ts'
import type { Result } from '#lib/result.ts'
import { openEventStore } from './event-store.ts'
import type { Database, Sql } from './sql.ts'

/**
 * The log of a team in PostgreSQL 15 or newer: the same tables and statements as in SQLite. No LISTEN/NOTIFY, no advisory
 * locks; a transaction that lost against another one is run again, as distributed PostgreSQL asks for.
 */
export function openPostgres(connectionString: string): Promise<Result<EventStore, StoreProblem>> {
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 5_000, max: 8 })
  // An idle connection that the server drops is replaced at the next query; without a listener it ends the process.
  pool.on('error', () => {})
  return openEventStore({
    database: postgresDatabase(pool),
    prepare: () => {},
    problemOf,
    isPassing: (error) => PASSING.has(codeOf(error)),
    isEmpty: (error) => codeOf(error) === '42P01',
  })
}

function postgresDatabase(pool: pg.Pool): Database {
  const on = (client: pg.Pool | pg.PoolClient): Sql => ({
    async all<Row>(text: string, values: readonly (string | number)[] = []) {
      return (await client.query(numbered(text), [...values])).rows as Row[]
    },
  })
  return {
    ...on(pool),
    async transaction(run) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const value = await run(on(client))
        await client.query('commit')
        client.release()
        return value
      } catch (error) {
        const ended = await client.query('rollback').then(
          () => false,
          () => true,
        )
        client.release(ended)
        throw error
      }
    },
    close: async () => {
      if (!pool.ended) await pool.end()
    },
  }
}

/** PostgreSQL numbers the places of values: `$1` for the first `?`. */
function numbered(text: string): string {
  let count = 0
  return text.replaceAll('?', () => `$${++count}`)
}

/** Serialization failure, deadlock; and two processes that make the same tables or the same row at once. */
const PASSING = new Set(['40001', '40P01', '23505', '42P07', '42710'])
const UNREACHABLE = /^(08...|57P0.|53300|28...|3D000|ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE)$/

const codeOf = (error: unknown): string =>
  error instanceof Error ? String((error as { code?: unknown }).code ?? '') : ''

function problemOf(error: unknown): StoreProblem | null {
  const code = codeOf(error)
  if (code === '53100')
    return {
      code: 'full',
      message: 'The disk of the database is full.',
      mend: 'Free some space there, then try again. What was recorded before is safe.',
    }
  if (code === '25006')
    return {
      code: 'read-only',
      message: 'The database takes no writes.',
      mend: 'Connect to its primary server.',
    }
  if (PASSING.has(code))
    return {
      code: 'locked',
      message: 'The database is too busy with the same history.',
      mend: 'Try again in a moment. Nothing was lost.',
    }
  if (error instanceof SyntaxError || code === 'XX001' || code === 'XX002')
    return {
      code: 'damaged',
      message: 'The database is damaged.',
      mend: 'Restore it from its backup, then import the learners’ exports.',
    }
  const lost = error instanceof Error && /timeout|terminated/i.test(error.message)
  if (!lost && !UNREACHABLE.test(code)) return null
  return {
    code: 'unreachable',
    message: 'The database does not answer.',
    mend: 'Check that it runs, and its address, user and password. Then try again.',
  }
}
