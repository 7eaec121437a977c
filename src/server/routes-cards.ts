import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { answerCard, cards, removeDeck, undoCardAnswer } from '#app/cards.ts'
import type { World } from '#app/ports.ts'
import type { Problem } from '#app/views.ts'
import type { Result } from '#lib/result.ts'
import { idempotencyKey, jsonBody } from './inputs.ts'

const answerBody = z.strictObject({
  rating: z.enum(['again', 'hard', 'good', 'easy']),
  seconds: z.number().min(0).max(86_400).nullable(),
})

type Send = <T>(c: Context, outcome: Result<T, Problem>) => Response

/** Private question cards and their decks. */
export const cardRoutes = (world: World, send: Send) =>
  new Hono()
    .get('/cards', async (c) => send(c, await cards(world, { first: null })))
    .post('/cards/:id/answer', jsonBody(answerBody), async (c) => {
      const input = { card: c.req.param('id'), ...c.req.valid('json'), event: idempotencyKey(c) }
      return send(c, await answerCard(world, input))
    })
    .post('/cards/answers/:answer/undo', async (c) =>
      send(c, await undoCardAnswer(world, { answer: c.req.param('answer') })),
    )
    .delete('/decks/:deck', async (c) => send(c, await removeDeck(world, { deck: c.req.param('deck') })))
