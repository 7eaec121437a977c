import { z } from 'zod'
import { type LearnerEvent, learnerEvent } from '#domain/progress/index.ts'
import { ok, type Result } from '#lib/result.ts'
import type { World } from './ports.ts'
import { badInput, storage } from './problem.ts'
import type { Problem } from './views.ts'

/** An event as such, of whatever type and version. */
const anyEvent = z.object({ id: z.uuid(), type: z.string().regex(/^[a-z-]+\.[a-z-]+$/), v: z.int().min(1) })

export interface Imported {
  /** Events that the log did not have. */
  readonly added: number
  readonly known: number
}

/**
 * Adds the events of an export to the learner's history: a set union, so importing twice is importing once. All or
 * nothing: one line that is no event refuses the whole file, because a file that was cut short would look complete.
 * Events of another name become this learner's: a history is moved between machines by its export.
 */
export async function importLog(world: World, text: string): Promise<Result<Imported, Problem>> {
  const events: LearnerEvent[] = []
  const lineOf = new Map<string, number>()
  for (const [i, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue
    const event = readLine(line)
    if (typeof event === 'string')
      return badInput(
        `Line ${i + 1} is no event of Atlas: ${event}. Nothing was imported.`,
        'If the file was cut short, export it again; else take that line out and import the rest.',
      )
    events.push({ ...event, learner: world.learner })
    lineOf.set(event.id, i + 1)
  }
  const appended = await world.store.append(events)
  if (!appended.ok) {
    const { code, event = '' } = appended.error
    if (code !== 'clash') return storage(appended.error)
    return badInput(
      `Line ${lineOf.get(event)} has the id of another event, with other content: ${event}. Nothing was imported.`,
      'Events never change, so one of the two is wrong. Take that line out and import the rest.',
    )
  }
  const { added } = appended.value
  return ok({ added, known: events.length - added })
}

/** The event of a line, or what is wrong with it. */
function readLine(line: string): LearnerEvent | string {
  let raw: unknown
  try {
    raw = JSON.parse(line)
  } catch {
    return 'it is not complete JSON'
  }
  const parsed = learnerEvent.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (isUnknownKind(issue) && anyEvent.safeParse(raw).success)
    return 'it was written by a later version of Atlas; update Atlas, then import it'
  const where = issue && issue.path.length > 0 ? `"${issue.path.join('.')}": ` : ''
  return `${where}${issue?.message ?? 'unknown shape'}`
}

const isUnknownKind = (issue: z.core.$ZodIssue | undefined): boolean =>
  issue?.path.length === 1 && (issue.path[0] === 'type' || issue.path[0] === 'v')
