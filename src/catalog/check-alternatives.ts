import { readVariants, resolve } from '#domain/diagram/index.ts'
import { gradeAttempt } from '#domain/grading/index.ts'
import { parseQuantity } from '#lib/quantity.ts'
import type { CheckedDiagram } from './check.ts'
import { gradedLabels } from './graded-labels.ts'

const NOTHING = { facts: {}, context: {} }

/** Every way to draw it that the content lists can be read, has labels of the vocabulary, and earns what the reference earns. */
export function checkAlternatives({ item, diagram, report }: CheckedDiagram): void {
  const { variants, problems } = readVariants(diagram)
  for (const { alternative, message, mend } of problems) report(['alternatives', alternative], message, mend)
  for (const [i, { name }] of item.alternatives.entries())
    if (item.alternatives.findIndex((one) => one.name === name) < i)
      report(['alternatives', i], `\`${name}\` stands twice`, 'call one of them otherwise')
  const plain = { ...diagram, item: { ...item, alternatives: [] } }
  for (const { names, diagram: variant } of variants.slice(1)) {
    const at = item.alternatives.findIndex(({ name }) => name === names.at(-1))
    const path = ['alternatives', at]
    const attempt = { drawing: variant.drawing, answers: NOTHING, seconds: null }
    const { structure, proven } = gradeAttempt(diagram, attempt)
    if (structure.score !== structure.max || !proven)
      report(path, `${names.join(', ')}: drawn so it grades ${structure.score.toFixed(1)} of 40`, SAY_APART)
    if (names.length > 1) continue
    for (const { label, what } of gradedLabels(variant.drawing))
      if (resolve(diagram.vocabulary, label)?.how !== 'name' && !(what === 'cell' && parseQuantity(label)))
        report(path, `${what} \`${label}\` is off the vocabulary`, 'use a concept, or list it under `names`')
    const share = gradeAttempt(plain, attempt).structure.score / structure.max
    if (share === 1) report(path, 'it loses nothing anyway', 'drop it')
    if (share < 0.5)
      report(
        path,
        'it keeps less than half of the drawing',
        'choose what answers the question in the same way',
      )
  }
}

const SAY_APART = 'make its labels tell one from another'
