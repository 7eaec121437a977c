import type { Catalogue, World } from '#app/ports.ts'
import { fail } from './exit.ts'
import type { Shell } from './run.ts'

/** Opens the learner's data for one command and closes it after. */
export async function withWorld(
  shell: Shell,
  data: string | undefined,
  run: (world: World) => Promise<number>,
): Promise<number> {
  const world = await shell.openWorld(shell.dataFolder(data ?? null))
  if (!world.ok) return fail(shell, world.error)
  try {
    return await run(world.value)
  } finally {
    await world.value.store.close()
  }
}

/** For commands that know no learner: only the catalogue is opened. */
export async function withCatalogue(
  shell: Shell,
  run: (world: { readonly catalogue: Catalogue; readonly runElk: World['runElk'] }) => Promise<number>,
): Promise<number> {
  const catalogue = await shell.openCatalogue()
  if (!catalogue.ok) return fail(shell, catalogue.error)
  return run({ catalogue: catalogue.value, runElk: shell.runElk })
}
