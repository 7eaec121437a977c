export { CONCEPT_KINDS, type Concept, conceptFile, localName } from './concept.ts'
export {
  CATEGORIES,
  type Category,
  type ContextSlot,
  type DiagramItem,
  diagramId,
  diagramItem,
  type Fact,
  type Source,
  sourceFile,
  type WalkthroughStep,
} from './item.ts'
export { LAYERS, type Layer } from './layers.ts'
export { ownNames } from './names.ts'
