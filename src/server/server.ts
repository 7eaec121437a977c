import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { World } from '#app/ports.ts'
import type { Problem } from '#app/views.ts'
import { guard, securityHeaders } from './guard.ts'
import { apiRoutes, type Installation } from './routes.ts'
import { staticFiles } from './static.ts'

/** No drawing, answer or draft comes near it. */
const BODY_BYTES = 1_000_000

export interface ServerOptions {
  readonly world: World
  readonly installation: Installation
  /** The folder of the built client. */
  readonly webFolder: string
  /** The port that the server really listens on: part of the addresses it answers to. */
  readonly port: () => number
  /** Told of failures that nobody foresaw. */
  readonly onFault: (error: unknown) => void
}

/** Everything that is served, before any socket: `fetch` answers a request. */
export function createServer({ world, installation, webFolder, port, onFault }: ServerOptions): Hono {
  const server = new Hono()
  server.use(securityHeaders)
  server.use(guard(port))
  server.use('/api/*', async (c, next) => {
    await next()
    // What a page was sent is never kept: answers would outlive the page that may show them.
    c.res.headers.set('cache-control', 'no-store')
  })
  server.use(
    '/api/*',
    bodyLimit({
      maxSize: BODY_BYTES,
      onError: (c) => c.json(problem('bad-input', 'That is more than 1 MB.', 'Send a smaller drawing.'), 413),
    }),
  )
  server.route('/api', apiRoutes(world, installation))
  server.all('/api/*', (c) =>
    c.json(problem('not-found', 'There is nothing at this address.', 'Start from the front page.'), 404),
  )
  server.get('/*', staticFiles(webFolder))
  server.notFound((c) =>
    c.json(problem('not-found', 'There is nothing at this address.', 'Start from the front page.'), 404),
  )
  server.onError((error, c) => {
    if (error instanceof HTTPException)
      return c.json(
        problem('bad-input', 'The request cannot be read.', 'Reload the page and try again.'),
        error.status,
      )
    // Whoever asked has gone: a page that was closed is no fault.
    if (!c.req.raw.signal.aborted) onFault(error)
    const mend = 'Try again; if it happens again, look at the terminal where Atlas runs.'
    return c.json(problem('fault', 'Atlas failed at this. Nothing that was recorded is lost.', mend), 500)
  })
  return server
}

const problem = (code: Problem['code'], message: string, mend: string): Problem => ({ code, message, mend })
