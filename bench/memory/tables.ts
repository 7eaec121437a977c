import type { Estimate, Row } from './compare.ts'
import type { BoundResult, Fits, Results, TruthResult } from './measure.ts'
import type { Scheme } from './scores.ts'

/** The measured part of docs/memory-proof.md. */
export const tables = (results: Results): string =>
  [
    '### Distance to the least possible',
    '',
    'At a mean recall of 95%, over all mornings and on the last one.',
    '',
    ...bounds([...results.study, ...results.truths.flatMap((truth) => truth.bounds)]),
    '',
    '### Against the ladders, at their own mean recall',
    '',
    'Minutes of ours over those of the ladder, with 95% intervals over 100 learners; below 1 is less.',
    '',
    ...ladders(results.truths),
    '',
    ...results.truths.flatMap((truth) => [...plans(truth), '']),
    '### From scores to memory',
    '',
    ...schemes(results),
  ].join('\n')

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const within = ({ mean, halfWidth }: Estimate): string => `${whole(mean)} ± ${whole(halfWidth)}`
const percent = ({ mean }: Estimate): string => `${(100 * mean).toFixed(1)}%`
const above = (value: number, bound: number): string => `${(100 * (value / bound - 1)).toFixed(1)}%`

const table = (head: readonly string[], lines: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`)

const bounds = (list: readonly BoundResult[]): string[] =>
  table(
    [
      'truth',
      'weeks',
      'unit',
      'least possible (two grids)',
      'ours',
      'above',
      'above, were the parameters known',
      'FSRS, one retention',
      'above',
    ],
    list.map(({ what, days, unit, bound, ours, knowing, fsrs }) => [
      what,
      String(days / 7),
      unit,
      `${whole(bound.value)} (${whole(bound.coarse)}, ${whole(bound.fine)})`,
      within(ours[unit]),
      above(ours[unit].mean, bound.value),
      above(knowing[unit].mean, bound.value),
      within(fsrs[unit]),
      above(fsrs[unit].mean, bound.value),
    ]),
  )

function ladders(truths: readonly TruthResult[]): string[] {
  const names = truths[0]?.horizons[0]?.ladders.map(({ name }) => name) ?? []
  return table(
    ['truth', 'weeks', ...names],
    truths.flatMap(({ name, horizons }) =>
      horizons.map((horizon) => [
        name,
        String(horizon.days / 7),
        ...horizon.ladders.map(
          ({ ratio, row }) =>
            `${ratio.mean.toFixed(3)} ± ${ratio.halfWidth.toFixed(3)} (at ${percent(row.meanRecall)})`,
        ),
      ]),
    ),
  )
}

function plans({ name, horizons, fits }: TruthResult): string[] {
  const line = (days: number, who: string, row: Row): string[] => [
    String(days / 7),
    who,
    within(row.reviews),
    whole(row.sameDay.mean),
    within(row.minutes),
    percent(row.meanRecall),
    percent(row.endRecall),
    percent(row.leastRecall),
    whole(row.peakDay.mean),
  ]
  return [
    `### ${name}`,
    '',
    fitted(fits),
    '',
    ...table(
      [
        'weeks',
        'plan',
        'reviews',
        'on the same day',
        'minutes',
        'mean recall',
        'last morning',
        'least morning',
        'peak day',
      ],
      horizons.flatMap(({ days, ladders: list, fsrsDefault, fsrsFitted, ours }) => [
        ...list.map((ladder) => line(days, ladder.name, ladder.row)),
        line(days, 'FSRS default', fsrsDefault),
        line(days, 'FSRS fitted', fsrsFitted),
        line(days, 'ours', ours),
      ]),
    ),
  ]
}

function fitted({ trials, adoptions, adopters, firstDay }: Fits): string {
  const share = `${Math.round(100 * adopters)} of 100 learners adopted parameters of their own`
  const when = firstDay === null ? '' : `, half of them by day ${firstDay}`
  const each = `${adoptions.mean.toFixed(1)} of ${trials.mean.toFixed(1)} trials a learner were adopted`
  return `${share}${when}; ${each}.`
}

export const schemeName = (scheme: Scheme): string =>
  scheme.kind === 'pass or fail'
    ? `pass or fail from ${scheme.pass}`
    : `${scheme.kind}, ${scheme.pass}/${scheme.good}/${scheme.easy}`

const signed = ({ mean, halfWidth }: Estimate): string =>
  `${mean < 0 ? '−' : '+'}${Math.abs(mean).toFixed(4)} ± ${halfWidth.toFixed(4)}`

const schemes = ({ schemes: list }: Results): string[] =>
  table(
    [
      'score becomes',
      'log loss of the next score (against 60/75/92)',
      'minutes a year at a true recall of 95%',
      'pass rate there',
    ],
    list.map(({ scheme, loss, lossAgainst, minutes, halfWidth, passRate }) => [
      schemeName(scheme),
      `${loss.toFixed(4)} (${signed(lossAgainst)})`,
      `${whole(minutes)} ± ${whole(halfWidth)}`,
      `${(100 * passRate).toFixed(0)}%`,
    ]),
  )
