import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FORMS } from '#domain/diagram/index.ts'
import { gradeAttempt } from '#domain/grading/index.ts'
import { diagramOf, misrememberAny, randomReference, SOME_SLIPS } from '#domain/grading/trials.ts'
import { seeded } from '#lib/random.ts'
import { gradeForPeople, gradeForPrograms } from './print-grade.ts'

test('every point that was lost is one element with its sentence, for people and for programs', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FORMS), fc.integer({ min: 0, max: 2 ** 31 }), (form, seed) => {
      const random = seeded(seed)
      const reference = randomReference(random, form)
      const drawing = misrememberAny(random, reference, SOME_SLIPS)
      const answers = { facts: {}, context: { 'used-by': 'nobody' } }
      const grade = gradeAttempt(diagramOf(reference), { drawing, answers, seconds: 200 })
      const { total, elements } = gradeForPrograms('patterns/trial', grade)
      const lost = elements.filter(({ points, of }) => of - points > 1e-6)
      expect(lost.reduce((sum, { points, of }) => sum + of - points, 0)).toBeCloseTo(100 - total, 3)
      const text = gradeForPeople(grade)
      for (const { label, because } of lost) {
        expect(because).not.toBe('')
        expect(text).toContain(label)
        expect(text).toContain(`\n           ${because}\n`)
      }
    }),
  )
})
