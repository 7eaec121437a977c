import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where things stand on this machine. */

const below = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const CONTENT_FOLDER = below('content')
export const WEB_FOLDER = below('dist/web')
/** What can be made again from this copy of Atlas at any time. */
export const CACHE_FOLDER = below('node_modules/.cache/atlas')

type Environment = Readonly<Record<string, string | undefined>>

/** The folder that was asked for, else ATLAS_HOME, else where the system keeps an application's data. */
export function dataFolder(asked: string | null, env: Environment, platform: NodeJS.Platform): string {
  const named = asked ?? (env.ATLAS_HOME || null)
  if (named !== null) return resolve(named)
  const home = env.HOME || env.USERPROFILE || homedir()
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Atlas')
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Atlas')
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'atlas')
}
