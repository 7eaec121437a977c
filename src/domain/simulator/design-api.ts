/** Designs as files: what the index of this room names of them. */
export {
  type AskedObjective,
  type DesignFile,
  designFile,
  type EdgeNumbers,
  edgeNumbers,
  type NodeNumbers,
  nodeNumbers,
} from './design.ts'
export { type Change, changeDesign, mendDesign } from './design-change.ts'
export { compileDesign, KEYS, placeProblem } from './design-compile.ts'
export { type Cost, type CostLine, costOf } from './design-cost.ts'
export { ROLE_TABLE, ROLES, type Role, TABLED_CONCEPTS } from './design-defaults.ts'
export { FAULT_WORDS, readFault, type WrittenFault } from './design-fault.ts'
export { designJsonSchema } from './design-json-schema.ts'
export { keysAt, mendOfKey } from './design-keys.ts'
export { kindsOf, type RequestKind, type Workload, workload } from './design-load.ts'
export type { DesignProblem } from './design-places.ts'
export { type Priced, type PriceFile, type PriceTables, priceFile } from './design-prices.ts'
export { readDuration, readFactor } from './design-quantity.ts'
export {
  type Assumption,
  type Design,
  type DesignEdge,
  type DesignNode,
  type ResolvedDesign,
  resolveDesign,
} from './design-resolve.ts'
export { readTrace, traceFiles, withTrace } from './design-trace.ts'
export {
  type Difference,
  differences,
  type Figures,
  figuresOf,
  type MeanInterval,
  meanInterval,
  type Pace,
  type Ran,
  runModel,
} from './report-run.ts'
export { type Knee, kneeOf, readSweep, type Sweep } from './report-sweep.ts'
export { type Warning, warningsOf } from './report-warnings.ts'
