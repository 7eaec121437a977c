export { referenceAnswers } from './answers.ts'
export {
  type Accepted,
  acceptedAnswer,
  acceptedCell,
  acceptedEdge,
  acceptedLabel,
  appealFor,
  type Claim,
  readAccepted,
  whyNoAppeal,
} from './appeals.ts'
export { type Answers, GRADER, type Grade, type GradedElement, type Part, type Verdict } from './grade.ts'
export { type Attempt, gradeAttempt } from './grade-attempt.ts'
export { inOwnWords } from './own-words.ts'
export { gradePart, lineName, partialPar, referenceGrade } from './part.ts'
export { pace, parSeconds } from './speed.ts'
