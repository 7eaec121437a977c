import { emptyDrawing, isLinked, resolve } from '#domain/diagram/index.ts'
import { gradeAttempt, referenceAnswers } from '#domain/grading/index.ts'
import type { CheckedDiagram } from './check.ts'

const NOTHING = { facts: {}, context: {} }

/** Every diagram proves its own grader: the reference earns everything, an empty canvas nothing. */
export function checkGrades({ diagram, report }: CheckedDiagram): void {
  const answers = referenceAnswers(diagram)
  const full = gradeAttempt(diagram, { drawing: diagram.drawing, answers, seconds: null })
  if (Math.abs(full.total - 100) > 1e-6) {
    const lost = full.elements.find((element) => element.points < element.of - 1e-9)
    const why = lost ? `: ${lost.label}, ${lost.because}` : ''
    report(
      ['drawing'],
      `the reference grades ${full.total.toFixed(1)}, not 100${why}`,
      'make its labels and answers tell one from another',
    )
  }
  if (!full.proven)
    report(
      ['drawing'],
      'the best mapping of the reference is not proven',
      'give twins different labels, or groups',
    )
  const empty = gradeAttempt(diagram, {
    drawing: emptyDrawing(diagram.item.form),
    answers: NOTHING,
    seconds: 0,
  })
  if (empty.total !== 0)
    report(
      ['drawing'],
      `an empty drawing grades ${empty.total}, not 0`,
      'report this: it is a fault of the grader',
    )
}

/** Above this share of the structure, two diagrams teach the same. */
const TWIN_SHARE = 0.8

/** Pairs of diagrams of one form that would grade above 80 against each other. */
export function findNearDuplicates(checked: readonly CheckedDiagram[]): void {
  const concepts = new Map(checked.map((one) => [one, conceptsOf(one)]))
  for (const [i, one] of checked.entries()) {
    for (const other of checked.slice(i + 1)) {
      if (one.item.form !== other.item.form) continue
      if (overlap(concepts.get(one), concepts.get(other)) < 0.4) continue
      const { structure } = gradeAttempt(one.diagram, {
        drawing: other.diagram.drawing,
        answers: NOTHING,
        seconds: 0,
      })
      const share = structure.score / structure.max
      if (share > TWIN_SHARE) {
        const message = `${Math.round(share * 100)}% the same drawing as \`${other.item.id}\``
        one.report(['drawing'], message, 'keep one of them, or draw what sets them apart')
      }
    }
  }
}

function conceptsOf({ diagram: { drawing, vocabulary } }: CheckedDiagram): Set<string> {
  const labels = isLinked(drawing)
    ? drawing.nodes.map((node) => node.label)
    : drawing.form === 'timeline'
      ? drawing.events.map((event) => event.label)
      : [...drawing.columns, ...drawing.rows.map((row) => row.label)]
  return new Set(labels.map((label) => resolve(vocabulary, label)?.concept ?? label))
}

/** Of the smaller set, the share that the other has too. */
function overlap(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  const common = [...a].filter((one) => b.has(one)).length
  return common / Math.max(1, Math.min(a.size, b.size))
}
