/** A learner's days: they begin at midnight in the learner's time zone, whatever its clock changes. Times in Unix ms. */
export interface Days {
  startOf(at: number): number
  endOf(at: number): number
  /** `2026-11-20`. */
  nameOf(at: number): string
  /** The given number of days, the one of `at` first; `endsAt` is the next midnight. */
  from(at: number, count: number): { day: string; ends: number }[]
  /** The same number of days up to the one of `at`, oldest first. */
  until(at: number, count: number): string[]
  /** `24 November`, or `at 14:05` where it is the day of `now`. */
  say(at: number, now: number): string
}

export function daysIn(timeZone: string): Days {
  const midnight = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).startOfDay()
  const nameOf = (at: number) => midnight(at).toPlainDate().toString()
  return {
    startOf: (at) => midnight(at).epochMilliseconds,
    endOf: (at) => midnight(at).add({ days: 1 }).startOfDay().epochMilliseconds,
    nameOf,
    from: (at, count) =>
      Array.from({ length: count }, (_, i) => {
        const day = midnight(at).add({ days: i })
        return {
          day: day.toPlainDate().toString(),
          ends: day.add({ days: 1 }).startOfDay().epochMilliseconds,
        }
      }),
    until: (at, count) =>
      Array.from({ length: count }, (_, i) =>
        midnight(at)
          .subtract({ days: count - 1 - i })
          .toPlainDate()
          .toString(),
      ),
    say(at, now) {
      if (nameOf(at) === nameOf(now))
        return `at ${new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(at)}`
      const year = nameOf(at).slice(0, 4) === nameOf(now).slice(0, 4) ? {} : { year: 'numeric' as const }
      const style = { timeZone, day: 'numeric' as const, month: 'long' as const, ...year }
      return new Intl.DateTimeFormat('en-GB', style).format(at)
    },
  }
}
