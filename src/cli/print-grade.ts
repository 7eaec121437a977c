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

/** The grade with its evidence: each element that lost something with its reason, the rest by name. */
export function gradeForPeople(grade: Grade): string {
  const score = (name: string, { score: earned, max }: Grade['structure']) =>
    `  ${name.padEnd(10)} ${points(earned).padStart(5)} of ${max}\n`
  const lost = grade.elements
    .filter(({ verdict }) => verdict !== 'matched')
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))
  const won = grade.elements.filter(({ verdict }) => verdict === 'matched')
  return [
    `${points(grade.total)} of 100\n`,
    score('structure', grade.structure),
    score('technical', grade.technical),
    score('context', grade.context),
    score('speed', grade.speed),
    ...(lost.length > 0 ? ['\n', ...lost.map(line)] : []),
    ...(won.length > 0 ? [`\nRight: ${won.map(({ label }) => label).join(' · ')}\n`] : []),
    ...(grade.proven
      ? []
      : ['\nThe best match was not proven within its bound; the grade is a lower bound.\n']),
  ].join('')
}

const line = ({ verdict, kind, label, points: earned, of, because }: GradedElement): string =>
  `  ${verdict.padEnd(8)} ${kind.padEnd(8)} ${label}  ${points(earned)}/${points(of)}\n           ${because}\n`
