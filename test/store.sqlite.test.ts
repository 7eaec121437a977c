import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openSqlite } from '#store/index.ts'
import { storeContract, value } from './store-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'atlas-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

storeContract('SQLite', async () => value(await openSqlite(folder)))
