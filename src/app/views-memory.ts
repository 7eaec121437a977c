/** What pages and terminals are shown of how memory is measured and fitted. Times are ISO 8601 UTC. */

export interface FitView {
  /** Whole recalls that can be judged: a day or more after the last one. */
  readonly reviews: number
  /** From so many on the next fit begins by itself. */
  readonly nextFrom: number
  /** Whose parameters count now. */
  readonly inForce: 'default' | 'own'
  readonly running: { readonly share: number } | null
  /** Why the last one came to nothing, if it did; since the server was started. */
  readonly failure: string | null
  readonly last: FitOutcome | null
}

/** What an event `memory.fitted` says. */
export interface FitOutcome {
  readonly at: string
  readonly trained: number
  readonly heldOut: number
  readonly lossBefore: number
  readonly lossAfter: number
  readonly adopted: boolean
  readonly because: string
}
