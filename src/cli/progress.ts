import { progress } from '#app/progress.ts'
import type { ProgressView } from '#app/views.ts'
import type { KeptView } from '#app/views-memory.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail } from './exit.ts'
import { counted, json, percent, points } from './print.ts'
import type { Command } from './run.ts'
import { withWorld } from './with-world.ts'

export const progressCommand: Command = async (args, shell) => {
  const options = { json: { type: 'boolean' } } as const
  const { values } = readArguments(args, options, { least: 0, most: 0, called: '' })
  return withWorld(shell, values.data, async (world) => {
    const view = await progress(world)
    if (!view.ok) return fail(shell, view.error)
    shell.out(values.json ? json(view.value) : forPeople(view.value))
    return EXIT.ok
  })
}

function forPeople(view: ProgressView): string {
  if (view.meanRecall === null)
    return `Nothing learnt yet, of ${view.total}. atlas today says where to begin.\n`
  const most = Math.max(1, ...view.forecast.map(({ due }) => due))
  const bar = (count: number) => '█'.repeat(Math.ceil((count / most) * 30))
  const days = view.forecast.map(({ day, due }) => `  ${day}  ${String(due).padStart(4)} ${bar(due)}\n`)
  const forms = view.gradeByForm.map(
    ({ form, mean, attempts }) =>
      `  ${form.padEnd(10)}${points(mean).padStart(6)} in ${counted(attempts, 'attempt')}\n`,
  )
  const recent = view.recent
    .slice(0, 10)
    .map(
      ({ at, id, total, part, undone }) =>
        `  ${at.slice(0, 10)}  ${points(total).padStart(5)}  ${id}${part ? '  a part' : ''}${undone ? '  undone' : ''}\n`,
    )
  const known = `${view.introduced} of ${counted(view.total, 'diagram')} introduced; `
  return [
    `${known}you would recall ${percent(view.meanRecall)} of them now.\n`,
    keptForPeople(view.kept),
    ...confidenceForPeople(view.confidence),
    `Due\n${days.join('')}`,
    ...(forms.length > 0 ? [`Mean grade\n${forms.join('')}`] : []),
    ...(recent.length > 0 ? [`Last attempts\n${recent.join('')}`] : []),
  ].join('\n')
}

const CONFIDENCE_SAYS = {
  over: ': you expect more than comes',
  under: ': you expect less than comes',
  fits: ': you know what you know',
  open: '; the difference may be chance',
} as const

/** What was expected before the grades, beside what came. */
function confidenceForPeople({ attempts, expected, actual, says }: ProgressView['confidence']): string[] {
  if (expected === null || actual === null) return []
  const means = `You expected ${points(expected)} of 100 before the grade and had ${points(actual)}`
  return [`${means}, in ${counted(attempts, 'attempt')}${says === null ? '' : CONFIDENCE_SAYS[says]}\n`]
}

const exact = (share: number): string => `${(share * 100).toFixed(1)}%`

/** What the model says of memory, and what was measured; each called what it is. */
function keptForPeople(kept: KeptView): string {
  const { days, tiers, passes, calibration, losses, parameters } = kept
  const aims = (target: number) => (kept.scheduler === 'ladder' ? '' : `, aim ${exact(target)}`)
  const means = days.flatMap(({ mean }) => mean ?? [])
  const mean = means.reduce((sum, one) => sum + one, 0) / Math.max(1, means.length)
  const byTier = tiers.map(({ tier, target: aim, introduced, means: own }) => {
    const now = own.at(-1) ?? null
    const says = now === null ? 'none' : exact(now)
    return `  tier ${tier}  ${says.padStart(6)}${aims(aim)}, ${counted(introduced, 'diagram')}\n`
  })
  const bins = calibration.map(
    ({ expected, actual, low, high, reviews }) =>
      `  expected ${percent(expected).padStart(4)}, came ${percent(actual).padStart(4)} ` +
      `(${percent(low)} to ${percent(high)}) in ${counted(reviews, 'review')}\n`,
  )
  const months = losses
    .slice(-12)
    .map(
      ({ month, model, baseline, reviews }) =>
        `  ${month}  ${model.toFixed(3)}, your average ${baseline.toFixed(3)}, ${counted(reviews, 'review')}\n`,
    )
  const passed =
    passes.reviews === 0
      ? ''
      : `Passed ${passes.passed} of ${counted(passes.reviews, 'review')} in ${days.length} days: ` +
        `${percent(passes.passed / passes.reviews)} (${percent(passes.low)} to ${percent(passes.high)}), ` +
        `expected ${percent(passes.expected ?? 0)}\n`
  return [
    `Mean recall by the model (${parameters} parameters), ${counted(means.length, 'day')}: ${exact(mean)}` +
      `${aims(kept.target)}\n${byTier.join('')}`,
    passed,
    bins.length === 0 ? '' : `Expected and measured\n${bins.join('')}`,
    months.length === 0 ? '' : `Log loss by month, measured\n${months.join('')}`,
  ]
    .filter((part) => part !== '')
    .join('\n')
}
