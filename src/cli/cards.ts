import { createInterface } from 'node:readline'
import { answerCard, type CardAnswered, cards, undoCardAnswer } from '#app/cards.ts'
import type { World } from '#app/ports.ts'
import type { Problem } from '#app/views.ts'
import type { CardsView } from '#app/views-cards.ts'
import type { Rating } from '#domain/memory/index.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail } from './exit.ts'
import { counted, dayOf, harmless, json, wrap } from './print.ts'
import type { Command, Shell } from './run.ts'
import { withWorld } from './with-world.ts'

export const cardsCommand: Command = async (args, shell) => {
  const options = { json: { type: 'boolean' } } as const
  const { values } = readArguments(args, options, { least: 0, most: 0, called: '' })
  return withWorld(shell, values.data, async (world) => {
    const view = await cards(world, { first: null })
    if (!view.ok) return fail(shell, view.error)
    if (values.json) {
      shell.out(json(view.value))
      return EXIT.ok
    }
    const problem = await askCards(world, shell, view.value)
    return problem === null ? EXIT.ok : fail(shell, problem)
  })
}

/** What a person types into. */
export interface Lines {
  next(prompt: string): Promise<string | null>
  close(): void
}

const KEYS: Readonly<Record<string, Rating>> = { 1: 'again', 2: 'hard', 3: 'good', 4: 'easy' }

/** Asks card after card until none is left or the person leaves. Null where nothing went wrong. */
export async function askCards(
  world: World,
  shell: Pick<Shell, 'out'>,
  first: CardsView,
  open: (shell: Pick<Shell, 'out'>) => Lines = terminalLines,
): Promise<Problem | null> {
  const empty = nothingWaits(first)
  if (empty !== null) {
    shell.out(empty)
    return null
  }
  const lines = open(shell)
  let view = first
  let last: string | null = null
  try {
    while (view.card !== null) {
      const step = await askOne(world, shell, view, last, lines)
      if (step === 'left') return null
      if (!step.ok) return step.error
      view = step.value.next
      last = step.value.answer
    }
    shell.out(nothingWaits(view) ?? '')
    return null
  } finally {
    lines.close()
  }
}

function nothingWaits({ card, decks, nextDue, doneToday }: CardsView): string | null {
  if (card !== null) return null
  if (decks.length === 0) return 'There are no question cards. Bring a deck in: atlas import anki FILE.apkg\n'
  const done = doneToday > 0 ? `${counted(doneToday, 'card')} done today. ` : ''
  return `${done}No card waits.${nextDue === null ? '' : ` The next one comes back ${dayOf(nextDue)}.`}\n`
}

type Step =
  | 'left'
  | { readonly ok: true; readonly value: { readonly answer: string | null; readonly next: CardsView } }
  | { readonly ok: false; readonly error: Problem }

async function askOne(
  world: World,
  shell: Pick<Shell, 'out'>,
  view: CardsView,
  last: string | null,
  lines: Lines,
): Promise<Step> {
  const { card } = view
  if (card === null) return 'left'
  const began = world.clock.now()
  shell.out(
    `\n${harmless(card.deck)} · ${view.due} due, ${view.fresh} new\n\n${paragraphs(card.question)}\n\n`,
  )
  const seen = await lines.next('Enter shows the answer, u undoes the last, q leaves: ')
  if (seen === null || seen === 'q') return 'left'
  if (seen === 'u') return undo(world, shell, view, last)
  const seconds = Math.min(600, Math.max(0, world.clock.now() - began) / 1000)
  shell.out(`\n${paragraphs(card.answer)}\n\n`)
  const { again, hard, good, easy } = card.back
  for (;;) {
    const key = await lines.next(`1 again (${again}), 2 hard (${hard}), 3 good (${good}), 4 easy (${easy}): `)
    if (key === null || key === 'q') return 'left'
    if (key === 'u') return undo(world, shell, view, last)
    const rating = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
    if (rating === undefined) continue
    const answered: { ok: true; value: CardAnswered } | { ok: false; error: Problem } = await answerCard(
      world,
      {
        card: card.id,
        rating,
        seconds,
        event: null,
      },
    )
    return answered
  }
}

async function undo(
  world: World,
  shell: Pick<Shell, 'out'>,
  view: CardsView,
  last: string | null,
): Promise<Step> {
  if (last === null) {
    shell.out('There is nothing to take back.\n')
    return { ok: true, value: { answer: null, next: view } }
  }
  const undone = await undoCardAnswer(world, { answer: last })
  return undone.ok ? { ok: true, value: { answer: null, next: undone.value } } : undone
}

const paragraphs = (text: string): string =>
  harmless(text)
    .split('\n')
    .map((line) => wrap(line, 78))
    .join('\n')

/** Lines of the input, which may be a pipe. */
function terminalLines(shell: Pick<Shell, 'out'>): Lines {
  const reader = createInterface({ input: process.stdin })
  const lines = reader[Symbol.asyncIterator]()
  return {
    async next(prompt) {
      shell.out(prompt)
      const { value, done } = await lines.next()
      return done === true ? null : value.trim().toLowerCase()
    },
    close: () => reader.close(),
  }
}
