import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { contrastView, finishContrast, undoContrast } from '#app/contrast.ts'
import { mistakes, mistakesOfAttempt, noteMistake } from '#app/mistakes.ts'
import type { World } from '#app/ports.ts'
import type { Problem } from '#app/views.ts'
import type { Result } from '#lib/result.ts'
import { idempotencyKey, jsonBody } from './inputs.ts'

const noteBody = z.strictObject({
  /** The line of the grade that it is about. */
  line: z.string().min(1).max(500),
  kind: z.enum(['conceptual', 'procedural', 'factual', 'application']),
  cause: z.string().max(1000),
  correction: z.string().max(1000),
})
const side = <T extends z.ZodType>(of: T) => z.array(of).min(1).max(2)
const contrastBody = z.strictObject({
  diagrams: side(z.string().max(200)),
  /** In the notation, with the blanks named. */
  drawings: side(z.string().max(200_000)),
  seconds: z.number().min(0).max(86_400).nullable(),
})

type Send = <T>(c: Context, outcome: Result<T, Problem>) => Response

/** The error log, notes in it, and contrast drills. */
export const mistakeRoutes = (world: World, send: Send) =>
  new Hono()
    .get('/mistakes', async (c) => send(c, await mistakes(world)))
    .get('/attempts/:id/mistakes', async (c) =>
      send(c, await mistakesOfAttempt(world, { attempt: c.req.param('id') })),
    )
    .post('/attempts/:id/mistakes', jsonBody(noteBody), async (c) =>
      send(c, await noteMistake(world, { attempt: c.req.param('id'), ...c.req.valid('json') })),
    )
    .get('/contrast/:drill', async (c) => send(c, await contrastView(world, { drill: c.req.param('drill') })))
    .post('/contrast/:drill', jsonBody(contrastBody), async (c) => {
      const input = { drill: c.req.param('drill'), ...c.req.valid('json'), event: idempotencyKey(c) }
      return send(c, await finishContrast(world, input))
    })
    .post('/contrast/drilled/:drilled/undo', async (c) =>
      send(c, await undoContrast(world, { drilled: c.req.param('drilled') })),
    )
