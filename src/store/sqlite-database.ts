import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Database, Sql } from './sql.ts'

/** Statements that are kept prepared; there are far fewer than that which recur. */
const PREPARED = 100

/**
 * Node's own SQLite behind the log's few needs. It has one connection, so statements and transactions take turns: one
 * that came in between would be part of the transaction of another. A transaction takes the write lock at its start
 * (`begin immediate`): one that reads first and then writes would fail where another process wrote in between.
 */
export function sqliteDatabase(database: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>()
  const sql: Sql = {
    async all<Row>(text: string, values: readonly (string | number)[] = []) {
      const statement = statements.get(text) ?? database.prepare(text)
      if (statements.size < PREPARED) statements.set(text, statement)
      return statement.all(...values) as Row[]
    },
  }
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const mine = turn.then(run)
    turn = mine.catch(() => {})
    return mine
  }
  return {
    all: (text, values) => inTurn(() => sql.all(text, values)),
    transaction: (run) =>
      inTurn(async () => {
        database.exec('begin immediate')
        try {
          const value = await run(sql)
          database.exec('commit')
          return value
        } catch (error) {
          // A full disk or a failed write has rolled back by itself already.
          if (database.isTransaction) database.exec('rollback')
          throw error
        }
      }),
    close: () =>
      inTurn(async () => {
        if (database.isOpen) database.close()
      }),
  }
}
