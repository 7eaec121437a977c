// Runs an authoring tool of tools/ under Node 26: `npm run bake -- patterns/cqrs`.
import { join } from 'node:path'
import { install, node26, ROOT, run } from './install.mjs'

const [name, ...args] = process.argv.slice(2)
install()
run(node26(), [join(ROOT, 'tools', `${name}.ts`), ...args])
