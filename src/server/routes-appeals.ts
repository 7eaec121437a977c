import { type Context, Hono } from 'hono'
import { appeal, previewAppeal } from '#app/appeal.ts'
import { appeals } from '#app/appeals.ts'
import type { World } from '#app/ports.ts'
import { applyRegrade, previewRegrade, undoRegrade } from '#app/regrade.ts'
import { suggestionsFile } from '#app/suggestions-yaml.ts'
import type { Problem } from '#app/views.ts'
import { withdrawAppeal } from '#app/withdraw-appeal.ts'
import type { Result } from '#lib/result.ts'
import { appealBody, appealPreviewBody, jsonBody } from './inputs.ts'

type Send = <T>(c: Context, outcome: Result<T, Problem>) => Response
type Status = Readonly<Record<Problem['code'], 400 | 404 | 500 | 503>>

/** Appeals against a grade, what they suggest to the content, and grading old attempts anew. */
export const appealRoutes = (world: World, send: Send, status: Status) =>
  new Hono()
    .post('/attempts/:id/appeals', jsonBody(appealBody), async (c) =>
      send(c, await appeal(world, { attempt: c.req.param('id'), ...c.req.valid('json') })),
    )
    .post('/attempts/:id/appeals/preview', jsonBody(appealPreviewBody), async (c) =>
      send(c, await previewAppeal(world, { attempt: c.req.param('id'), ...c.req.valid('json') })),
    )
    .get('/appeals', async (c) => send(c, await appeals(world)))
    .get('/appeals/suggestions', async (c) => {
      const file = await suggestionsFile(world)
      if (!file.ok) return c.json(file.error, status[file.error.code])
      return c.body(file.value, 200, {
        'content-type': 'application/yaml; charset=utf-8',
        'content-disposition': 'attachment; filename="atlas-suggestions.yaml"',
      })
    })
    .get('/regrade', async (c) => send(c, await previewRegrade(world)))
    .post('/regrade', async (c) => send(c, await applyRegrade(world)))
    .delete('/regrade', async (c) => send(c, await undoRegrade(world)))
    .delete('/appeals/:id', async (c) => send(c, await withdrawAppeal(world, { appeal: c.req.param('id') })))
