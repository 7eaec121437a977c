import { err, type Result } from '#lib/result.ts'
import type { StoreProblem } from './ports.ts'
import type { Problem } from './views.ts'

/** Failures as values, each with what to do next. */

const failed = (code: Problem['code']) => (message: string, mend: string) =>
  err<Problem>({ code, message, mend })

export const notFound = failed('not-found')
export const badInput = failed('bad-input')

export const storage = ({ message, mend }: StoreProblem): Result<never, Problem> =>
  err({ code: 'storage', message, mend })
