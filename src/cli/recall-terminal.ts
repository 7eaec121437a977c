import { createInterface } from 'node:readline/promises'
import type { FinishedAttempt } from '#app/attempt.ts'
import type { World } from '#app/ports.ts'
import { saveDraft } from '#app/save-draft.ts'
import type { RecallPart, RecallView } from '#app/views.ts'
import { describeProblem, type Form, parseDrawing } from '#domain/diagram/index.ts'
import { CONFIDENCE_LEVELS } from '#domain/progress/index.ts'
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

const SECONDS_MAX = 86_400
const KEPT = '\nKept. The same command takes it up again.\n'

/** What a person types into and reads from. */
export interface Streams {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream
}

/** Lines from the terminal, one at a time; null when the input has ended. */
interface Prompt {
  ask(prompt: string): Promise<string | null>
  /** A person at a terminal has ended it (Ctrl+C, Ctrl+D). The end of a pipe is only the end of its lines. */
  isLeft(): boolean
}

/**
 * A recall in the terminal: the drawing against the clock, then facts and context without it. Null when it was left in
 * the middle: then the drawing and the clock are kept, as they are in the browser.
 */
export async function recallInTerminal(
  world: World,
  view: RecallView,
  shell: Shell,
  streams: Streams = { input: process.stdin, output: process.stdout },
): Promise<FinishedAttempt | null> {
  const { prompt, close } = openPrompt(streams)
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
  const { draft, part, asked } = partOf(view)
  shell.out(`${view.title} (${view.form})\n${wrap(view.question, 78)}\n\n${HELP}`)
  shell.out(`For example: ${EXAMPLE[view.form]}\nPar is ${Math.round(asked.parSeconds)} seconds.\n\n`)
  const begun = draft?.drawing ?? part?.drawing ?? ''
  const sheet = new Sheet(view.form, begun, draft?.seconds ?? 0, () => world.clock.now())
  if (part)
    shell.out(`${wrap(inPart(part), 78)}\n${part.elements > 0 && !draft ? `\n${part.drawing}\n` : ''}\n`)
  if (draft) shell.out(`Where you left it, after ${Math.round(draft.seconds)} seconds:\n${sheet.text()}\n`)
  const { hints = 0, places = {} } = draft ?? {}
  const key = part?.key ?? null
  const keep = (stage: 'draw' | 'answer', answers: FinishedAttempt['answers']) => {
    const kept = { drawing: sheet.text(), places, answers, seconds: sheet.seconds(), hints, stage, part: key }
    return saveDraft(world, { id: view.id, draft: kept })
  }
  const none = { facts: {}, context: {} }
  const noDrawing = part?.elements === 0 || draft?.stage === 'answer'
  const isDrawn = noDrawing || (await draw(sheet, prompt, shell, () => keep('draw', none)))
  if (!isDrawn) return null
  const seconds = sheet.stop()
  shell.out(`\n${Math.round(seconds)} seconds. What follows is not timed.\n\n`)
  const answers = { facts: { ...draft?.answers.facts }, context: { ...draft?.answers.context } }
  const keepAnswers = () => keep('answer', answers)
  await keepAnswers()
  await ask(asked.facts, answers.facts, prompt, keepAnswers)
  await ask(asked.context, answers.context, prompt, keepAnswers)
  const confidence = view.asksConfidence ? await askExpected(prompt, shell) : null
  if (prompt.isLeft()) {
    shell.out(KEPT)
    return null
  }
  shell.out('\n')
  const handed = { drawing: sheet.text(), places, answers, seconds, hints, part: key }
  return { id: view.id, ...handed, event: null, confidence }
}

/** A draft of another part than the one that is asked now is nothing to go on from. */
function partOf(view: RecallView) {
  const kept = view.draft
  const isPart = typeof kept?.part === 'string'
  const draft = isPart && kept?.part !== view.part?.key ? null : kept
  const part = draft === null || isPart ? view.part : null
  return { draft, part, asked: part ?? view }
}

const inPart = ({ elements }: RecallPart): string =>
  elements === 0
    ? 'Only the questions that you missed are asked. --whole asks all of it.'
    : [
        `Only what you missed is asked: ${elements} ${elements === 1 ? 'thing' : 'things'}`,
        'to add to what is given. --whole asks all of it.',
      ].join(' ')

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
      shell.out(KEPT)
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

/** Adds to the answers what is asked for and not answered yet; each is kept as it is given. */
async function ask(
  questions: readonly { readonly id: string; readonly ask: string }[],
  answers: Record<string, string>,
  prompt: Prompt,
  keep: () => Promise<unknown>,
): Promise<void> {
  for (const question of questions) {
    if (answers[question.id] !== undefined) continue
    const given = await prompt.ask(`${question.ask}\n? `)
    if (given === null) break
    answers[question.id] = given.trim().slice(0, 500)
    await keep()
  }
}

const LEVELS = CONFIDENCE_LEVELS.map((level, i) => `${i + 1}: ${level}`).join(', ')

/** The total that is expected, before the grade is seen; null where nothing is said. */
async function askExpected(prompt: Prompt, shell: Shell): Promise<number | null> {
  for (;;) {
    const given = await prompt.ask(
      `How much of it is right, do you think? ${LEVELS} of 100; Enter says nothing.\n? `,
    )
    if (given === null || given.trim() === '') return null
    const level = CONFIDENCE_LEVELS[Number(given) - 1]
    if (level !== undefined) return level
    shell.out('One of 1 to 5, or Enter.\n')
  }
}

/** What was drawn so far, and the time it took. */
class Sheet {
  readonly #form: Form
  readonly #lines: string[]
  readonly #began: number
  readonly #before: number
  readonly #now: () => number
  #stopped: number | null = null

  constructor(form: Form, text: string, secondsBefore: number, now: () => number) {
    this.#form = form
    this.#lines = text.split('\n').filter((line) => line.trim() !== '')
    this.#before = secondsBefore
    this.#now = now
    this.#began = now()
  }

  /** Stops the clock; gives the seconds that it counted. */
  stop(): number {
    this.#stopped = this.seconds()
    return this.#stopped
  }

  text(): string {
    return this.#lines.join('\n')
  }

  /** Never less than before, where the system's clock was set back; never more than an attempt may take. */
  seconds(): number {
    if (this.#stopped !== null) return this.#stopped
    const here = Math.max(0, this.#now() - this.#began) / 1000
    return Math.min(SECONDS_MAX, this.#before + here)
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
function openPrompt({ input, output }: Streams): { prompt: Prompt; close: () => void } {
  const terminal = createInterface({
    input,
    output,
    terminal: input.isTTY ?? false,
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
    if (ended && lines.length === 0) return Promise.resolve(null)
    // The interface has to know its prompt, else it writes over it when the line is edited.
    const shown = text.lastIndexOf('\n') + 1
    output.write(text.slice(0, shown))
    terminal.setPrompt(text.slice(shown))
    if (!ended) terminal.prompt()
    const line = lines.shift()
    if (line !== undefined) return Promise.resolve(line)
    return new Promise((resolve) => waiting.push(resolve))
  }
  return { prompt: { ask, isLeft: () => ended && input.isTTY === true }, close: () => terminal.close() }
}
