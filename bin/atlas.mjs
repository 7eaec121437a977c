#!/usr/bin/env node
// Starts the command line under Node 26: in this process where it is new enough, else under the pinned one. What Node
// made of the sources is kept, which halves the time to start.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

const main = new URL('../src/main.ts', import.meta.url)
const compiled = fileURLToPath(new URL('../node_modules/.cache/atlas', import.meta.url))
if (Number(process.versions.node.split('.')[0]) >= 26) {
  nodeModule.enableCompileCache(compiled)
  await import(main.href)
} else {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const node = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url))
  if (!existsSync(node)) {
    console.error('atlas: nothing is installed yet. Run `npm start` (or `npm ci`) in the project first.')
    process.exit(1)
  }
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled }
  const atlas = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit', env })
  // Whoever ends this process means Atlas: it ends by itself, and this one after it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => atlas.kill(signal))
  atlas.on('error', (error) => {
    console.error(`atlas: ${node} could not be run: ${error.message}. Run \`npm ci\` in the project.`)
    process.exit(1)
  })
  atlas.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
