import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventStore } from '#app/ports.ts'
import { openPostgres } from '#store/postgres.ts'
import { freePort, startPostgres, type TestPostgres } from './postgres.ts'
import { storeContract, value } from './store-contract.ts'

let server: TestPostgres
let address: string

beforeAll(async () => {
  server = await startPostgres()
  address = server.address
}, 120_000)

afterAll(async () => {
  await server?.stop()
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
