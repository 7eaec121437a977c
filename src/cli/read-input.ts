import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { z } from 'zod'
import type { Problem } from '#app/views.ts'
import type { Answers } from '#domain/grading/index.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { refusal } from './refusal.ts'

/** Far above what a drawing (200,000 characters) or its answers need. */
export const TEXT_BYTES = 1_000_000
/** A drawing of another tool, with the pictures in it. */
export const DRAWING_BYTES = 20_000_000
/** A history of some hundred thousand attempts. */
export const LOG_BYTES = 500_000_000

const bad = (message: string, mend: string) => err<Problem>({ code: 'bad-input', message, mend })

/** The text of a file, or of the input where the name is `-`; UTF-8, and no larger than it may be. */
export function readText(name: string, bytesMax: number): Result<string, Problem> {
  const bytes = readBytes(name, bytesMax)
  return bytes.ok ? textOf(name, bytes.value, bytesMax) : bytes
}

const shownAs = (name: string): string => (name === '-' ? 'the input' : name)

/** The bytes of a file, or of the input where the name is `-`; no more than there may be. */
export function readBytes(name: string, bytesMax: number): Result<Uint8Array, Problem> {
  try {
    const read = name === '-' ? readUpTo(0, bytesMax + 1) : readFileUpTo(name, bytesMax + 1)
    return read === null ? tooLarge(name, bytesMax) : ok(read)
  } catch (error) {
    const why = refusal(error)
    return bad(`${shownAs(name)} cannot be read: ${why}.`, 'Check its name and your right to read it.')
  }
}

const tooLarge = (name: string, bytesMax: number) =>
  bad(`${shownAs(name)} is larger than ${bytesMax / 1e6} MB.`, 'Give a smaller file; this one was not read.')

/** Bytes that were read as text: UTF-8, and no more than text may have. */
export function textOf(name: string, bytes: Uint8Array, bytesMax: number): Result<string, Problem> {
  if (bytes.length > bytesMax) return tooLarge(name, bytesMax)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!text.includes('\u0000')) return ok(text)
  } catch {}
  return bad(`${shownAs(name)} is not text in UTF-8.`, 'Save it as plain text in UTF-8.')
}

function readFileUpTo(name: string, most: number): Buffer | null {
  const file = openSync(name, 'r')
  try {
    const stat = fstatSync(file)
    if (stat.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' })
    if (stat.isFile() && stat.size >= most) return null
    return stat.isFile() ? readFileSync(file) : readUpTo(file, most)
  } finally {
    closeSync(file)
  }
}

/** From a pipe or a device, which may never end: stops at the limit. Null where there is more. */
function readUpTo(file: number, most: number): Buffer | null {
  const parts: Buffer[] = []
  let total = 0
  for (;;) {
    const part = Buffer.alloc(65_536)
    const read = readSync(file, part, 0, part.length, null)
    if (read === 0) return Buffer.concat(parts)
    total += read
    if (total >= most) return null
    parts.push(part.subarray(0, read))
  }
}

const word = z.union([z.string(), z.number()]).transform(String).pipe(z.string().max(500))
const answersFile = z.strictObject({
  facts: z.record(z.string().max(80), word).default({}),
  context: z.record(z.string().max(80), word).default({}),
})

const ANSWERS_SHAPE = 'It holds { facts: { id: text }, context: { slot: text } }, as JSON or YAML.'

/** The answers in a file. JSON is YAML, so one parser reads both; it follows few aliases, so a small file stays small. */
export async function readAnswers(name: string): Promise<Result<Answers, Problem>> {
  const text = readText(name, TEXT_BYTES)
  if (!text.ok) return text
  const { parse } = await import('yaml')
  let raw: unknown
  try {
    raw = parse(text.value, { maxAliasCount: 20, logLevel: 'error' })
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('\n')
    return bad(`${name} is neither JSON nor YAML: ${first}`, ANSWERS_SHAPE)
  }
  const answers = answersFile.safeParse(raw ?? {})
  if (answers.success) return ok(answers.data)
  const [issue] = answers.error.issues
  const where = issue && issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'it'
  return bad(`${name} does not hold answers: ${where}: ${issue?.message ?? 'unknown'}.`, ANSWERS_SHAPE)
}

export const NO_ANSWERS: Answers = { facts: {}, context: {} }
