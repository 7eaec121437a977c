import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, createServer as createSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { World } from '#app/ports.ts'
import { perfect, smallWorld, value } from '../../test/small-world.ts'
import { startServer } from './serve.ts'
import { createServer } from './server.ts'

const CACHING = 'patterns/caching'
const HOST = '127.0.0.1:4600'

async function served(over: Partial<World> = {}) {
  const world = await smallWorld(over)
  const webFolder = join(world.folder, 'web')
  mkdirSync(join(webFolder, 'assets'), { recursive: true })
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>Atlas</title>')
  writeFileSync(join(webFolder, 'assets', 'main-1a2b.js'), 'export {}')
  const faults: unknown[] = []
  const server = createServer({
    world,
    installation: { dataFolder: world.folder },
    webFolder,
    port: () => 4600,
    onFault: (error) => faults.push(error),
  })
  const ask = (path: string, init: RequestInit = {}) =>
    server.request(`http://${HOST}${path}`, { ...init, headers: { host: HOST, ...init.headers } })
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    ask(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return { world, webFolder, faults, ask, send }
}

const draft = {
  drawing: 'client -> ap',
  places: {},
  answers: { facts: {}, context: {} },
  seconds: 9,
  hints: 0,
}

describe('the API', () => {
  test('serves the loop: learn, draft, attempt, result, undo', async () => {
    const { send, world } = await served()
    expect((await send('POST', `/api/learn/${CACHING}/learned`, { seconds: 60 })).status).toBe(200)
    expect((await send('PUT', `/api/recall/${CACHING}/draft`, { ...draft, stage: 'draw' })).status).toBe(200)
    const recall = await (await send('GET', `/api/recall/${CACHING}`)).json()
    expect(recall).toMatchObject({ draft: { drawing: 'client -> ap', seconds: 9 } })
    const { drawing, places, answers, hints } = perfect(world, CACHING)
    const body = { drawing, places, answers, seconds: 30, hints }
    const { attempt } = (await (await send('POST', `/api/recall/${CACHING}/attempt`, body)).json()) as {
      attempt: string
    }
    const result = await (await send('GET', `/api/attempts/${attempt}`)).json()
    expect(result).toMatchObject({ grade: { total: 100 }, undone: false })
    const undone = await (await send('POST', `/api/attempts/${attempt}/undo`)).json()
    expect(undone).toMatchObject({ undone: true })
  })

  test('every page’s view answers', async () => {
    const { ask } = await served()
    for (const path of [
      'today',
      'library',
      'vocabulary',
      'icons',
      'progress',
      'settings',
      `learn/${CACHING}`,
    ]) {
      const answer = await ask(`/api/${path}`)
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
    const svg = await ask(`/api/diagrams/${CACHING}/drawing.svg?theme=dark`)
    expect(svg.headers.get('content-type')).toMatch('image/svg+xml')
    expect(await svg.text()).toMatch(/^<svg[^>]*xmlns/)
  })

  test('an attempt that is sent twice with one key is recorded once', async () => {
    const { send, world } = await served()
    const key = { 'idempotency-key': '019a9c10-0000-7000-8000-00000000000A' }
    const first = await (await send('POST', `/api/recall/${CACHING}/attempt`, draft2, key)).json()
    expect(await (await send('POST', `/api/recall/${CACHING}/attempt`, draft2, key)).json()).toEqual(first)
    expect(value(await world.store.read('me')).events).toHaveLength(1)
  })

  test('another attempt under the same key is refused: neither lost in silence nor mixed up', async () => {
    const { send, world } = await served()
    const key = { 'idempotency-key': '019a9c10-0000-7000-8000-00000000000A' }
    await send('POST', `/api/recall/${CACHING}/attempt`, draft2, key)
    const other = { ...draft2, drawing: 'client -> cache' }
    const refused = await send('POST', `/api/recall/${CACHING}/attempt`, other, key)
    expect([refused.status, await refused.json()]).toMatchObject([400, { message: /handed in before/ }])
    const elsewhere = await send('POST', '/api/recall/patterns/queueing/attempt', draft2, key)
    expect(elsewhere.status).toBe(400)
    expect(value(await world.store.read('me')).events).toHaveLength(1)
  })
  const draft2 = { ...draft, drawing: 'client -> api' }

  test('a reference and an attempt come as files with a name, never to be shown', async () => {
    const { send, ask, world } = await served()
    const { drawing, places, answers, hints } = perfect(world, CACHING)
    const body = { drawing, places, answers, hints, seconds: 30 }
    const { attempt } = (await (await send('POST', `/api/recall/${CACHING}/attempt`, body)).json()) as {
      attempt: string
    }
    const from = [
      [`/api/diagrams/${CACHING}/files`, 'caching'],
      [`/api/attempts/${attempt}/files`, 'caching-mine'],
    ]
    for (const [path, name] of from) {
      for (const as of ['svg', 'excalidraw', 'drawio', 'd2', 'dot', 'canvas', 'mermaid']) {
        const file = await ask(`${path}/${as}?theme=dark`)
        const ending = as === 'mermaid' ? 'mmd' : as
        expect([as, file.status]).toEqual([as, 200])
        expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${name}.${ending}"`)
        expect((await file.text()).length).toBeGreaterThan(20)
      }
      const dark = await (await ask(`${path}/svg?theme=dark`)).text()
      expect(dark).toMatch(/^<svg[^>]*xmlns=/)
      expect(dark).not.toBe(await (await ask(`${path}/svg?theme=light`)).text())
      expect((await ask(`${path}/exe`)).status).toBe(404)
    }
    expect((await ask('/api/attempts/nobody/files/svg')).status).toBe(404)
  })

  test('old attempts are graded anew, the new grades applied and taken back; appeals are listed and exported', async () => {
    const { send, world } = await served()
    await send('POST', `/api/recall/${CACHING}/attempt`, draft2)
    const [event] = value(await world.store.read('me')).events
    if (event?.type !== 'recall.attempted') throw new Error('no attempt')
    const grade = { ...event.payload.grade, total: 0, structure: 0 }
    const id = '019a9c10-0000-7000-8000-00000000000b'
    await world.store.append([
      { ...event, id, payload: { ...event.payload, grader: '0', grade } } as typeof event,
    ])
    const preview = async () => (await send('GET', '/api/regrade')).json()
    const because = "It was graded by grader 0; today's is"
    expect(await preview()).toMatchObject({
      checked: 2,
      changes: [{ attempt: id, before: { total: 0 }, because: expect.stringContaining(because) }],
    })
    expect(await (await send('POST', '/api/regrade')).json()).toEqual({ regraded: 1 })
    expect(await preview()).toMatchObject({ changes: [], last: { attempts: 1 } })
    expect(await (await send('DELETE', '/api/regrade')).json()).toEqual({ undone: 1 })
    expect(await preview()).toMatchObject({ changes: [{ attempt: id }], last: null })
    const claim = { kind: 'node', label: 'Nothing', given: '' }
    const told = await send('POST', `/api/attempts/${id}/appeals/preview`, claim)
    expect(await told.json()).toMatchObject({ accepts: false })
    expect(await (await send('GET', '/api/appeals')).json()).toEqual([])
    const file = await send('GET', '/api/appeals/suggestions')
    expect(file.headers.get('content-disposition')).toMatch(/atlas-suggestions\.yaml/)
  })

  test('settings change field by field, an appeal is made and withdrawn', async () => {
    const { send } = await served()
    const changed = await (await send('PUT', '/api/settings', { newPerDay: 5 })).json()
    expect(changed).toMatchObject({ settings: { newPerDay: 5, scheduler: 'fsrs' } })
    const { attempt } = (await (await send('POST', `/api/recall/${CACHING}/attempt`, draft2)).json()) as {
      attempt: string
    }
    const claim = { kind: 'node', label: 'Cache', given: '', says: 'There is none.' }
    const result = (await (await send('POST', `/api/attempts/${attempt}/appeals`, claim)).json()) as {
      appeals: { id: string }[]
    }
    expect((await send('DELETE', `/api/appeals/${result.appeals[0]?.id}`)).status).toBe(200)
    const revealed = await send('POST', `/api/attempts/${attempt}/mutation`, { answer: 'So.' })
    expect(await revealed.json()).toMatchObject({ answer: 'Secret of the mutation.' })
    expect((await (await send('GET', '/api/log')).text()).trim().split('\n')).toHaveLength(4)
  })
})

describe('bad input', () => {
  test.each([
    ['/api/learn/patterns/nothing', 404],
    ['/api/learn/patterns/..%2f..%2fpackage', 404],
    ['/api/learn/patterns/a%00b', 404],
    ['/api/diagrams/patterns/%2e%2e%2f/drawing.svg', 404],
    ['/api/attempts/..%2f..', 404],
    ['/api/attempts/019a9c10-0000-7000-8000-000000000001', 404],
    ['/api/nothing', 404],
  ])('%s is %d with words', async (path, status) => {
    const { ask } = await served()
    const answer = await ask(path)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code: 'not-found', message: /./, mend: /./ })
  })

  test('what is no JSON, of another shape or too large is refused, and says why', async () => {
    const { ask, send } = await served()
    const json = { 'content-type': 'application/json' }
    const broken = await ask('/api/settings', { method: 'PUT', headers: json, body: '{"newPerDay":' })
    expect(broken.status).toBe(400)
    const plain = await ask('/api/settings', { method: 'PUT', body: '{"newPerDay":3}' })
    expect(plain.status).toBe(415)
    const wrong = await send('PUT', '/api/settings', { newPerDay: 1000 })
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { message: /newPerDay/ }])
    const large = await send('PUT', `/api/recall/${CACHING}/draft`, {
      ...draft,
      drawing: 'x'.repeat(1_100_000),
    })
    expect([large.status, await large.json()]).toMatchObject([413, { message: /1 MB/ }])
  })

  test('a drawing of 10,000 lines, or with a label of 300,000 letters, is refused with its reason', async () => {
    const { send, world } = await served()
    const many = Array.from({ length: 10_000 }, (_, i) => `a${i} -> b${i}`).join('\n')
    for (const drawing of [many, `client: ${'x'.repeat(300_000)}`]) {
      const answer = await send('POST', `/api/recall/${CACHING}/attempt`, { ...draft, drawing })
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'bad-input' }])
    }
    expect(value(await world.store.read('me')).events).toEqual([])
  })

  test('a store that fails is said, with what to do', async () => {
    const { world, ask } = await served()
    await world.store.close()
    const sound = await smallWorld()
    const store = { ...sound.store, read: async () => ({ ok: false as const, error: full }) }
    const again = await served({ store })
    const answer = await again.ask('/api/today')
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'storage', mend: full.mend }])
    // A closed database is nobody's input: the fault is told, the client gets no stack.
    expect([(await ask('/api/today')).status]).toEqual([500])
  })
  const full = { code: 'full' as const, message: 'The disk is full.', mend: 'Free some space.' }
})

