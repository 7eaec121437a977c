import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { EventStore, StoreProblem } from '#app/ports.ts'
import { err, type Result } from '#lib/result.ts'
import { openEventStore, PATIENCE_MS } from './event-store.ts'
import { sqliteDatabase } from './sqlite-database.ts'

/**
 * How long SQLite itself waits for another writer, in ms. Short, because its wait stops the whole process: another
 * opening in the same process could never finish its write meanwhile. The longer wait is `attempt`'s.
 */
const BUSY_MS = 20

/**
 * The learner's log in one SQLite file in a folder of theirs, which is made where it is missing. Write-ahead log with
 * `synchronous=FULL`: many processes may open it, and what was acknowledged survives a power cut.
 */
export async function openSqlite(folder: string): Promise<Result<EventStore, StoreProblem>> {
  const file = join(folder, 'atlas.db')
  const problemOf = (error: unknown) => problemIn(folder, file, error)
  let database: DatabaseSync
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    database = new DatabaseSync(file, { timeout: BUSY_MS })
  } catch (error) {
    const problem = problemOf(error)
    if (problem === null) throw error
    return err(problem)
  }
  return openEventStore({
    database: sqliteDatabase(database),
    prepare() {
      for (const pragma of ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on'])
        database.exec(`pragma ${pragma}`)
    },
    problemOf,
    isPassing: (error) => problemOf(error)?.code === 'locked',
    isEmpty: (error) => error instanceof Error && error.message.includes('no such table'),
  })
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that a person can do something about. */
const CODES: Readonly<Record<number, StoreProblem['code']>> = {
  5: 'locked',
  6: 'locked',
  8: 'read-only',
  10: 'full', // a failed read or write: the disk is full or failing
  11: 'damaged',
  13: 'full',
  14: 'read-only', // cannot open
  26: 'damaged',
}
const SYSTEM: Readonly<Record<string, StoreProblem['code']>> = {
  EACCES: 'read-only',
  EPERM: 'read-only',
  EROFS: 'read-only',
  ENOTDIR: 'read-only',
  EEXIST: 'read-only',
  ENOENT: 'read-only', // a link to nowhere, or a drive that is gone
  ELOOP: 'read-only',
  ENAMETOOLONG: 'read-only',
  EINVAL: 'read-only',
  ENOSPC: 'full',
  EDQUOT: 'full',
}

function problemIn(folder: string, file: string, error: unknown): StoreProblem | null {
  if (error instanceof SyntaxError) return described('damaged', folder, file)
  if (!(error instanceof Error)) return null
  const { errcode, code } = error as { errcode?: number; code?: string }
  const found = errcode === undefined ? SYSTEM[code ?? ''] : CODES[errcode & 0xff]
  return found === undefined ? null : described(found, folder, file)
}

function described(code: StoreProblem['code'], folder: string, file: string): StoreProblem {
  switch (code) {
    case 'locked':
      return {
        code,
        message: `Another process has been writing to ${file} for more than ${PATIENCE_MS / 1000} seconds.`,
        mend: 'Wait for it or end it, then try again. Nothing was lost.',
      }
    case 'read-only':
      return {
        code,
        message: `Atlas cannot write to ${folder}.`,
        mend: 'Give yourself the right to write there, or choose another folder with --data DIR or ATLAS_HOME.',
      }
    case 'full':
      return {
        code,
        message: `${file} could not be written or read: the disk is full or failing.`,
        mend: 'Free some space, then try again. What was recorded before is safe.',
      }
    default:
      return {
        code: 'damaged',
        message: `${file} is damaged or is not a file of Atlas.`,
        mend: 'Keep a copy, move the file away, then bring in your last export: atlas log import FILE.',
      }
  }
}
