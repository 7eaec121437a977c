import { type Diagram, displayName, resolve } from '#domain/diagram/index.ts'
import { normalise, singular } from '#lib/text.ts'

/**
 * What labels mean while one attempt is graded. A label's meaning is the concept it resolves to, else its own
 * normalised text: two labels are the same when their meanings are, or when the content or an accepted appeal lists
 * the drawn one as an alternative of the reference's.
 */
export interface Labels {
  /** `concept:ID` or `text:…`; the empty string for a label that says nothing. */
  readonly meaning: (label: string) => string
  /** The meanings in the reference that this drawn label may stand for, its own first. */
  readonly standsFor: (drawn: string) => readonly string[]
  readonly same: (drawn: string, reference: string) => boolean
  /** How a person reads it. */
  readonly name: (label: string) => string
}

/** An appeal that was accepted: this drawn label means that label of the reference. */
export const acceptedLabel = (drawn: string, reference: string): string => `node:${drawn}=${reference}`
/** An appeal that was accepted: what was answered to this fact or context slot is right. */
export const acceptedAnswer = (id: string): string => `answer:${id}`

const APPEALED_LABEL = /^node:(.+)=([^=]+)$/

function meaningIn(diagram: Diagram, label: string): string {
  const resolution = resolve(diagram.vocabulary, label)
  if (resolution) return `concept:${resolution.concept}`
  const text = singular(normalise(label))
  return text === '' ? '' : `text:${text}`
}

function remembered(known: Map<string, string>, label: string, find: () => string): string {
  const found = known.get(label) ?? find()
  known.set(label, found)
  return found
}

export function readLabels(diagram: Diagram, appeals: readonly string[]): Labels {
  const [meanings, names] = [new Map<string, string>(), new Map<string, string>()]
  const meaning = (label: string) => remembered(meanings, label, () => meaningIn(diagram, label))
  const alternatives = new Map<string, string[]>()
  const add = (drawn: string, reference: string) => {
    const key = meaning(drawn)
    const stands = alternatives.get(key) ?? [key]
    if (!stands.includes(meaning(reference))) stands.push(meaning(reference))
    alternatives.set(key, stands)
  }
  for (const { instead, also } of diagram.item.accept) for (const other of also) add(other, instead)
  for (const appeal of appeals) {
    const [, drawn, reference] = APPEALED_LABEL.exec(appeal) ?? []
    if (drawn !== undefined && reference !== undefined) add(drawn, reference)
  }
  const standsFor = (drawn: string): readonly string[] => {
    const key = meaning(drawn)
    return key === '' ? [] : (alternatives.get(key) ?? [key])
  }
  return {
    meaning,
    standsFor,
    same: (drawn, reference) => standsFor(drawn).includes(meaning(reference)),
    name: (label) => remembered(names, label, () => displayName(diagram.vocabulary, label)),
  }
}
