/** What the log needs of a database: statements with `?` for values, and transactions. The SQL is common to both. */
export interface Sql {
  /** Runs one statement and gives its rows, if it has any. */
  all<Row>(text: string, values?: readonly (string | number)[]): Promise<Row[]>
}

export interface Database extends Sql {
  /** All of it or nothing, durable when it returns. `sql` is only good within. */
  transaction<T>(run: (sql: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}
