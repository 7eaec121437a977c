import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where things stand on this machine. */

const below = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const CONTENT_FOLDER = below('content')
export const WEB_FOLDER = below('dist/web')
/** What can be made again from this copy of Atlas at any time. */
export const CACHE_FOLDER = below('node_modules/.cache/atlas')

type Environment = Readonly<Record<string, string | undefined>>

/** A user without a name and without HOME has none: then `/` is it, which cannot be written, and that is said. */
function homeFolder(): string {
  try {
    return homedir()
  } catch {
    return '/'
  }
}

/** The folder that was asked for, else ATLAS_HOME, else where the system keeps an application's data. */
export function dataFolder(asked: string | null, env: Environment, platform: NodeJS.Platform): string {
  const named = asked ?? (env.ATLAS_HOME || null)
  if (named !== null) return resolve(named)
  const home = env.HOME || env.USERPROFILE || homeFolder()
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Atlas')
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Atlas')
  // A relative one is to be ignored: https://specifications.freedesktop.org/basedir-spec/latest/
  const shared = env.XDG_DATA_HOME && isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : null
  return join(shared ?? join(home, '.local', 'share'), 'atlas')
}
