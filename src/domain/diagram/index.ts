export type { Diagram } from './diagram.ts'
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
  buildVocabulary,
  type Collision,
  displayName,
  type Resolution,
  resolve,
  type Vocabulary,
  withNames,
} from './vocabulary.ts'
