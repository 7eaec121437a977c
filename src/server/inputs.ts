import type { Context } from 'hono'
import { validator } from 'hono/validator'
import { z } from 'zod'
import type { Problem } from '#app/views.ts'
import { settings } from '#domain/progress/index.ts'
import { isUuid } from '#lib/ids.ts'

/** What clients send. Limits here only bound the size; what a drawing means is the use case's business. */

const seconds = z.number().min(0).max(86_400)
const words = z.record(z.string().max(80), z.string().max(500))

const attemptBody = z.strictObject({
  /** In the notation. */
  drawing: z.string().max(1_000_000),
  places: z.record(z.string().max(300), z.strictObject({ x: z.number(), y: z.number() })),
  answers: z.strictObject({ facts: words, context: words }),
  seconds,
  hints: z.number().int().min(0).max(1000),
  part: z.string().max(40).nullable().default(null),
  /** The clock that the learner chose. */
  par: z.number().min(1).max(43_200).nullable().default(null),
})
/** Only what is handed in was expected to be something. */
const confidence = z.number().min(0).max(100).nullable().default(null)
export const finishedBody = attemptBody.extend({ confidence })
export const draftBody = attemptBody.extend({ stage: z.enum(['draw', 'answer']) })
export const learnedBody = z.strictObject({ seconds })
export const appealBody = z.strictObject({
  /** The element's kind and label as the grade showed them. */
  kind: z.string().min(1).max(20),
  label: z.string().min(1).max(500),
  given: z.string().max(500),
  says: z.string().max(2000),
  /** The elements that belong together, as the grade names them, where it did not pair them itself. */
  drawn: z.string().max(1000).nullish(),
  reference: z.string().max(1000).nullish(),
})
export const appealPreviewBody = appealBody.omit({ says: true })
/** Without `mark` nothing is recorded: the answer is revealed, so that the learner can mark their own. */
export const mutationBody = z.strictObject({
  answer: z.string().trim().min(1).max(5000),
  mark: z.enum(['missed', 'partly', 'got-it']).optional(),
})
export const settingsBody = settings.partial()

/** A body that is JSON of this schema, or 400 with a `Problem` that names the first field that is not. */
export const jsonBody = <S extends z.ZodType>(schema: S) =>
  validator('json', (value: z.input<S>, c): z.output<S> | ReturnType<typeof refused> => {
    // Any page may make a browser send plain text or a form; JSON it may send only where the server agrees.
    if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return refused(c, null)
    const parsed = schema.safeParse(value)
    return parsed.success ? parsed.data : refused(c, parsed.error)
  })

function refused(c: Context, error: z.ZodError | null) {
  if (error === null) {
    const message = 'The body is not JSON.'
    return c.json({ code: 'bad-input', message, mend: 'Send it as application/json.' } satisfies Problem, 415)
  }
  const issue = error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? 'The body' : `"${issue.path.join('.')}"`
  const problem: Problem = {
    code: 'bad-input',
    message: `${where} is not right: ${issue?.message ?? 'unknown reason'}.`,
    mend: 'Reload the page and try again.',
  }
  return c.json(problem, 400)
}

/** A client that repeats a request after a failure sends the same key, and the attempt is recorded once. */
export function idempotencyKey(c: Context): string | null {
  const key = c.req.header('idempotency-key')?.toLowerCase() ?? null
  return key !== null && isUuid(key) ? key : null
}
