import type { LearnerEvent } from '#domain/progress/index.ts'
import { uuidv7 } from '#lib/ids.ts'

const START = Date.UTC(2026, 0, 5)

/** The n-th event of a learner: ids are in the order of n. */
export function event(learner: string, n: number, answer = `answer ${n}`): LearnerEvent {
  const id = uuidv7(START + n, new Uint8Array(10).fill(7))
  return {
    id,
    learner,
    at: new Date(START + n).toISOString(),
    type: 'mutation.answered',
    v: 1,
    payload: { attempt: id, diagram: 'patterns/sharding', answer, mark: 'partly' },
  }
}

/** The n of an event's id. */
export const numberOf = (one: LearnerEvent): number => Date.parse(one.at) - START
