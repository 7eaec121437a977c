/** Discrete events: a design under load and faults. Deterministic for a seed; virtual time; no clock of its own. */
export { checkModel } from './check.ts'
export * from './design-api.ts'
export type * from './model.ts'
export type * from './run.ts'
export { startRun } from './start.ts'
