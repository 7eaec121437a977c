import { type Fields, MOST_SECONDS } from '../fields.ts'
import type { Distribution, Placed } from '../model.ts'
import { type BalancePolicy, POLICIES } from './pick.ts'

declare module '../model.ts' {
  interface Components {
    service: Service
  }
}

/** Replicas with workers and a queue. Runs its steps after its own service time. */
export interface Service extends Placed {
  readonly kind: 'service'
  /** 1 to 10,000. */
  readonly replicas: number
  /** Calls that one replica works on at once, 1 to 100,000. */
  readonly workers: number
  /** Calls that may wait before one replica (with `shared`: before all); null: no bound. A call too many is rejected. */
  readonly queue: number | null
  /** Service time of a call; a call may bring its own. */
  readonly time: Distribution
  /** How calls spread over replicas when no balancer stands before it. Default `shared`. */
  readonly balance?: BalancePolicy
  /** Which waiting call is next. Default `fifo`. */
  readonly discipline?: 'fifo' | 'lifo'
  /** True: a worker is held while the call's steps run (a thread a request). False (default): it is free meanwhile. */
  readonly holds?: boolean
  /** A new replica starts at a tenth of its speed and rises linearly to full speed over these seconds. Default 0. */
  readonly slowStartSeconds?: number
  /** How long a waiting caller endures; then it leaves the queue (Erlang A). */
  readonly patience?: Distribution
  /** Rejects a share of calls rising from 0 at `from` calls waiting (a replica's, or the shared queue's) to 1 at `to`. */
  readonly shed?: { readonly from: number; readonly to: number }
  /** Share of calls that fail after their service time. Default 0. */
  readonly errors?: number
}

export function checkService(fields: Fields): void {
  fields.whole('replicas', 1, 10_000)
  fields.whole('workers', 1, 100_000)
  fields.bound('queue')
  fields.distribution('time')
  if (fields.has('balance')) fields.one('balance', ['shared', ...POLICIES])
  if (fields.has('discipline')) fields.one('discipline', ['fifo', 'lifo'])
  fields.flag('holds')
  if (fields.has('slowStartSeconds')) fields.number('slowStartSeconds', 0, MOST_SECONDS)
  if (fields.has('patience')) fields.distribution('patience')
  if (fields.has('errors')) fields.share('errors')
  if (fields.has('shed')) {
    const shed = fields.inside('shed')
    shed.whole('from', 0, 1_000_000_000)
    shed.whole('to', 1, 1_000_000_000)
    if ((shed.value('to') as number) <= (shed.value('from') as number))
      shed.problem('to', 'must be above from')
  }
}
