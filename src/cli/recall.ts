import { attempt, type FinishedAttempt } from '#app/attempt.ts'
import type { World } from '#app/ports.ts'
import { recallView } from '#app/recall-view.ts'
import { result } from '#app/result.ts'
import type { RecallView } from '#app/views.ts'
import { readArguments, readPar, readSeconds } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { json, wrap } from './print.ts'
import { gradeForPeople, gradeForPrograms } from './print-grade.ts'
import { readDrawingFile } from './read-drawing-file.ts'
import { NO_ANSWERS, readAnswers } from './read-input.ts'
import type { Command, Shell } from './run.ts'
import { withWorld } from './with-world.ts'

export const recallCommand: Command = async (args, shell) => {
  const options = {
    drawing: { type: 'string' },
    answers: { type: 'string' },
    seconds: { type: 'string' },
    par: { type: 'string' },
    whole: { type: 'boolean' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = readArguments(args, options, { least: 1, most: 1, called: 'ID' })
  const id = positionals[0] ?? ''
  const seconds = readSeconds(values.seconds)
  const par = readPar(values.par)
  const { drawing: file, answers: answersFile } = values
  if (file === undefined && (answersFile !== undefined || seconds !== null || values.json))
    throw new Usage('--answers, --seconds and --json go with --drawing FILE.')
  return withWorld(shell, values.data, async (world) => {
    const view = await recallView(world, { id })
    if (!view.ok) return fail(shell, view.error)
    if (file === undefined) {
      const { recallInTerminal } = await import('./recall-terminal.ts')
      const asked = values.whole ? { ...view.value, part: null } : view.value
      const finished = await recallInTerminal(world, { ...asked, ...clockSet(asked, par) }, shell)
      if (finished === null) return EXIT.ok
      return finish(world, { ...finished, par }, shell, values.json ?? false)
    }
    const drawing = await readDrawingFile(shell, world, { id, file })
    if (!drawing.ok) return fail(shell, drawing.error)
    const answers = answersFile === undefined ? null : await readAnswers(answersFile)
    if (answers !== null && !answers.ok) return fail(shell, answers.error)
    const given = answers?.value ?? NO_ANSWERS
    const finished = {
      id,
      ...drawing.value,
      answers: given,
      seconds,
      par,
      hints: 0,
      event: null,
    }
    return finish(world, finished, shell, values.json ?? false)
  })
}

/** What is said of the clock before it runs. */
const clockSet = ({ part }: RecallView, par: number | null): Partial<RecallView> =>
  par === null ? {} : { parSeconds: par, part: part === null ? null : { ...part, parSeconds: par } }

/** Records the attempt and prints its grade with the evidence. */
async function finish(
  world: World,
  finished: FinishedAttempt,
  shell: Shell,
  asJson: boolean,
): Promise<number> {
  const recorded = await attempt(world, finished)
  if (!recorded.ok) return fail(shell, recorded.error)
  const view = await result(world, { attempt: recorded.value.attempt })
  if (!view.ok) return fail(shell, view.error)
  const { grade, comesBack, mutation, onAppeal, appeals } = view.value
  if (asJson) {
    const shape = gradeForPrograms(finished.id, grade)
    shell.out(json({ ...shape, attempt: recorded.value.attempt, comesBack, onAppeal }))
    return EXIT.ok
  }
  const about = new Set(appeals.flatMap(({ element }) => element ?? []))
  const appealed = { points: onAppeal, elements: about }
  shell.out(`${gradeForPeople(grade, appealed)}\n${wrap(comesBack.because, 78)}\n`)
  shell.out(`\nNow that you know it:\n${wrap(mutation.ask, 78, '  ')}\n`)
  return EXIT.ok
}
