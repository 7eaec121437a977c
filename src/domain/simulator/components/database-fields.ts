import { type Fields, MOST_SECONDS } from '../fields.ts'
import type { Distribution, Placed } from '../model.ts'

declare module '../model.ts' {
  interface Components {
    database: Database
  }
}

/** A primary that takes writes, read replicas that follow with a lag, a connection pool, locks, partitions. */
export interface Database extends Placed {
  readonly kind: 'database'
  /** Queries that one node executes at once. */
  readonly workers: number
  /** Connections to each node: calls executing and waiting inside it. Others wait for a connection outside. */
  readonly pool: number
  /** Calls that may wait for a connection to one node; null: no bound. */
  readonly queue: number | null
  readonly time: Distribution
  /** Default: as `time`. */
  readonly writeTime?: Distribution
  /** Read replicas of each partition, 0 to 100. Reads go to them in turn where there are any. Default 0. */
  readonly replicas?: number
  /** How far replicas are behind; a read within this time of a write of the same key counts as stale. Default 0. */
  readonly lagSeconds?: number
  /** A partition's primary that is down is replaced by a replica of it after these seconds. Default: never. */
  readonly failoverSeconds?: number
  /** Partitions by hash of the key, 1 to 1,000: each has its own primary and replicas. Default 1. */
  readonly partitions?: number
  /** True: writes of the same key wait for each other. Default false. */
  readonly locks?: boolean
}

export function checkDatabase(fields: Fields): void {
  fields.whole('workers', 1, 100_000)
  fields.whole('pool', 1, 1_000_000)
  fields.bound('queue')
  fields.distribution('time')
  if (fields.has('writeTime')) fields.distribution('writeTime')
  if (fields.has('replicas')) fields.whole('replicas', 0, 100)
  if (fields.has('failoverSeconds')) fields.number('failoverSeconds', 0, MOST_SECONDS)
  if (fields.has('lagSeconds')) fields.number('lagSeconds', 0, MOST_SECONDS)
  if (fields.has('partitions')) fields.whole('partitions', 1, 1000)
  fields.flag('locks')
}
