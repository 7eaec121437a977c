import { clipParameters } from 'ts-fsrs'
import { DEFAULT_PARAMETERS } from '#domain/memory/index.ts'
import { type FitRecord, type LearnerState, settingsOf } from './state.ts'

/** The parameters that count for a learner's memory, and the fit that they come from; null for the defaults. */
export interface Parameters {
  readonly parameters: readonly number[]
  readonly fit: FitRecord | null
}

/** Those of the last fit that was adopted, where the learner wants their own. */
export function parametersOf(state: LearnerState): Parameters {
  if (!settingsOf(state).ownParameters) return { parameters: DEFAULT_PARAMETERS, fit: null }
  const fit = state.fits.findLast(({ adopted }) => adopted) ?? null
  return { parameters: fit === null ? DEFAULT_PARAMETERS : bounded(fit.parameters), fit }
}

/** From when which parameters counted, oldest first; from −∞ on the defaults. Times in Unix ms. */
export function parameterPeriods(
  state: LearnerState,
): { readonly from: number; readonly parameters: readonly number[] }[] {
  const first = { from: -Infinity, parameters: DEFAULT_PARAMETERS }
  if (!settingsOf(state).ownParameters) return [first]
  const adopted = state.fits.filter((fit) => fit.adopted)
  return [first, ...adopted.map(({ at, parameters }) => ({ from: at, parameters: bounded(parameters) }))]
}

const known = new WeakMap<readonly number[], readonly number[]>()

/** Within the ranges of the optimizer, whatever an imported log says; the same object for the same fit. */
function bounded(parameters: readonly number[]): readonly number[] {
  const before = known.get(parameters)
  if (before) return before
  const clipped = clipParameters([...parameters], 0, false)
  known.set(parameters, clipped)
  return clipped
}
