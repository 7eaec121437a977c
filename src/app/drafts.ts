import { z } from 'zod'
import type { Draft } from './views.ts'

const words = z.record(z.string(), z.string())
const draft = z.object({
  drawing: z.string(),
  places: z.record(z.string(), z.object({ x: z.number(), y: z.number() })),
  answers: z.object({ facts: words, context: words }),
  seconds: z.number(),
  hints: z.number(),
  part: z.string().nullable().default(null),
  par: z.number().nullable().default(null),
  stage: z.enum(['draw', 'answer']),
  at: z.string(),
})

/** A draft as it was saved; null where it is of a shape that is no longer read. */
export function readDraft(body: string): Draft | null {
  try {
    const parsed = draft.safeParse(JSON.parse(body))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
