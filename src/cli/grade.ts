import { findDiagram } from '#app/diagrams.ts'
import { gradeDrawing } from '#app/grade-drawing.ts'
import { readArguments, readPar, readSeconds } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { json } from './print.ts'
import { gradeForPeople, gradeForPrograms } from './print-grade.ts'
import { readDrawingFile } from './read-drawing-file.ts'
import { NO_ANSWERS, readAnswers } from './read-input.ts'
import type { Command } from './run.ts'
import { withCatalogue } from './with-world.ts'

export const gradeCommand: Command = async (args, shell) => {
  const options = {
    drawing: { type: 'string' },
    answers: { type: 'string' },
    seconds: { type: 'string' },
    par: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = readArguments(args, options, { least: 1, most: 1, called: 'ID' })
  const file = values.drawing
  if (file === undefined) throw new Usage('--drawing FILE is missing.')
  const id = positionals[0] ?? ''
  const seconds = readSeconds(values.seconds)
  const par = readPar(values.par)
  return withCatalogue(shell, async (world) => {
    const found = findDiagram(world, id)
    if (!found.ok) return fail(shell, found.error)
    const drawing = await readDrawingFile(shell, world, { id, file })
    if (!drawing.ok) return fail(shell, drawing.error)
    const answers = values.answers === undefined ? null : await readAnswers(values.answers)
    if (answers !== null && !answers.ok) return fail(shell, answers.error)
    const given = answers?.value ?? NO_ANSWERS
    const { drawing: text } = drawing.value
    const grade = await gradeDrawing(world, { id, drawing: text, answers: given, seconds, par })
    if (!grade.ok) return fail(shell, grade.error)
    shell.out(values.json ? json(gradeForPrograms(id, grade.value)) : gradeForPeople(grade.value))
    return EXIT.ok
  })
}