describe('other pages in the same browser', () => {
  const page = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  test.each<[string, string, string, Record<string, string>, number]>([
    ['its own address', 'GET', '/api/today', {}, 200],
    ['localhost', 'GET', '/api/today', { host: 'localhost:4600' }, 200],
    ['another name for this machine', 'GET', '/api/today', { host: 'atlas.evil.example:4600' }, 421],
    ['another port', 'GET', '/api/today', { host: '127.0.0.1:4601' }, 421],
    ['no port', 'GET', '/', { host: '127.0.0.1' }, 421],
    ['its own origin', 'GET', '/api/today', { origin: 'http://localhost:4600' }, 200],
    ['a foreign origin', 'GET', '/api/today', { origin: 'http://evil.example' }, 403],
    ['an opaque origin', 'POST', '/api/attempts/x/undo', { origin: 'null' }, 403],
    ['the same machine, another port', 'GET', '/api/today', { origin: 'http://127.0.0.1:3000' }, 403],
    ['a cross-site request', 'GET', '/api/today', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a same-site request', 'GET', '/api/today', { 'sec-fetch-site': 'same-site' }, 403],
    [
      'a picture in a foreign page',
      'GET',
      '/',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' },
      403,
    ],
    ['a link to a page', 'GET', '/library', { 'sec-fetch-site': 'cross-site', ...page }, 200],
    ['a link to the API', 'GET', '/api/today', { 'sec-fetch-site': 'cross-site', ...page }, 403],
    ['a form of a foreign page', 'POST', '/', { 'sec-fetch-site': 'cross-site', ...page }, 403],
    ['a request of its own page', 'GET', '/api/today', { 'sec-fetch-site': 'same-origin' }, 200],
  ])('%s: %s %s', async (_, method, path, headers, status) => {
    const { ask } = await served()
    expect((await ask(path, { method, headers })).status).toBe(status)
  })
})

describe('the built client', () => {
  test('its pages, its files and nothing else', async () => {
    const { ask } = await served()
    for (const path of [
      '/',
      '/library',
      `/learn/${CACHING}`,
      `/recall/${CACHING}`,
      '/progress',
      '/settings',
      '/mistakes',
      '/cards',
      '/contrast/be1c447b84218578',
    ]) {
      const answer = await ask(path)
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.headers.get('content-type')).toMatch('text/html')
    }
    expect((await ask('/no/such/page')).status).toBe(404)
    const script = await ask('/assets/main-1a2b.js')
    expect(script.headers.get('cache-control')).toMatch('immutable')
    expect(script.headers.get('content-type')).toMatch('text/javascript')
    expect(script.headers.get('x-content-type-options')).toBe('nosniff')
    expect(script.headers.get('content-security-policy')).toMatch("default-src 'self'")
    for (const path of ['/assets/%2e%2e/atlas.db', '/..%2fatlas.db', '/assets/..%5catlas.db', '/atlas.db'])
      expect([path, (await ask(path)).status]).toEqual([path, 404])
  })
})

