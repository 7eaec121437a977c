import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Handler } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}

/** Addresses that the client's own router knows; any other page is its page of lost ways, with 404. */
const SLUG = '[a-z0-9-]+'
const PAGES = new RegExp(
  `^/(|library|progress|settings|mistakes|cards|(contrast|attempts)/${SLUG}|(learn|recall)/${SLUG}/${SLUG})/?$`,
)

const NOT_BUILT =
  '<!doctype html><title>Atlas</title><p>The pages of Atlas are not built yet. Run <code>npm start</code> in its folder.</p>'

/**
 * The built client. Only files that a listing of the folder has are served, by a look-up of the whole path: there is no
 * path to escape by. Files whose name carries a hash never change; every other is asked for again.
 */
export function staticFiles(folder: string): Handler {
  let known = new Set(listFiles(folder))
  const isKnown = (name: string): boolean => {
    // A build while the server runs brings new names.
    if (!known.has(name) && name.startsWith('assets/')) known = new Set(listFiles(folder))
    return known.has(name)
  }
  const page = () =>
    existsSync(join(folder, 'index.html')) ? readFileSync(join(folder, 'index.html'), 'utf8') : null
  return (c) => {
    const name = c.req.path.slice(1)
    if (name !== 'index.html' && isKnown(name)) {
      const hashed = name.startsWith('assets/')
      return c.body(readFileSync(join(folder, name)), 200, {
        'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
        'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      })
    }
    if (extname(name) !== '' && name !== 'index.html') return c.text('There is no such file.', 404)
    const html = page()
    if (html === null) return c.html(NOT_BUILT, 503)
    return c.html(html, PAGES.test(c.req.path) ? 200 : 404, { 'cache-control': 'no-cache' })
  }
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
}
