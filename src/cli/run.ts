import type { AnkiPackages, Catalogue, Paint, World } from '#app/ports.ts'
import type { Problem } from '#app/views.ts'
import type { Parsers } from '#domain/diagram/index.ts'
import type { Result } from '#lib/result.ts'
import { nearest } from '#lib/text.ts'
import { EXIT, Usage } from './exit.ts'
import { HELP, helpOf, isCommand } from './help.ts'

/** What the command line works with; given from outside, so that a test gives its own. */
export interface Shell {
  out(text: string | Uint8Array): void
  err(text: string): void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly contentFolder: string
  dataFolder(asked: string | null): string
  openCatalogue(): Promise<Result<Catalogue, Problem>>
  openWorld(folder: string): Promise<Result<World, Problem>>
  readonly runElk: World['runElk']
  /** The parsers of other tools; nothing of them is loaded before a file needs it. */
  parsers(): Promise<Parsers>
  /** Paints by a browser of this machine, which is looked for when it is called. */
  paint(): Promise<Paint>
  anki(): Promise<AnkiPackages>
  serve(
    world: World,
    folder: string,
    port: number | null,
  ): Promise<Result<{ readonly address: string; close(): Promise<void> }, string>>
}

export type Command = (args: readonly string[], shell: Shell) => Promise<number>

/** Each command is loaded when it is called: `today` should not wait for what `grade` needs. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).start,
  today: async () => (await import('./today.ts')).todayCommand,
  show: async () => (await import('./show.ts')).showCommand,
  recall: async () => (await import('./recall.ts')).recallCommand,
  grade: async () => (await import('./grade.ts')).gradeCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
  catalog: async () => (await import('./catalog.ts')).catalogCommand,
  appeal: async () => (await import('./appeal.ts')).appealCommand,
  appeals: async () => (await import('./appeals.ts')).appealsCommand,
  regrade: async () => (await import('./regrade.ts')).regradeCommand,
  log: async () => (await import('./log.ts')).logCommand,
  cards: async () => (await import('./cards.ts')).cardsCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  import: async () => (await import('./import.ts')).importCommand,
  fit: async () => (await import('./fit.ts')).fitCommand,
  progress: async () => (await import('./progress.ts')).progressCommand,
  mistakes: async () => (await import('./mistakes.ts')).mistakesCommand,
}

/** Runs one command and gives the process's exit code. */
export async function runCommand(argv: readonly string[], shell: Shell): Promise<number> {
  const [name, ...args] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const about = name === 'help' ? args[0] : undefined
    shell.out(about !== undefined && isCommand(about) ? helpOf(about) : HELP)
    return EXIT.ok
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load === undefined) {
    const near = nearest(name, Object.keys(COMMANDS))
    shell.err(`atlas: there is no command "${name}". `)
    shell.err(near === null ? 'atlas --help lists them.\n' : `Did you mean "${near}"?\n`)
    return EXIT.usage
  }
  if (args.includes('--help') || args.includes('-h')) {
    shell.out(helpOf(name))
    return EXIT.ok
  }
  try {
    const command = await load()
    return await command(args, shell)
  } catch (error) {
    if (!(error instanceof Usage)) return fault(error, shell)
    shell.err(`atlas ${name}: ${error.message}\n\n${helpOf(name)}`)
    return EXIT.usage
  }
}

/** What nobody foresaw: a sentence for the person, the stack for whoever mends it. */
function fault(error: unknown, shell: Shell): number {
  const message = error instanceof Error ? error.message : String(error)
  shell.err(`atlas: this is a fault of Atlas: ${message}\n`)
  if (shell.env.ATLAS_DEBUG && error instanceof Error) shell.err(`${error.stack}\n`)
  else shell.err('ATLAS_DEBUG=1 shows where. What was recorded before is safe.\n')
  return EXIT.fault
}
