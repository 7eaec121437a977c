#!/usr/bin/env node
// Starts the command line under Node 26: in this process where it is new enough, else under the pinned one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = new URL('../src/main.ts', import.meta.url)
if (Number(process.versions.node.split('.')[0]) >= 26) await import(main.href)
else {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const node = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url))
  if (!existsSync(node)) {
    console.error('atlas: nothing is installed yet. Run `npm start` (or `npm ci`) in the project first.')
    process.exit(1)
  }
  const { status } = spawnSync(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
