export { writeOut } from './abbreviations.ts'
export type { Diagram } from './diagram.ts'
export {
  addGroup,
  addNode,
  cleanLabel,
  connect,
  follow,
  groupsAround,
  moveInto,
  movePlaces,
  relabel,
  remove,
  reverse,
  type Sheet,
  setArrow,
  shiftEdge,
  shiftNode,
} from './edit.ts'
export { commit, type History, redo, startHistory, undo } from './edit-history.ts'
export { groupBoxes, nodeBoxes, placeNew, type Sizes, sizesOf } from './edit-place.ts'
export {
  addColumn,
  addEvent,
  addRow,
  pasteCells,
  pastedCells,
  removeColumn,
  removeEvent,
  removeRow,
  setCell,
  setEvent,
  shiftEvent,
  shiftRow,
} from './edit-tables.ts'
export { findElements, findThisWay, nameOf } from './elements.ts'
export { type EntryContext, type EntryProblem, named, readEntry } from './entry.ts'
export {
  buildCompletions,
  type Completion,
  type CompletionIndex,
  complete,
  type OwnName,
  type Typing,
  typingAt,
} from './entry-complete.ts'
export { readMatrixEntry, readTimelineEntry } from './entry-tables.ts'
export type {
  D2Diagram,
  Detected,
  ExportProblem,
  Format,
  FormatProblem,
  Imported,
  ImportInput,
  MermaidDiagram,
  Parsers,
  SnapQuestion,
} from './formats/index.ts'
export {
  type Box,
  countCrossings,
  type Defect,
  type Effort,
  type ElkNode,
  type ElkOptions,
  faceOf,
  findDefects,
  fromElk,
  LAYOUT_VERSION,
  type LaidEdge,
  type LaidGroup,
  type LaidOut,
  type LinkedLayout,
  layoutAtOnce,
  layoutDrawing,
  layoutHash,
  type MatrixLayout,
  monoWidth,
  nodeLooks,
  type Places,
  type Point,
  placeDrawing,
  type RunElk,
  type SequenceLayout,
  type TimelineLayout,
  tenth,
  textWidth,
  toElk,
  wrapLabel,
} from './layout/index.ts'
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
export { hiddenWith, occluded } from './occlude.ts'
export {
  COLOURS,
  DRAWING_CSS,
  type Drawn,
  describe,
  FONT,
  type Icon,
  type Mark,
  PALETTE,
  type Picture,
  pictureOf,
  type RenderOptions,
  render,
  renderStandalone,
  type StandaloneOptions,
  THEMES,
  type Theme,
} from './render/index.ts'
export {
  type AlternativeProblem,
  readVariants,
  VARIANTS_MAX,
  type Variant,
  variantNamed,
  variantsOf,
} from './variants.ts'
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

/** The readers and writers of other tools' files: loaded when the first of them is needed. */
export const loadFormats = () => import('./formats/index.ts')
