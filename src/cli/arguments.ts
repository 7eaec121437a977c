import { type ParseArgsConfig, parseArgs } from 'node:util'
import { Usage } from './exit.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** Options of every command. */
const COMMON = { data: { type: 'string' } } as const satisfies Options

/** The arguments of a command, strictly: an unknown option or a missing word is a `Usage`. */
export function readArguments<T extends Options>(
  args: readonly string[],
  options: T,
  words: { readonly least: number; readonly most: number; readonly called: string },
) {
  const parsed = parseStrictly(args, { ...options, ...COMMON })
  const { positionals } = parsed
  // `--data "$DIR"` of an empty variable would be whatever folder this one is.
  if ((parsed.values as { data?: string }).data === '') throw new Usage('--data takes a folder, not nothing.')
  if (positionals.length < words.least) throw new Usage(`${words.called} is missing.`)
  if (positionals.length > words.most) throw new Usage(`"${positionals[words.most]}" is more than it takes.`)
  return parsed
}

function parseStrictly<T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error))
  }
}

/** A number of seconds, or a `Usage` that says what it should be. */
export const readSeconds = (text: string | undefined): number | null =>
  readNumber('--seconds', text, 0, 86_400)

/** The clock that an attempt is held against, in seconds. */
export const readPar = (text: string | undefined): number | null => readNumber('--par', text, 1, 43_200)

function readNumber(option: string, text: string | undefined, least: number, most: number): number | null {
  if (text === undefined) return null
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number) || number < least || number > most)
    throw new Usage(`${option} takes a number from ${least} to ${most}, not "${text}".`)
  return number
}
