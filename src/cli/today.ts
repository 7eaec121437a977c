import { today } from '#app/today.ts'
import type { DiagramCard, TodayView } from '#app/views.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail } from './exit.ts'
import { counted, dayOf, json, percent } from './print.ts'
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

const forPrograms = ({ due, fresh, minutes, next, nextDue, unfinished, doneToday }: TodayView) => ({
  due: due.map(({ id, title, due: at, recall }) => ({ id, title, due: at, recall })),
  new: fresh.map(({ id, title, minutes: study }) => ({ id, title, minutes: study })),
  minutes,
  next,
  nextDue,
  unfinished,
  doneToday,
})

function forPeople({ due, fresh, minutes, nextDue, unfinished }: TodayView): string {
  const row = ({ id, title }: DiagramCard, note: string) => `  ${id.padEnd(44)} ${title}${note}\n`
  const parts: string[] = []
  if (unfinished) parts.push(`Left in the middle: ${unfinished.id} (${unfinished.title})\n`)
  if (due.length > 0) {
    const recalls = due.map((card) => row(card, card.recall === null ? '' : `  ${percent(card.recall)}`))
    parts.push(`Due: ${counted(due.length, 'diagram')}, by how likely you still know it\n${recalls.join('')}`)
  } else if (nextDue) parts.push(`Nothing is due. ${nextDue.title} comes back ${dayOf(nextDue.due)}.\n`)
  if (fresh.length > 0) parts.push(`New\n${fresh.map((card) => row(card, '')).join('')}`)
  if (due.length === 0 && fresh.length === 0) parts.push('Nothing to do today.\n')
  else parts.push(`About ${counted(minutes, 'minute')}. Start with: ${startWith(due, fresh)}\n`)
  return parts.join('\n')
}

const startWith = ([recall]: readonly DiagramCard[], [study]: readonly DiagramCard[]): string =>
  recall ? `atlas recall ${recall.id}` : `atlas show ${study?.id ?? ''}`
