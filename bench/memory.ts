import type { Estimate } from './memory/compare.ts'
import { measure, type Results } from './memory/measure.ts'
import { schemeName } from './memory/tables.ts'
import type { BenchRow } from './row.ts'

const MOST_ABOVE_BOUND = 1.12

type Measured = Pick<BenchRow, 'what' | 'value' | 'unit'> & Partial<BenchRow>

const row = (measured: Measured): BenchRow => ({
  bench: 'memory',
  bar: null,
  holds: null,
  against: null,
  ...measured,
})

const weeks = (days: number): string => `${days / 7} weeks`
const width = ({ halfWidth }: Estimate): string => `± ${Number(halfWidth.toPrecision(2))}`

function speedRows({ speeds }: Results): BenchRow[] {
  const { states, library, lookups, firstPolicy } = speeds
  const against = { what: 'ts-fsrs next_state', value: library, ratio: states / library }
  return [
    row({
      what: 'next states',
      value: states,
      unit: '/s',
      bar: '>= 1 M/s',
      holds: states >= 1e6,
      against,
    }),
    row({ what: 'intervals looked up', value: lookups, unit: '/s' }),
    row({ what: 'first policy of new parameters', value: firstPolicy, unit: 'ms of processor time' }),
  ]
}

const NAMES = {
  ours: 'ours',
  knowing: 'ours, were the parameters known',
  fsrs: 'FSRS at one retention',
} as const

function boundRows({ study, truths }: Results): BenchRow[] {
  return [...study, ...truths.flatMap(({ bounds }) => bounds)].flatMap((result) => {
    const { what, days, unit, bound } = result
    // The bar is set for the year; at 16 weeks the distance is told.
    const barred = days === 364
    return (['ours', 'knowing', 'fsrs'] as const).flatMap((who) => {
      if (who === 'knowing' && result.knowing === result.ours) return []
      const value = result[who][unit].mean
      const ratio = value / bound.value
      const isBarred = barred && who === 'ours'
      return row({
        what: `${what}, ${weeks(days)}, mean and end recall 95%: ${NAMES[who]} (${width(result[who][unit])})`,
        value,
        unit,
        bar: isBarred ? `<= ${MOST_ABOVE_BOUND} x bound` : null,
        holds: isBarred ? ratio <= MOST_ABOVE_BOUND : null,
        against: { what: 'lower bound', value: bound.value, ratio },
      })
    })
  })
}

function ladderRows({ truths }: Results): BenchRow[] {
  return truths.flatMap(({ name, horizons }) =>
    horizons.flatMap(({ days, ladders }) =>
      ladders.map((ladder) => {
        const { mean, halfWidth } = ladder.ratio
        const recall = (100 * ladder.row.meanRecall.mean).toFixed(1)
        return row({
          what: `${name}, ${weeks(days)}: ours at the ${recall}% of ${ladder.name} (ratio ${width(ladder.ratio)})`,
          value: mean * ladder.row.minutes.mean,
          unit: 'minutes',
          bar: '< 1 x the ladder',
          holds: mean + halfWidth < 1,
          against: { what: ladder.name, value: ladder.row.minutes.mean, ratio: mean },
        })
      }),
    ),
  )
}

function planRows({ truths }: Results): BenchRow[] {
  return truths.flatMap(({ name, horizons }) =>
    horizons.flatMap(({ days, ladders, fsrsDefault, fsrsFitted, ours }) =>
      [
        ...ladders.map((ladder) => [ladder.name, ladder.row] as const),
        ['FSRS default', fsrsDefault] as const,
        ['FSRS fitted', fsrsFitted] as const,
        ['ours', ours] as const,
      ].map(([who, one]) => {
        const percent = ({ mean }: Estimate) => `${(100 * mean).toFixed(1)}%`
        const recall = `recall ${percent(one.meanRecall)}, at the end ${percent(one.endRecall)}`
        const reviews = `${one.reviews.mean.toFixed(0)} ${width(one.reviews)} reviews`
        const told = [width(one.minutes), reviews, recall, `peak day ${one.peakDay.mean.toFixed(0)}`]
        return row({
          what: `${name}, ${weeks(days)}: ${who} (${told.join(', ')})`,
          value: one.minutes.mean,
          unit: 'minutes',
        })
      }),
    ),
  )
}

function scoreRows({ schemes }: Results): BenchRow[] {
  const base = schemes.find(({ scheme }) => scheme.kind === 'four ratings')
  return schemes.map(({ scheme, loss, minutes, halfWidth }) =>
    row({
      what: `scores as ${schemeName(scheme)} (± ${halfWidth.toFixed(0)}; log loss ${loss.toFixed(4)})`,
      value: minutes,
      unit: 'minutes',
      against:
        base === undefined
          ? null
          : { what: schemeName(base.scheme), value: base.minutes, ratio: minutes / base.minutes },
    }),
  )
}

const rowsOf = (results: Results): BenchRow[] => [
  ...speedRows(results),
  ...boundRows(results),
  ...ladderRows(results),
  ...planRows(results),
  ...scoreRows(results),
]

export async function run(): Promise<BenchRow[]> {
  return rowsOf(await measure((what) => console.error(`  … ${what}`)))
}
