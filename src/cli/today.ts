import { today } from '#app/today.ts'
import type { DiagramCard } from '#app/views.ts'
import type { MaintenanceView, TodayView } from '#app/views-today.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail } from './exit.ts'
import { counted, dayOf, json, percent, wrap } from './print.ts'
import type { Command } from './run.ts'
import { withWorld } from './with-world.ts'

export const todayCommand: Command = async (args, shell) => {
  const options = { json: { type: 'boolean' } } as const
  const { values } = readArguments(args, options, { least: 0, most: 0, called: '' })
  return withWorld(shell, values.data, async (world) => {
    const view = await today(world)
    if (!view.ok) return fail(shell, view.error)
    shell.out(values.json ? json(forPrograms(view.value)) : forPeople(view.value))
    return EXIT.ok
  })
}

const forPrograms = ({ due, fresh, maintenance, says, ...rest }: TodayView) => ({
  due: due.map(({ id, title, due: at, recall }) => ({ id, title, due: at, recall })),
  new: fresh.map(({ id, title, minutes: study }) => ({ id, title, minutes: study })),
  ...rest,
  maintenance: maintenance && {
    ...maintenance,
    open: maintenance.open.map(({ id, title }) => ({ id, title })),
  },
  says,
})

const row = ({ id, title }: DiagramCard, note = '') => `  ${id.padEnd(44)} ${title}${note}\n`

function forPeople(view: TodayView): string {
  const { due, fresh, minutes, nextDue, unfinished, maintenance, debt, cards, drills } = view
  const parts: string[] =
    view.says.length > 0 ? [view.says.map((line) => `${wrap(line, 100)}\n`).join('')] : []
  if (unfinished) parts.push(`Left in the middle: ${unfinished.id} (${unfinished.title})\n`)
  if (due.length > 0) {
    const recalls = due.map((card) => row(card, card.recall === null ? '' : `  ${percent(card.recall)}`))
    const title = `${debt ? 'Today' : 'Due'}: ${counted(due.length, 'diagram')}`
    parts.push(
      `${title}, what saves most memory a minute first, and how likely you know it\n${recalls.join('')}`,
    )
  } else if (nextDue) parts.push(`Nothing is due. ${nextDue.title} comes back ${dayOf(nextDue.due)}.\n`)
  if (maintenance) parts.push(sessionFor(maintenance))
  if (drills.length > 0)
    parts.push(
      `To be told apart: ${counted(drills.length, 'pair')} that you took for each other (atlas start)\n`,
    )
  if (cards) parts.push(`Question cards: ${cardsWait(cards)}. atlas cards\n`)
  if (fresh.length > 0) parts.push(`New\n${fresh.map((card) => row(card)).join('')}`)
  const start = startWith(view)
  if (start === null)
    parts.push(debt ? `If you have more time: atlas recall ${debt.first}\n` : 'Nothing to do today.\n')
  else parts.push(`About ${counted(minutes, 'minute')}. Start with: ${start}\n`)
  return parts.filter((part) => part !== '').join('\n')
}

const cardsWait = ({ due, fresh, minutes }: NonNullable<TodayView['cards']>): string =>
  [due > 0 ? `${due} due` : '', fresh > 0 ? `${fresh} new` : '', `about ${counted(minutes, 'minute')}`]
    .filter((part) => part !== '')
    .join(', ')

const SESSION: Readonly<Record<MaintenanceView['kind'], string>> = {
  daily: 'Kept warm, by what it saves',
  weekly: 'Weekly run: ten diagrams within a day',
  monthly: 'Monthly check: two of each category within a week',
  quarterly: 'Quarterly check: five of each category within two weeks',
}

function sessionFor({ kind, done, of, open, lastCheck }: MaintenanceView): string {
  const weak = lastCheck?.weak.map(({ category, mean }) => `${category} (${Math.round(mean)})`) ?? []
  const weakest = weak.length > 0 ? `; weakest: ${weak.join(', ')}` : ''
  const last = lastCheck
    ? `Last check ${dayOf(lastCheck.at)}: ${lastCheck.passed} of ${lastCheck.of} passed${weakest}.\n`
    : ''
  if (open.length === 0) return last
  return `${SESSION[kind]} (${done} of ${of})\n${open.map((card) => row(card)).join('')}${last}`
}

function startWith({ next, cards }: TodayView): string | null {
  if (next) return next.action === 'recall' ? `atlas recall ${next.id}` : `atlas show ${next.id}`
  return cards ? 'atlas cards' : null
}
