/** The simulator against what is known: closed forms, published results. */
export { CASES, type Case } from './cases.ts'
export { type HpaResult, hpaResults } from './hpa-vectors.ts'
export { endingOf, HIDDEN_CAPACITY, modelOf, SCENARIOS, type Scenario, shareStuck } from './metastability.ts'
export { judge, LITTLE, NARROW, replicate, runToEnd, type Verdict } from './replicate.ts'
