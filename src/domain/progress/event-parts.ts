import { z } from 'zod'
import { diagramId } from '#domain/curriculum/index.ts'
import { isUuid } from '#lib/ids.ts'

/**
 * What happened, for ever. Every payload has a version `v`; a new shape is a new version beside the old one, and the old
 * one stays readable (frozen in `fixtures/`). Times are ISO 8601 in UTC with milliseconds.
 */
export const base = {
  id: z.string().refine(isUuid, 'not a UUID'),
  learner: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[A-Za-z0-9_.@-]+$/),
  at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
    // One that is on no calendar (`2026-99-99…`) would make every state after it fail.
    .refine((at) => Number.isFinite(Date.parse(at)), 'no such time'),
  v: z.literal(1),
}
export const diagram = diagramId.max(200)
export const revision = z.number().int().min(1)
export const points = z.number().min(0).max(100)
export const seconds = z.number().min(0).max(86_400)
/** Up to twice par something is earned for speed. */
export const par = z.number().min(1).max(43_200)
export const answers = z.strictObject({
  facts: z.record(z.string().max(80), z.string().max(500)),
  context: z.record(z.string().max(80), z.string().max(500)),
})
export const place = z.strictObject({ x: z.number(), y: z.number() })
export const scores = z.strictObject({
  total: points,
  structure: points,
  technical: points,
  context: points,
  speed: points,
  proven: z.boolean(),
})
/** What a grade was made by and against, its scores, and the lines that lost something: `missing node node:cache`. */
export const graded = {
  revision,
  grader: z.string().max(20),
  grade: scores,
  lost: z.array(z.string().max(500)).max(2000),
}
/** The appeals that a grade counts, by their ids. */
export const counts = z.array(base.id).max(1000)
