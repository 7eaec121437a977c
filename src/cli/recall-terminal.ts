import { createInterface } from 'node:readline/promises'
import type { FinishedAttempt } from '#app/attempt.ts'
import type { World } from '#app/ports.ts'
import { saveDraft } from '#app/save-draft.ts'
import type { RecallView } from '#app/views.ts'
import { describeProblem, type Form, parseDrawing } from '#domain/diagram/index.ts'
import { wrap } from './print.ts'
import type { Shell } from './run.ts'

const HELP =
  'One line of the notation at a time. :undo takes the last back, :show shows all, :done ends, :quit keeps it for later.\n'

const EXAMPLE: Readonly<Record<Form, string>> = {
  topology: 'client -> cdn -> lb: HTTPS',
  sequence: 'client -> api: get(key)',
  states: 'follower -> candidate: timeout',
  decision: 'reads dominate? -> add a cache: yes',
  timeline: '09:37 | wrong command run | operator',
  matrix: '| ordering | replay   (first the columns, then a row a line: kafka | per partition | yes)',
}

/** Lines from the terminal, one at a time; null when the input has ended. */
interface Prompt {
  ask(prompt: string): Promise<string | null>
}

/**
 * A recall in the terminal: the drawing against the clock, then facts and context without it. Null when it was left in
 * the middle: then the drawing and the clock are kept, as they are in the browser.
 */
export async function recallInTerminal(
  world: World,
  view: RecallView,
  shell: Shell,
): Promise<FinishedAttempt | null> {
  const { prompt, close } = openPrompt()
  try {
    return await recall(world, view, shell, prompt)
  } finally {
    close()
  }
}

async function recall(
  world: World,
  view: RecallView,
  shell: Shell,
  prompt: Prompt,
): Promise<FinishedAttempt | null> {
  const { draft } = view
  shell.out(`${view.title} (${view.form})\n${wrap(view.question, 78)}\n\n${HELP}`)
  shell.out(`For example: ${EXAMPLE[view.form]}\nPar is ${Math.round(view.parSeconds)} seconds.\n\n`)
  const sheet = new Sheet(view.form, draft?.drawing ?? '', draft?.seconds ?? 0, () => world.clock.now())
  if (draft) shell.out(`Where you left it, after ${Math.round(draft.seconds)} seconds:\n${sheet.text()}\n`)
  const keep = (stage: 'draw' | 'answer', answers: FinishedAttempt['answers']) => {
    const { hints = 0, places = {} } = draft ?? {}
    const kept = { drawing: sheet.text(), places, answers, seconds: sheet.seconds(), hints, stage }
    return saveDraft(world, { id: view.id, draft: kept })
  }
  const none = { facts: {}, context: {} }
  const drawn = await draw(sheet, prompt, shell, () => keep('draw', none))
  if (!drawn) return null
  const seconds = sheet.seconds()
  shell.out(`\n${Math.round(seconds)} seconds. What follows is not timed.\n\n`)
  const facts = await ask(view.facts, prompt)
  const context = await ask(view.context, prompt)
  const { hints = 0, places = {} } = draft ?? {}
  shell.out('\n')
  return {
    id: view.id,
    drawing: sheet.text(),
    places,
    answers: { facts, context },
    seconds,
    hints,
    event: null,
  }
}

/** True when the drawing is done, false when it was left. Each line that is no notation is said so and not taken. */
async function draw(
  sheet: Sheet,
  prompt: Prompt,
  shell: Shell,
  keep: () => Promise<unknown>,
): Promise<boolean> {
  for (;;) {
    const line = await prompt.ask('> ')
    const command = line?.trim().toLowerCase() ?? ':quit'
    if (command === ':quit') {
      await keep()
      shell.out('\nKept. The same command takes it up again.\n')
      return false
    }
    if (command === ':done') return true
    if (command === ':help') shell.out(HELP)
    else if (command === ':show') shell.out(`${sheet.text()}\n`)
    else if (command === ':undo') shell.out(sheet.undo() ?? 'There is nothing to take back.\n')
    else if (command.startsWith(':')) shell.out(`There is no ${command}. ${HELP}`)
    else if (command !== '') {
      for (const problem of sheet.add(line ?? '')) shell.out(`  ${problem}\n`)
      await keep()
    }
  }
}

async function ask(
  questions: readonly { readonly id: string; readonly ask: string }[],
  prompt: Prompt,
): Promise<Record<string, string>> {
  const answers: Record<string, string> = {}
  for (const question of questions) {
    const given = await prompt.ask(`${question.ask}\n? `)
    if (given === null) break
    answers[question.id] = given.trim().slice(0, 500)
  }
  return answers
}

/** What was drawn so far, and the time it took. */
class Sheet {
  readonly #form: Form
  readonly #lines: string[]
  readonly #began: number
  readonly #before: number
  readonly #now: () => number

  constructor(form: Form, text: string, secondsBefore: number, now: () => number) {
    this.#form = form
    this.#lines = text.split('\n').filter((line) => line.trim() !== '')
    this.#before = secondsBefore
    this.#now = now
    this.#began = now()
  }

  text(): string {
    return this.#lines.join('\n')
  }

  seconds(): number {
    return this.#before + (this.#now() - this.#began) / 1000
  }

  /** Takes the line unless it brings a new problem; an open brace waits for the line that closes it. */
  add(line: string): string[] {
    const before = parseDrawing(this.text(), this.#form).problems.length
    const { problems } = parseDrawing([...this.#lines, line].join('\n'), this.#form)
    const braces = (text: string) => text.split('{').length - text.split('}').length
    const isOpen = braces([...this.#lines, line].join('\n')) > 0
    if (problems.length > before && !isOpen)
      return problems.slice(before).map((problem) => describeProblem(problem).replace(/^line \d+, /, ''))
    this.#lines.push(line)
    return []
  }

  undo(): string | null {
    const last = this.#lines.pop()
    return last === undefined ? null : `Took back: ${last}\n`
  }
}

/** Works the same for a keyboard and for a pipe, whose lines may come before they are asked for. */
function openPrompt(): { prompt: Prompt; close: () => void } {
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY,
  })
  const waiting: ((line: string | null) => void)[] = []
  const lines: string[] = []
  let ended = false
  terminal.on('line', (line) => {
    const next = waiting.shift()
    if (next) next(line)
    else lines.push(line)
  })
  terminal.on('close', () => {
    ended = true
    for (const next of waiting.splice(0)) next(null)
  })
  const ask = (text: string): Promise<string | null> => {
    // The interface has to know its prompt, else it writes over it when the line is edited.
    const shown = text.lastIndexOf('\n') + 1
    process.stdout.write(text.slice(0, shown))
    terminal.setPrompt(text.slice(shown))
    if (!ended) terminal.prompt()
    const line = lines.shift()
    if (line !== undefined) return Promise.resolve(line)
    if (ended) return Promise.resolve(null)
    return new Promise((resolve) => waiting.push(resolve))
  }
  return { prompt: { ask }, close: () => terminal.close() }
}
