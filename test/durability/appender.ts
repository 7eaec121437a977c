/**
 * Appends events to the log in a folder as fast as it can, and prints the number of each only when the store said that it
 * is safe: `node appender.ts FOLDER LEARNER FIRST [COUNT]`.
 */
import { writeSync } from 'node:fs'
import { openSqlite } from '#store/index.ts'
import { event } from '../durable-event.ts'

const [folder = '', learner = '', first = '0', count = 'Infinity'] = process.argv.slice(2)
const uid = Number(process.env.TAKE_UID ?? 0)
if (uid > 0) {
  process.setgid?.(uid)
  process.setuid?.(uid)
}
const store = await openSqlite(folder)
if (!store.ok) {
  writeSync(2, `${JSON.stringify(store.error)}\n`)
  process.exit(3)
}
writeSync(1, 'ready\n')
for (let n = Number(first); n < Number(first) + Number(count); n++) {
  const appended = await store.value.append([event(learner, n)])
  if (!appended.ok) {
    writeSync(2, `${JSON.stringify(appended.error)}\n`)
    process.exit(3)
  }
  writeSync(1, `${n}\n`)
}
await store.value.close()
