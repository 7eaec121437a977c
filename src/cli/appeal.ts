import { appeal, previewAppeal } from '#app/appeal.ts'
import type { World } from '#app/ports.ts'
import { progress } from '#app/progress.ts'
import { result } from '#app/result.ts'
import type { ResultView } from '#app/views.ts'
import type { GradedElement } from '#domain/grading/index.ts'
import { readArguments } from './arguments.ts'
import { EXIT, fail, Usage } from './exit.ts'
import { json, points } from './print.ts'
import type { Command, Shell } from './run.ts'
import { withWorld } from './with-world.ts'

const SAYS_MOST = 2000

export const appealCommand: Command = async (args, shell) => {
  const options = {
    with: { type: 'string' },
    says: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = readArguments(args, options, { least: 1, most: 2, called: 'ATTEMPT' })
  const [attempt = '', line] = positionals
  const says = values.says ?? ''
  if (says.length > SAYS_MOST) throw new Usage(`--says takes at most ${SAYS_MOST} characters.`)
  if (line === undefined && (values.with !== undefined || values.says !== undefined))
    throw new Usage('LINE is missing: which line of the grade is it about?')
  return withWorld(shell, values.data, async (world) => {
    const id = attempt === 'last' ? await lastAttempt(world) : attempt
    const view = await result(world, { attempt: id })
    if (!view.ok) return fail(shell, view.error)
    if (line === undefined) return list(shell, view.value, values.json ?? false)
    const about = lineOf(view.value, line)
    const other = values.with === undefined ? null : lineOf(view.value, values.with)
    const claim = { attempt: id, ...claimOf(about, other), says }
    return make(world, shell, claim, { dry: values['dry-run'] ?? false, asJson: values.json ?? false })
  })
}

async function lastAttempt(world: World): Promise<string> {
  const seen = await progress(world)
  return seen.ok ? (seen.value.recent.find(({ undone }) => !undone)?.attempt ?? '') : ''
}

/** What lost points, in the order of the grade: people and programs speak of these lines by number, from 1. */
const lostIn = ({ grade }: ResultView): readonly GradedElement[] =>
  grade.elements.filter(({ verdict }) => verdict !== 'matched')

function lineOf(view: ResultView, number: string): GradedElement {
  const lost = lostIn(view)
  const found = /^\d{1,4}$/.test(number) ? lost[Number(number) - 1] : undefined
  if (found === undefined)
    throw new Usage(
      `"${number}" is no line of this grade: it has ${lost.length === 0 ? 'none' : `1 to ${lost.length}`}.`,
    )
  return found
}

function claimOf(about: GradedElement, other: GradedElement | null) {
  const [drawn, reference] = [about.drawn ?? other?.drawn, about.reference ?? other?.reference]
  if (
    other !== null &&
    (other.kind !== about.kind || !drawn || !reference || (about.drawn && about.reference))
  )
    throw new Usage('--with pairs a missing line with an extra one of the same kind.')
  const mine = about.drawn ? about.label : other?.label
  const given = about.answer?.given ?? mine ?? ''
  return { kind: about.kind, label: about.label, given: given.slice(0, 500), drawn, reference }
}

function list(shell: Shell, view: ResultView, asJson: boolean): number {
  const lost = lostIn(view).map(({ kind, label, verdict, because, points: earned, of }, i) => {
    return { line: i + 1, kind, label, verdict, points: earned, of, because }
  })
  if (asJson) {
    shell.out(json({ attempt: view.attempt, id: view.card.id, total: view.grade.total, lines: lost }))
    return EXIT.ok
  }
  const rows = lost.map(({ line, kind, label, verdict, because, points: earned, of }) => {
    const head = `${String(line).padStart(3)}  ${verdict.padEnd(8)} ${kind.padEnd(8)} ${label}`
    return `${head}  ${points(earned)}/${points(of)}\n     ${because}\n`
  })
  const how = rows.length === 0 ? 'Nothing was lost.\n' : '\natlas appeal ATTEMPT LINE --says WHY\n'
  shell.out(`${view.card.id}, ${points(view.grade.total)} of 100\n${rows.join('')}${how}`)
  return EXIT.ok
}

async function make(
  world: World,
  shell: Shell,
  claim: Parameters<typeof appeal>[1],
  { dry, asJson }: { readonly dry: boolean; readonly asJson: boolean },
): Promise<number> {
  const told = await previewAppeal(world, claim)
  if (!told.ok) return fail(shell, told.error)
  const { accepts, before, after, because } = told.value
  const made = dry ? null : await appeal(world, claim)
  if (made !== null && !made.ok) return fail(shell, made.error)
  const mine = made?.value.appeals.findLast(({ kind, label }) => kind === claim.kind && label === claim.label)
  if (asJson)
    shell.out(json({ appeal: mine?.id ?? null, accepts: mine?.accepts ?? null, before, after, because }))
  else {
    const grade = accepts
      ? `${points(before)} of 100 ${dry ? 'would be' : 'is now'} ${points(after)}.`
      : because
    const words = `Your words about ${claim.kind} ${claim.label} are kept; the grade stays. `
    const kept = dry ? '' : accepts ? `${mine?.accepts ?? ''}. ` : words
    // What was accepted is no line any more: the numbers of those after it move up.
    const anew = accepts && !dry ? ' The lines that are left are numbered anew.' : ''
    shell.out(`${kept}${grade}${anew}\n`)
    if (mine) shell.out(`atlas appeals withdraw ${mine.id} takes it back.\n`)
  }
  return EXIT.ok
}
