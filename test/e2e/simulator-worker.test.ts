import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readContent } from '#catalog/read-content.ts'
import { readDesign } from '#catalog/read-design.ts'
import { buildVocabulary } from '#domain/diagram/index.ts'
import { compileDesign, type Model, startRun } from '#domain/simulator/index.ts'

/** The engine as the client would have it: built by Vite, in a worker of a browser. */

const ROOT = join(import.meta.dirname, '..', '..')
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

let folder: string
let server: Server
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atlas-worker-'))
  await build({
    configFile: false,
    root: join(ROOT, 'test', 'e2e', 'simulator-worker'),
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, target: 'es2023' },
  })
  server = createServer(({ url }, response) => {
    const file = url === '/' ? 'index.html' : (url ?? '').slice(1)
    if (!existsSync(join(folder, file))) {
      response.writeHead(404).end()
      return
    }
    response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain')
    response.end(readFileSync(join(folder, file)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await chromium.launch({
    executablePath: process.env.ATLAS_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
})

afterAll(async () => {
  await browser?.close()
  await new Promise((resolve) => server?.close(resolve) ?? resolve(null))
  rmSync(folder, { recursive: true, force: true })
})

function modelOf(name: string): Model {
  const { vocabulary } = buildVocabulary(readContent(join(ROOT, 'content')).concepts)
  const file = join(ROOT, 'content', 'designs', `${name}.yaml`)
  const { design } = readDesign(file, readFileSync(file, 'utf8'), vocabulary)
  if (design === null) throw new Error(`${name} cannot be read`)
  const model = compileDesign(design, { load: 1 })
  if (!model.ok) throw new Error(JSON.stringify(model.error))
  return model.value
}

test.each(['go-coffee', 'scale-6-multi-region'])(
  '%s gives the same report as here, to the last digit',
  async (name) => {
    const model = modelOf(name)
    const options = { seed: 3, untilSeconds: 10, warmupSeconds: 2 }
    const here = startRun(model, options)
    if (!here.ok) throw new Error(JSON.stringify(here.error))
    here.value.step()
    const { port } = server.address() as AddressInfo
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${port}/`)
    const there = await page.evaluate(
      ([sent, how]) => window.simulate(sent as Model, how as typeof options),
      [model, options] as const,
    )
    await page.close()
    expect(JSON.parse(there)).toEqual(JSON.parse(JSON.stringify(here.value.report())))
    expect(there).toBe(JSON.stringify(here.value.report()))
  },
)
