import type { MiddlewareHandler } from 'hono'
import type { Problem } from '#app/views.ts'

/**
 * Keeps other pages in the same browser away from a server on this machine. Each request must name this server as its
 * host (a page that rebinds its own name to 127.0.0.1 cannot), come from this origin where it says from where, and not
 * be a cross-site request; a link from elsewhere may still open a page, but never the API.
 */
export function guard(port: () => number): MiddlewareHandler {
  return async (c, next) => {
    const hosts = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port()}`)
    const host = c.req.header('host')?.toLowerCase()
    // A request may name its host in its target as well (`GET http://evil.example/ HTTP/1.1`).
    if (host === undefined || !hosts.includes(host) || !hosts.includes(new URL(c.req.url).host))
      return c.json(refusal('This server answers to its own address only.', `Open http://${hosts[1]}.`), 421)
    const origin = c.req.header('origin')?.toLowerCase()
    if (origin !== undefined && !hosts.some((own) => origin === `http://${own}`))
      return c.json(refusal('Another page may not talk to Atlas.', `Open http://${hosts[1]} itself.`), 403)
    if (isCrossSite(c.req.header('sec-fetch-site')) && !isPageOpened(c.req.raw, c.req.path))
      return c.json(refusal('Another site may not talk to Atlas.', `Open http://${hosts[1]} itself.`), 403)
    return next()
  }
}

const isCrossSite = (site: string | undefined): boolean =>
  site !== undefined && site !== 'same-origin' && site !== 'none'

/** A link that was followed to a page: the browser shows it at the top, and nobody else can read it. */
const isPageOpened = ({ method, headers }: Request, path: string): boolean =>
  method === 'GET' &&
  headers.get('sec-fetch-mode') === 'navigate' &&
  headers.get('sec-fetch-dest') === 'document' &&
  !path.startsWith('/api')

const refusal = (message: string, mend: string): Problem => ({ code: 'bad-input', message, mend })

/** Nothing from outside, nothing framed, nothing guessed. Drawings carry styles of their own, no scripts. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
}