describe('on a real socket', () => {
  const listen = async (port: number | null) => {
    const world = await smallWorld()
    const webFolder = mkdtempSync(join(tmpdir(), 'atlas-web-'))
    const serving = await startServer({ world, installation: { dataFolder: '' }, webFolder, port })
    onTestFinished(async () => {
      if (serving.ok) await serving.value.close()
      rmSync(webFolder, { recursive: true, force: true })
    })
    return serving
  }
  const status = (address: string, host: string) =>
    new Promise((resolve, reject) => {
      request(`${address}/api/today`, { headers: { host } }, (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end()
    })

  const raw = (port: number, request: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let answer = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(request))
      socket.on('data', (data) => {
        answer += data.toString()
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(answer))
    })

  test('the Host header is what the client really sent', async () => {
    const { address } = value(await listen(0))
    expect(await status(address, address.slice('http://'.length))).toBe(200)
    expect(await status(address, 'evil.example')).toBe(421)
  })

  test('a request whose target names another host is refused, whatever its Host header says', async () => {
    const { address } = value(await listen(0))
    const port = Number(new URL(address).port)
    const answer = await raw(
      port,
      `GET http://evil.example/api/today HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 421 /)
  })

  test('a client that goes away in the middle of its request is no fault', async () => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => complaints.mockRestore())
    const { address } = value(await listen(0))
    const port = Number(new URL(address).port)
    const type = 'Content-Type: application/json\r\n'
    const head = `PUT /api/settings HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${type}Transfer-Encoding: chunked\r\n\r\n`
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(`${head}5\r\n{"the`))
      setTimeout(() => socket.destroy(), 100)
      socket.on('close', () => resolve())
    })
    // A whole request after it: by its answer the server has met the end of the other.
    expect(await status(address, `127.0.0.1:${port}`)).toBe(200)
    expect(complaints).not.toHaveBeenCalled()
  })

  test('a port that was asked for and is taken is said; without one the next is found', async () => {
    const blocker = createSocket()
    const port = await new Promise<number>((resolve) =>
      blocker.listen(0, '127.0.0.1', () => {
        const at = blocker.address()
        resolve(typeof at === 'object' && at ? at.port : 0)
      }),
    )
    onTestFinished(() => void blocker.close())
    expect(await listen(port)).toEqual({
      ok: false,
      error: `Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1}.`,
    })
    const one = value(await listen(null))
    const other = value(await listen(null))
    expect(one.address).not.toBe(other.address)
  })
})
