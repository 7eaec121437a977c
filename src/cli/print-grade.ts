import type { Grade, GradedElement, Verdict } from '#domain/grading/index.ts'
import { points } from './print.ts'

const round = (value: number): number => Math.round(value * 1e6) / 1e6

/** The shape of `grade --json`, in docs/cli.md. */
export const gradeForPrograms = (id: string, grade: Grade) => ({
  id,
  grader: grade.grader,
  total: round(grade.total),
  structure: part(grade.structure),
  technical: part(grade.technical),
  context: part(grade.context),
  speed: part(grade.speed),
  proven: grade.proven,
  against: grade.against,
  elements: grade.elements.map(({ kind, label, verdict, points: earned, of, because }) => ({
    kind,
    label,
    verdict,
    points: round(earned),
    of: round(of),
    because,
  })),
})

const part = ({ score, max }: Grade['structure']) => ({ score: round(score), max })

/** What was lost comes before what was won. */
const ORDER: readonly Verdict[] = ['missing', 'wrong', 'reversed', 'extra', 'matched']

/** How much of a total the learner's appeals have won, and the elements that they are about, by their places. */
export interface Appealed {
  readonly points: number
  readonly elements: ReadonlySet<number>
}

/** The grade with its evidence: each element that lost something, or won it on appeal, with its reason, the rest by name. */
export function gradeForPeople(grade: Grade, appealed: Appealed | null = null): string {
  const score = (name: string, { score: earned, max }: Grade['structure']) =>
    `  ${name.padEnd(10)} ${points(earned).padStart(5)} of ${max}\n`
  const lost = grade.elements
    .filter(({ verdict }) => verdict !== 'matched')
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))
  const won = grade.elements.filter(({ verdict }) => verdict === 'matched')
  const onAppeal = won.filter((one) => appealed?.elements.has(grade.elements.indexOf(one)))
  const share = appealed && appealed.points > 0 ? `, of which ${points(appealed.points)} on appeal` : ''
  return [
    `${points(grade.total)} of 100${share}\n`,
    ...(grade.against.length > 0 ? [`  graded against: the reference, ${grade.against.join(', ')}\n`] : []),
    score('structure', grade.structure),
    score('technical', grade.technical),
    score('context', grade.context),
    score('speed', grade.speed),
    ...(lost.length > 0 ? ['\n', ...lost.map(line)] : []),
    ...(onAppeal.length > 0 ? ['\n', ...onAppeal.map(line)] : []),
    ...(won.length > 0 ? [`\nRight: ${won.map(({ label }) => label).join(' · ')}\n`] : []),
    ...(grade.proven
      ? []
      : ['\nThe best match was not proven within its bound; the grade is a lower bound.\n']),
  ].join('')
}

const line = ({ verdict, kind, label, points: earned, of, because }: GradedElement): string =>
  `  ${verdict.padEnd(8)} ${kind.padEnd(8)} ${label}  ${points(earned)}/${points(of)}\n           ${because}\n`
