import {
  FIT_FROM,
  type FitSequence,
  fitAgainFrom,
  fitSequence,
  judgedReviews,
  judgeFit,
  splitForFit,
} from '#domain/memory/index.ts'
import { type FitRecord, histories, parametersOf } from '#domain/progress/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type Learner, loadLearner } from './learner.ts'
import type { World } from './ports.ts'
import { badInput } from './problem.ts'
import { record } from './record.ts'
import type { Problem } from './views.ts'
import type { FitOutcome, FitView } from './views-memory.ts'

/**
 * Fits the learner's own parameters to the earlier reviews, lets the later ones judge, and records both the parameters and the
 * evidence, adopted or not. Until that one event is recorded nothing has changed, so it may be stopped at any moment.
 */
export async function fitMemory(
  world: World,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Result<FitOutcome, Problem>> {
  const learner = await loadLearner(world)
  if (!learner.ok) return learner
  const sequences = sequencesOf(world, learner.value)
  const reviews = judgedReviews(sequences)
  const split = splitForFit(sequences)
  if (split === null || reviews < FIT_FROM) {
    return badInput(
      `You have ${reviews} recalls that a fit can learn from, and it needs ${FIT_FROM}.`,
      'Until then the defaults serve better: they come from the reviews of thousands of learners.',
    )
  }
  const fitted = await world.fitParameters(split.training, onProgress, signal)
  if (!fitted.ok) return err({ code: 'fault', ...fitted.error })
  const { parameters, optimizer } = fitted.value
  const inForce = parametersOf(learner.value.state)
  const standing = { parameters: inForce.parameters, isOwn: inForce.fit !== null }
  const verdict = judgeFit(sequences, split.from, standing, parameters)
  const { heldOut, lossBefore, lossAfter, adopted, because } = verdict
  const payload = {
    parameters: [...parameters],
    optimizer,
    trained: judgedReviews(split.training),
    heldOut,
    lossBefore,
    lossAfter,
    adopted,
    because,
  }
  const recorded = await record(
    world,
    { type: 'memory.fitted', payload },
    { after: learner.value.state.fits.at(-1)?.at ?? -Infinity },
  )
  if (!recorded.ok) return recorded
  return ok(outcomeOf({ ...payload, at: world.clock.now() }))
}

const sequencesOf = ({ catalogue }: World, { state }: Learner): FitSequence[] =>
  [...histories(state, catalogue.items).values()].map(fitSequence)

const outcomeOf = ({ at, ...fit }: Omit<FitRecord, 'id'>): FitOutcome => {
  const { trained, heldOut, lossBefore, lossAfter, adopted, because } = fit
  const iso = new Date(at).toISOString()
  return { at: iso, trained, heldOut, lossBefore, lossAfter, adopted, because }
}

/** One fit at a time, begun by hand or by itself; what it is at is asked for. */
export interface Fitter {
  view(): Promise<Result<FitView, Problem>>
  /** Begins one, unless one is running. */
  begin(): void
  /** Begins one where there are enough new reviews. */
  consider(): Promise<void>
  stop(): void
}

export function createFitter(world: World): Fitter {
  let running: { share: number; readonly controller: AbortController } | null = null
  let failure: string | null = null
  let wasStopped = false

  function begin(): void {
    if (running !== null) return
    const own = { share: 0, controller: new AbortController() }
    running = own
    failure = null
    wasStopped = false
    const onProgress = (share: number) => {
      own.share = share
    }
    fitMemory(world, onProgress, own.controller.signal)
      .then((outcome) => {
        if (!outcome.ok && !own.controller.signal.aborted)
          failure = `${outcome.error.message} ${outcome.error.mend}`
      })
      .catch((error: unknown) => {
        failure = `The fit failed: ${error instanceof Error ? error.message : String(error)}`
      })
      .finally(() => {
        running = null
      })
  }

  async function view(): Promise<Result<FitView, Problem>> {
    const learner = await loadLearner(world)
    if (!learner.ok) return learner
    const { state } = learner.value
    const last = state.fits.at(-1) ?? null
    return ok({
      reviews: judgedReviews(sequencesOf(world, learner.value)),
      nextFrom: fitAgainFrom(last),
      inForce: parametersOf(state).fit === null ? 'default' : 'own',
      running: running === null ? null : { share: running.share },
      failure,
      last: last === null ? null : outcomeOf(last),
    })
  }

  return {
    view,
    begin,
    async consider() {
      // Stopped or failed it waits to be asked: else it would begin, and might fail, at every recall.
      if (running !== null || failure !== null || wasStopped) return
      const learner = await loadLearner(world)
      if (!learner.ok || !learner.value.settings.ownParameters) return
      const last = learner.value.state.fits.at(-1) ?? null
      if (judgedReviews(sequencesOf(world, learner.value)) >= fitAgainFrom(last)) begin()
    },
    stop() {
      wasStopped ||= running !== null
      running?.controller.abort()
    },
  }
}
