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
  /** Days from that of `at` to that of `other`: 0 on the same day, 1 on the next, negative before. */
  between(at: number, other: number): number
  /** Days from that of `at` to a date (`2027-03-12`). */
  untilDate(at: number, date: string): number
  /** When the day begins that is so many after that of `at`. */
  after(at: number, count: number): number
  /** `24 November`, or `at 14:05` where it is the day of `now`. */
  say(at: number, now: number): string
  /** A date (`2027-03-12`) as `12 March`, with its year where that is not the one of `now`. */
  sayDate(date: string, now: number): string
}

export function daysIn(timeZone: string): Days {
  const zoned = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const startOfDate = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone)
  // A day ends where the next one begins; a zone that crosses the date line has left a day out.
  const next = (day: Temporal.ZonedDateTime) => {
    for (let i = 1; ; i++) {
      const begins = startOfDate(day.toPlainDate().add({ days: i }))
      if (begins.epochMilliseconds > day.epochMilliseconds && !begins.toPlainDate().equals(day.toPlainDate()))
        return begins
    }
  }
  const midnight = (at: number) => zoned(at).startOfDay()
  const dateOf = (at: number) => zoned(at).toPlainDate()
  const sayDate = (date: Temporal.PlainDate, now: number) => {
    const year = date.year === dateOf(now).year ? {} : { year: 'numeric' as const }
    return date.toLocaleString('en-GB', { day: 'numeric', month: 'long', ...year })
  }
  return {
    startOf: (at) => midnight(at).epochMilliseconds,
    endOf: (at) => next(midnight(at)).epochMilliseconds,
    nameOf: (at) => dateOf(at).toString(),
    from(at, count) {
      const days: { day: string; ends: number }[] = []
      for (let day = midnight(at); days.length < count; day = next(day))
        days.push({ day: day.toPlainDate().toString(), ends: next(day).epochMilliseconds })
      return days
    },
    until(at, count) {
      const days: string[] = []
      for (let day = midnight(at); days.length < count; day = midnight(day.epochMilliseconds - 1))
        days.push(day.toPlainDate().toString())
      return days.reverse()
    },
    between: (at, other) => dateOf(at).until(dateOf(other)).days,
    untilDate: (at, date) => dateOf(at).until(Temporal.PlainDate.from(date)).days,
    after: (at, count) => startOfDate(dateOf(at).add({ days: count })).epochMilliseconds,
    say(at, now) {
      if (dateOf(at).equals(dateOf(now)))
        return `at ${new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(at)}`
      return sayDate(dateOf(at), now)
    },
    sayDate: (date, now) => sayDate(Temporal.PlainDate.from(date), now),
  }
}
