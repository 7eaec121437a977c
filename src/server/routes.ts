import { type Context, Hono } from 'hono'
import { answerMutation } from '#app/answer-mutation.ts'
import { attempt } from '#app/attempt.ts'
import { changeSettings } from '#app/change-settings.ts'
import { attemptFile, type DrawingFile, referenceFile } from '#app/drawing-file.ts'
import { drawingSvg } from '#app/drawing-svg.ts'
import { exportLog } from '#app/export-log.ts'
import { finishLearning } from '#app/finish-learning.ts'
import { createFitter } from '#app/fit-memory.ts'
import { learn } from '#app/learn.ts'
import { library } from '#app/library.ts'
import type { World } from '#app/ports.ts'
import { progress } from '#app/progress.ts'
import { recallView } from '#app/recall-view.ts'
import { result } from '#app/result.ts'
import { saveDraft } from '#app/save-draft.ts'
import { settingsView } from '#app/settings.ts'
import { today } from '#app/today.ts'
import { undoAttempt } from '#app/undo-attempt.ts'
import type { Problem } from '#app/views.ts'
import { vocabulary } from '#app/vocabulary.ts'
import type { Result } from '#lib/result.ts'
import {
  draftBody,
  finishedBody,
  idempotencyKey,
  jsonBody,
  learnedBody,
  mutationBody,
  settingsBody,
} from './inputs.ts'
import { appealRoutes } from './routes-appeals.ts'
import { cardRoutes } from './routes-cards.ts'
import { memoryRoutes } from './routes-memory.ts'
import { mistakeRoutes } from './routes-mistakes.ts'

/** What the routes need beside the world: facts about this installation, for the settings page. */
export interface Installation {
  readonly dataFolder: string
}

const STATUS = { 'not-found': 404, 'bad-input': 400, storage: 503, fault: 500 } as const

/**
 * Every route under /api. Answers are the views of `app/views.ts` as JSON; a failure is a `Problem` with a
 * fitting status. A diagram's id is two path segments, `:category/:slug`.
 */
export function apiRoutes(world: World, installation: Installation) {
  const fitter = createFitter(world)
  return new Hono()
    .use('/recall/*', async (c, next) => {
      await next()
      // Nobody waits for it, and the answer is on its way.
      if (c.req.method === 'POST' && c.res.ok) fitter.consider().catch(() => undefined)
    })
    .route('/memory', memoryRoutes(fitter))
    .get('/today', async (c) => send(c, await today(world)))
    .get('/library', async (c) => send(c, await library(world)))
    .get('/vocabulary', async (c) => send(c, await vocabulary(world)))
    .get('/icons', (c) => c.json(world.catalogue.icons))
    .get('/progress', async (c) => send(c, await progress(world)))
    .get('/settings', async (c) => send(c, await settingsView(world, installation)))
    .put('/settings', jsonBody(settingsBody), async (c) => {
      const changed = await changeSettings(world, c.req.valid('json'))
      return changed.ok ? send(c, await settingsView(world, installation)) : send(c, changed)
    })
    .get('/diagrams/:category/:slug/drawing.svg', async (c) => {
      const theme = c.req.query('theme')
      const drawn = await drawingSvg(world, {
        id: idOf(c),
        theme: theme === 'light' || theme === 'dark' ? theme : null,
      })
      if (!drawn.ok) return c.json(drawn.error, STATUS[drawn.error.code])
      return c.body(drawn.value, 200, { 'content-type': 'image/svg+xml; charset=utf-8' })
    })
    .get('/diagrams/:category/:slug/files/:format', async (c) =>
      sendFile(c, await referenceFile(world, { id: idOf(c), ...fileOf(c) })),
    )
    .get('/learn/:category/:slug', async (c) => send(c, await learn(world, { id: idOf(c) })))
    .post('/learn/:category/:slug/learned', jsonBody(learnedBody), async (c) =>
      send(c, await finishLearning(world, { id: idOf(c), ...c.req.valid('json') })),
    )
    .get('/recall/:category/:slug', async (c) => send(c, await recallView(world, { id: idOf(c) })))
    .put('/recall/:category/:slug/draft', jsonBody(draftBody), async (c) =>
      send(c, await saveDraft(world, { id: idOf(c), draft: c.req.valid('json') })),
    )
    .delete('/recall/:category/:slug/draft', async (c) =>
      send(c, await saveDraft(world, { id: idOf(c), draft: null })),
    )
    .post('/recall/:category/:slug/attempt', jsonBody(finishedBody), async (c) =>
      send(c, await attempt(world, { id: idOf(c), ...c.req.valid('json'), event: idempotencyKey(c) })),
    )
    .get('/attempts/:id', async (c) => send(c, await result(world, { attempt: c.req.param('id') })))
    .get('/attempts/:id/files/:format', async (c) =>
      sendFile(c, await attemptFile(world, { attempt: c.req.param('id'), ...fileOf(c) })),
    )
    .post('/attempts/:id/undo', async (c) =>
      send(c, await undoAttempt(world, { attempt: c.req.param('id') })),
    )
    .post('/attempts/:id/mutation', jsonBody(mutationBody), async (c) =>
      send(c, await answerMutation(world, { attempt: c.req.param('id'), ...c.req.valid('json') })),
    )
    .route('/', appealRoutes(world, send, STATUS))
    .route('/', mistakeRoutes(world, send))
    .route('/', cardRoutes(world, send))
    .get('/log', async (c) => {
      const log = await exportLog(world)
      if (!log.ok) return c.json(log.error, STATUS[log.error.code])
      return c.body(log.value, 200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': 'attachment; filename="atlas-log.jsonl"',
      })
    })
}

/** For `hc<AppType>('/api')`. */
export type AppType = ReturnType<typeof apiRoutes>

const idOf = (c: Context): string => `${c.req.param('category')}/${c.req.param('slug')}`

const fileOf = (c: Context) => ({
  as: c.req.param('format') ?? '',
  theme: c.req.query('theme') === 'dark' ? ('dark' as const) : ('light' as const),
})

/** A file to keep, never one to show: what stands in it is a learner's. */
function sendFile(c: Context, file: Result<DrawingFile, Problem>) {
  if (!file.ok) return c.json(file.error, STATUS[file.error.code])
  const { name, text } = file.value
  return c.body(text, 200, {
    'content-type': name.endsWith('.svg') ? 'image/svg+xml; charset=utf-8' : 'text/plain; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  })
}

function send<T>(c: Context, outcome: Result<T, Problem>) {
  return outcome.ok ? c.json(outcome.value, 200) : c.json(outcome.error, STATUS[outcome.error.code])
}
