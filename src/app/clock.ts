import type { Settings } from '#domain/progress/index.ts'

/** A drawing's clock as the learner's settings have it, in seconds. */
export const clockOf = (par: number, { clockPercent }: Pick<Settings, 'clockPercent'>): number =>
  clockPercent === 100 ? par : Math.round((par * clockPercent) / 100)
