/** The simulator against what is known: closed forms, published results. */
export { CASES, type Case } from './cases.ts'
export { type HpaResult, hpaResults } from './hpa-vectors.ts'
export {
  endingOf,
  isNear,
  type Judged,
  judgeScenario,
  SCENARIOS,
  type Scenario,
  SEEDS,
} from './metastability.ts'
export { judge, NARROW, replicate, type Verdict } from './replicate.ts'
