import { runCommand, type Shell } from '#cli/run.ts'
import { CONTENT_FOLDER, dataFolder, WEB_FOLDER } from './folders.ts'
import { openCatalogue, openWorld, runElk } from './world.ts'

/** Gives the command line what it works with. What a command does not need is not loaded. */
const shell: Shell = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  platform: process.platform,
  contentFolder: CONTENT_FOLDER,
  dataFolder: (asked) => dataFolder(asked, process.env, process.platform),
  openCatalogue,
  openWorld,
  runElk,
  parsers: async () => (await import('./world-parsers.ts')).parsers,
  paint: async () => (await import('./world-paint.ts')).paint,
  anki: async () => (await import('#anki/index.ts')).anki,
  async serve(world, folder, port) {
    const { startServer } = await import('#server/serve.ts')
    return startServer({ world, installation: { dataFolder: folder }, webFolder: WEB_FOLDER, port })
  },
}

// A reader that goes away (`atlas catalog | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`atlas: the output could not be written: ${error.message}.\n`)
  process.exit(3)
})

process.exitCode = await runCommand(process.argv.slice(2), shell)
