import { expect, test } from 'vitest'
import { createServer } from '#server/server.ts'
import { smallWorld } from '../../test/small-world.ts'

async function served() {
  const world = await smallWorld()
  const host = '127.0.0.1:4600'
  const installation = { dataFolder: world.folder }
  const webFolder = world.folder
  const server = createServer({ world, installation, webFolder, port: () => 4600, onFault: () => {} })
  return (path: string, body?: unknown) =>
    server.request(`http://${host}/api${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { host, 'content-type': 'application/json' },
    })
}

const handedIn = {
  drawing: 'client -> api -> queue: get\napi -> database',
  places: {},
  answers: { facts: {}, context: {} },
  seconds: 60,
  hints: 0,
}

test('what is expected comes with the attempt, from 0 to 100 or not at all', async () => {
  const ask = await served()
  const attempt = (confidence?: unknown) =>
    ask('/recall/patterns/caching/attempt', confidence === undefined ? handedIn : { ...handedIn, confidence })
  for (const fine of [undefined, null, 0, 95, 100]) expect((await attempt(fine)).status).toBe(200)
  for (const bad of [-1, 101, 'much']) expect((await attempt(bad)).status).toBe(400)
  const log = await (await ask('/log')).text()
  const said = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).payload.confidence)
  // All at one moment: the log's order is that of their ids.
  expect(said.sort((a, b) => (a ?? -1) - (b ?? -1))).toEqual([null, null, 0, 95, 100])
})

test('a note and a drill over HTTP; what does not fit is refused with a reason', async () => {
  const ask = await served()
  const { attempt } = await (await ask('/recall/patterns/caching/attempt', handedIn)).json()
  const note = {
    line: 'wrong node node:cache',
    kind: 'conceptual',
    cause: 'Both hold things.',
    correction: '',
  }
  expect((await ask(`/attempts/${attempt}/mistakes`, note)).status).toBe(200)
  expect((await ask(`/attempts/${attempt}/mistakes`, { ...note, kind: 'moral' })).status).toBe(400)
  expect((await ask(`/attempts/${attempt}/mistakes`, { ...note, line: 'wrong node node:api' })).status).toBe(
    404,
  )
  const own = await (await ask(`/attempts/${attempt}/mistakes`)).json()
  expect(own.find(({ label }: { label: string }) => label === 'Cache').note.cause).toBe('Both hold things.')
  for (let i = 0; i < 2; i++) await ask('/recall/patterns/caching/attempt', handedIn)
  const { confusions } = await (await ask('/mistakes')).json()
  const path = `/contrast/${confusions[0].drill}`
  const { sides } = await (await ask(path)).json()
  const diagrams = sides.map(({ diagram }: { diagram: string }) => diagram)
  const drawings = sides.map(({ drawing }: { drawing: string }) => drawing)
  expect(await (await ask(path, { diagrams, drawings, seconds: 5 })).json()).toMatchObject({ right: 0 })
  expect((await ask(path, { diagrams, drawings, seconds: -5 })).status).toBe(400)
  expect((await ask(path, { diagrams: [], drawings: [], seconds: null })).status).toBe(400)
  expect((await ask('/contrast/nonsense')).status).toBe(404)
})
