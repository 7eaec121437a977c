import type { Problem } from './model.ts'

/** Longest time and highest rate that a model may name. */
export const MOST_SECONDS = 1e7
export const MOST_RATE = 1e7

const LAWS: Readonly<Record<string, readonly string[]>> = {
  constant: ['mean'],
  exponential: ['mean'],
  erlang: ['mean', 'shape'],
  hyperexponential: ['mean', 'cv2'],
  lognormal: ['mean', 'cv2'],
  uniform: ['low', 'high'],
  pareto: ['low', 'high', 'alpha'],
}

const shown = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : (JSON.stringify(value) ?? 'nothing')

export const textOf = (thing: unknown, field: string): string | undefined => {
  const value = (thing as Record<string, unknown> | null | undefined)?.[field]
  return typeof value === 'string' ? value : undefined
}

/** Where a thing of a list is: by its id, else by its number. */
export const place = (list: string, thing: unknown, i: number): string =>
  `${list}.${textOf(thing, 'id') ?? i}`

/** Checks the fields of one thing of a model, and collects what is wrong with them. */
export class Fields {
  readonly where: string
  private readonly of: Readonly<Record<string, unknown>>
  private readonly problems: Problem[]

  constructor(where: string, of: unknown, problems: Problem[]) {
    this.where = where
    this.of = typeof of === 'object' && of !== null ? (of as Record<string, unknown>) : {}
    this.problems = problems
  }

  value(field: string): unknown {
    return this.of[field]
  }

  problem(field: string, message: string): void {
    this.problems.push({ where: this.where, field, message })
  }

  has(field: string): boolean {
    return this.of[field] !== undefined
  }

  number(field: string, low: number, high: number): void {
    const value = this.of[field]
    if (typeof value !== 'number' || !(value >= low && value <= high))
      this.problem(field, `must be a number from ${low} to ${high}, not ${shown(value)}`)
  }

  whole(field: string, low: number, high: number): void {
    const value = this.of[field]
    if (!Number.isInteger(value) || (value as number) < low || (value as number) > high)
      this.problem(field, `must be a whole number from ${low} to ${high}, not ${shown(value)}`)
  }

  /** A number above 0. */
  positive(field: string, high: number): void {
    const value = this.of[field]
    if (typeof value !== 'number' || !(value > 0 && value <= high))
      this.problem(field, `must be a number above 0, at most ${high}, not ${shown(value)}`)
  }

  share(field: string): void {
    this.number(field, 0, 1)
  }

  one(field: string, of: readonly string[]): void {
    if (!of.includes(this.of[field] as string))
      this.problem(field, `must be one of ${of.join(', ')}, not ${shown(this.of[field])}`)
  }

  flag(field: string): void {
    const value = this.of[field]
    if (value !== undefined && typeof value !== 'boolean')
      this.problem(field, `must be true or false, not ${shown(value)}`)
  }

  /** Null, or a whole number: a bound of a queue. */
  bound(field: string): void {
    if (this.of[field] !== null) this.whole(field, 0, 1_000_000_000)
  }

  list(field: string): readonly unknown[] {
    const value = this.of[field]
    if (Array.isArray(value)) return value
    this.problem(field, `must be a list, not ${shown(value)}`)
    return []
  }

  /** The fields of a thing inside this one. */
  inside(field: string): Fields {
    return new Fields(`${this.where}.${field}`, this.of[field], this.problems)
  }

  distribution(field: string): void {
    const d = this.inside(field)
    if (!this.has(field)) {
      this.problem(field, 'must be a distribution of seconds')
      return
    }
    const needed = LAWS[String(d.value('law'))]
    if (needed === undefined) {
      d.one('law', Object.keys(LAWS))
      return
    }
    for (const name of needed) {
      if (name === 'shape') d.whole(name, 1, 64)
      else if (name === 'cv2') d.number(name, d.value('law') === 'lognormal' ? 0 : 1, 1e6)
      else if (name === 'alpha') d.number(name, 0.01, 100)
      else d.number(name, 0, MOST_SECONDS)
    }
    const law = d.value('law')
    if (law === 'pareto' && !((d.value('low') as number) > 0)) d.problem('low', 'must be above 0')
    if (law === 'lognormal' && d.value('mean') === 0) d.problem('mean', 'must be above 0')
    if (needed[0] === 'low' && !((d.value('low') as number) < (d.value('high') as number)))
      d.problem('high', `must be above low, ${shown(d.value('low'))}`)
  }

  /** Times that rise from 0 or later. */
  rising(field: string, times: readonly unknown[]): void {
    let before = Number.NEGATIVE_INFINITY
    for (const time of times) {
      if (typeof time !== 'number' || !(time >= 0 && time <= MOST_SECONDS) || time <= before) {
        this.problem(field, `must be rising times from 0 to ${MOST_SECONDS} seconds, not ${String(time)}`)
        return
      }
      before = time
    }
  }

  /** The fields of another thing, whose problems are collected with these. */
  apart(where: string, of: unknown): Fields {
    return new Fields(where, of, this.problems)
  }

  /** The fields of one entry of a list inside this thing. */
  entry(list: string, at: number, thing: unknown): Fields {
    return new Fields(`${this.where}.${list}.${at}`, thing, this.problems)
  }

  /** How a caller waits. */
  policy(field: string): void {
    const policy = this.inside(field)
    if (policy.has('timeoutSeconds')) policy.positive('timeoutSeconds', MOST_SECONDS)
    if (policy.has('hedgeSeconds')) policy.positive('hedgeSeconds', MOST_SECONDS)
    if (policy.has('bulkhead')) policy.whole('bulkhead', 1, 1_000_000)
    policy.flag('cancels')
    policy.flag('deadline')
    if (policy.value('deadline') === true && !policy.has('timeoutSeconds'))
      policy.problem('deadline', 'needs timeoutSeconds')
    if (policy.has('breaker')) {
      const breaker = policy.inside('breaker')
      breaker.whole('calls', 1, 100_000)
      breaker.number('share', 0.001, 1)
      breaker.positive('openSeconds', MOST_SECONDS)
    }
    if (policy.has('retries')) policy.inside('retries').retries()
  }

  private retries(): void {
    this.whole('max', 0, 100)
    if (this.has('budget')) {
      const budget = this.inside('budget')
      budget.number('ratio', 0, 100)
      budget.number('burst', 0, 1e6)
      if (budget.has('earnedBy')) budget.one('earnedBy', ['attempts', 'successes'])
    }
    if (!this.has('wait')) return
    const wait = this.inside('wait')
    wait.one('law', ['fixed', 'exponential'])
    wait.number('baseSeconds', 0, MOST_SECONDS)
    if (wait.has('capSeconds')) wait.number('capSeconds', 0, MOST_SECONDS)
    wait.flag('jitter')
  }
}
