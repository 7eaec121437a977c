import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder } from './folders.ts'

const HOME = join('/', 'people', 'ada')

test.each<[string, string | null, Record<string, string>, NodeJS.Platform, string]>([
  ['asked for', 'here', { ATLAS_HOME: '/else' }, 'linux', resolve('here')],
  ['ATLAS_HOME', null, { ATLAS_HOME: '/else', XDG_DATA_HOME: '/xdg' }, 'linux', resolve('/else')],
  ['XDG', null, { HOME, ATLAS_HOME: '', XDG_DATA_HOME: '/xdg' }, 'linux', join('/xdg', 'atlas')],
  ['Linux', null, { HOME }, 'linux', join(HOME, '.local', 'share', 'atlas')],
  ['macOS', null, { HOME }, 'darwin', join(HOME, 'Library', 'Application Support', 'Atlas')],
  ['Windows', null, { USERPROFILE: HOME }, 'win32', join(HOME, 'AppData', 'Roaming', 'Atlas')],
])('the data folder: %s', (_, asked, env, platform, folder) => {
  expect(dataFolder(asked, env, platform)).toBe(folder)
})
