// `npm run bench [-- NAME] [--json]`
import { join } from 'node:path'
import { build } from './build.mjs'
import { install, node26, ROOT, run } from './install.mjs'

install()
build()
run(node26(), [join(ROOT, 'bench', 'main.ts'), ...process.argv.slice(2)])
