import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Problem } from '#app/views.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { refusal } from './refusal.ts'

/** What was written the last time, by its path, so that nobody else's file is ever touched. */
const LIST = '.atlas-export.json'
const list = z.object({ files: z.record(z.string(), z.string()) })
const SHOWN = 5

/**
 * Writes files below a folder, or none of them: a file that stands there and was not written by an export, or was changed
 * since, refuses all. No link is followed, so nothing comes to stand outside of the folder. Gives how many were written.
 */
export function writeVault(folder: string, files: ReadonlyMap<string, string>): Result<number, Problem> {
  try {
    const known = knownFiles(folder)
    const foreign = [...files].filter(([path, text]) =>
      isForeign(folder, path, [known.get(path), hashOf(text)]),
    )
    if (foreign.length > 0)
      return refused(
        folder,
        foreign.map(([path]) => path),
      )
    for (const [path, text] of files) writeWhole(folder, path, text)
    const hashes = [...files].map(([path, text]) => [path, hashOf(text)])
    const all = { files: { ...Object.fromEntries(known), ...Object.fromEntries(hashes) } }
    writeWhole(folder, LIST, `${JSON.stringify(all, null, 1)}\n`)
    return ok(files.size)
  } catch (error) {
    return err({
      code: 'storage',
      message: `${folder} could not be written: ${refusal(error).slice(0, 200)}.`,
      mend: 'Name a folder that you may write to, on a disk with room, and export again.',
    })
  }
}

const hashOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** Empty where there is no list, or none that can be read: then every file there is somebody's own. */
function knownFiles(folder: string): Map<string, string> {
  if (kindOf(join(folder, LIST)) !== 'file') return new Map()
  try {
    return new Map(Object.entries(list.parse(JSON.parse(readFileSync(join(folder, LIST), 'utf8'))).files))
  } catch {
    return new Map()
  }
}

function kindOf(path: string): 'none' | 'file' | 'folder' | 'other' {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 'none'
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other'
}

/** `ours`: what an export wrote there, or is about to write: then nothing is lost. */
function isForeign(folder: string, path: string, ours: readonly (string | undefined)[]): boolean {
  const levels = path.split('/')
  const above = levels.slice(0, -1).map((_, i) => join(folder, ...levels.slice(0, i + 1)))
  if (above.some((one) => !['none', 'folder'].includes(kindOf(one)))) return true
  const file = join(folder, path)
  const kind = kindOf(file)
  if (kind === 'none') return false
  return kind !== 'file' || !ours.includes(hashOf(readFileSync(file)))
}

function refused(folder: string, foreign: readonly string[]): Result<never, Problem> {
  const named = foreign.slice(0, SHOWN).join(', ')
  const more = foreign.length > SHOWN ? ` and ${foreign.length - SHOWN} more` : ''
  return err({
    code: 'bad-input',
    message:
      `${folder} holds files that an export did not write, or that were changed since: ` +
      `${named}${more}. Nothing was written.`,
    mend: 'Name an empty folder, or move those files away.',
  })
}

/** Level by level: in a place where nothing can be made (/proc), Node's own recursion never ends. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

/** A disk that is full in the middle shall leave no half of a file. */
function writeWhole(folder: string, path: string, text: string): void {
  const file = join(folder, path)
  makeFolder(dirname(file))
  const unfinished = `${file}.${process.pid}.unfinished`
  try {
    writeFileSync(unfinished, text, { flag: 'wx' })
    renameSync(unfinished, file)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}
