// `npm start`: installs and builds what is missing, then serves the learner's data on 127.0.0.1.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.mjs'
import { install, node26, ROOT } from './install.mjs'

install()
build()
const server = spawn(node26(), [join(ROOT, 'bin', 'atlas.mjs'), 'start', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal))
// npm runs this in a shell, which a signal to npm ends without a word to what it runs: the server would stay for ever.
const shell = process.ppid
setInterval(() => process.ppid === shell || server.kill('SIGTERM'), 500).unref()
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 0 : 1)))
