import { type ServerType, serve } from '@hono/node-server'
import type { World } from '#app/ports.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Installation } from './routes.ts'
import { createServer } from './server.ts'

const FIRST_PORT = 4600
const PORTS_TRIED = 20

export interface ServeOptions {
  readonly world: World
  readonly installation: Installation
  readonly webFolder: string
  /** A port that must be taken; null: 4600, or the next that is free. */
  readonly port: number | null
}

export interface Serving {
  readonly address: string
  close(): Promise<void>
}

/** Listens on 127.0.0.1 alone. The failure is a sentence that says what to do. */
export async function startServer(options: ServeOptions): Promise<Result<Serving, string>> {
  const { port } = options
  if (port !== null) {
    const listening = await listen(options, port)
    return listening === 'taken'
      ? err(`Port ${port} is in use. Stop what uses it, or choose another: PORT=${nextTo(port)}.`)
      : listening
  }
  for (let candidate = FIRST_PORT; candidate < FIRST_PORT + PORTS_TRIED; candidate++) {
    const listening = await listen(options, candidate)
    if (listening !== 'taken') return listening
  }
  return err(
    `The ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all in use. Choose one: PORT=8080.`,
  )
}

const nextTo = (port: number): number => (port < 65_535 ? port + 1 : port - 1)

function listen(
  { world, installation, webFolder }: ServeOptions,
  wanted: number,
): Promise<Result<Serving, string> | 'taken'> {
  let port = wanted
  const app = createServer({
    world,
    installation,
    webFolder,
    port: () => port,
    onFault: (error) => console.error(error),
  })
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: wanted }, (info) => {
      port = info.port
      resolve(ok({ address: `http://127.0.0.1:${port}`, close: () => close(server) }))
    })
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('taken')
      else if (error.code === 'EACCES')
        resolve(err(`Port ${wanted} needs more rights than you have. Choose one above 1023: PORT=4600.`))
      else resolve(err(`The server could not start on port ${wanted}: ${error.message}.`))
    })
  })
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}
