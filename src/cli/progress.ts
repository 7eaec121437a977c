import { progress } from '#app/progress.ts'
import type { ProgressView } from '#app/views.ts'
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
      ({ at, id, total, undone }) =>
        `  ${at.slice(0, 10)}  ${points(total).padStart(5)}  ${id}${undone ? '  undone' : ''}\n`,
    )
  const known = `${view.introduced} of ${counted(view.total, 'diagram')} introduced; `
  return [
    `${known}you would recall ${percent(view.meanRecall)} of them now.\n`,
    `Due\n${days.join('')}`,
    ...(forms.length > 0 ? [`Mean grade\n${forms.join('')}`] : []),
    ...(recent.length > 0 ? [`Last attempts\n${recent.join('')}`] : []),
  ].join('\n')
}
