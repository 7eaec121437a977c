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
export function readSeconds(text: string | undefined): number | null {
  if (text === undefined) return null
  const seconds = Number(text)
  if (text.trim() === '' || !Number.isFinite(seconds) || seconds < 0 || seconds > 86_400)
    throw new Usage(`--seconds takes a number from 0 to 86400, not "${text}".`)
  return seconds
}
