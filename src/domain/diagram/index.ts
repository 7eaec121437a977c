export type { Diagram } from './diagram.ts'
export { findElements, nameOf } from './elements.ts'
export {
  type Arrow,
  type Drawing,
  type DrawnEdge,
  type DrawnGroup,
  type DrawnNode,
  type ElementId,
  elementsOf,
  emptyDrawing,
  FORMS,
  type Form,
  isLinked,
  type LinkedDrawing,
  type LinkedForm,
  type MatrixDrawing,
  type MatrixRow,
  type TimelineDrawing,
  type TimelineEvent,
} from './model.ts'
export {
  describeProblem,
  edgeId,
  joinPath,
  LIMITS,
  type NotationProblem,
  type ParsedDrawing,
  parseDrawing,
  printDrawing,
  quoteSegment,
  sameName,
  splitPath,
} from './notation/index.ts'
export {
  buildVocabulary,
  type Collision,
  displayName,
  type Resolution,
  resolve,
  type Vocabulary,
  withNames,
} from './vocabulary.ts'
export { type RevealStep, type Walkthrough, walkthrough } from './walkthrough.ts'
