import { type AttemptRecord, asCounted, type LearnerState, standingAttempts } from './state.ts'

/** Attempts of all items, oldest first: those that count, or with those that were undone; with the scores that count. */
export function allAttempts(
  state: LearnerState,
  which: 'standing' | 'with undone' = 'standing',
): (AttemptRecord & { readonly diagram: string })[] {
  const attemptsOf = (diagram: string) =>
    which === 'standing'
      ? standingAttempts(state, diagram)
      : (state.items[diagram]?.attempts ?? []).map((attempt) => asCounted(state, attempt))
  return Object.keys(state.items)
    .flatMap((diagram) => attemptsOf(diagram).map((attempt) => ({ ...attempt, diagram })))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}

/** Attempts that count, for each given day of the learner's; `dayOf` names the day of a Unix time in ms. */
export function attemptsByDay(
  state: LearnerState,
  days: readonly string[],
  dayOf: (at: number) => string,
): { day: string; attempts: number }[] {
  const counts = new Map(days.map((day) => [day, 0]))
  for (const attempt of allAttempts(state)) {
    const day = dayOf(attempt.at)
    const count = counts.get(day)
    if (count !== undefined) counts.set(day, count + 1)
  }
  return days.map((day) => ({ day, attempts: counts.get(day) ?? 0 }))
}

/** Mean total of the whole attempts that count, by a property of their diagram; null leaves a diagram out. */
export function meanTotalBy<K>(
  state: LearnerState,
  keyOf: (diagram: string) => K | null,
): { key: K; mean: number; attempts: number }[] {
  const sums = new Map<K, { total: number; attempts: number }>()
  for (const attempt of allAttempts(state).filter(({ asked }) => asked === null)) {
    const key = keyOf(attempt.diagram)
    if (key === null) continue
    const sum = sums.get(key) ?? { total: 0, attempts: 0 }
    sums.set(key, { total: sum.total + attempt.total, attempts: sum.attempts + 1 })
  }
  return [...sums].map(([key, { total, attempts }]) => ({ key, mean: total / attempts, attempts }))
}
