import type { MistakeView } from '#app/views-mistakes.ts'
import { count } from '../ui/words.ts'

export const KINDS = ['conceptual', 'procedural', 'factual', 'application'] as const

export const KIND_WORDS: Readonly<Record<MistakeView['kind'], string>> = {
  conceptual: 'Conceptual',
  procedural: 'Procedural',
  factual: 'Factual',
  application: 'Application',
}

/** What a kind means, as the mission has it. */
export const KIND_SAYS: Readonly<Record<MistakeView['kind'], string>> = {
  conceptual: 'I understood it otherwise',
  procedural: 'I took another way or order',
  factual: 'I did not know it',
  application: 'I knew it and could not use it',
}

const ELEMENT_WORDS: Readonly<Record<MistakeView['element'], string>> = {
  node: '',
  group: 'group',
  edge: 'connection',
  message: 'message',
  event: 'event',
  order: 'place in the order',
  row: 'row',
  column: 'column',
  cell: 'cell',
  fact: '',
  context: '',
  speed: '',
  mutation: 'change',
}

const VERDICT_WORDS: Readonly<Record<MistakeView['verdict'], string>> = {
  matched: 'right',
  missing: 'missing',
  wrong: 'wrong',
  reversed: 'turned round',
  extra: 'not in the reference',
  missed: 'not answered rightly',
}

/** `connection turned round`, `missing, with 2 connections`. */
export function lostWords({
  element,
  verdict,
  took,
}: Pick<MistakeView, 'element' | 'verdict' | 'took'>): string {
  const asked = element === 'fact' || element === 'context'
  if (asked) return verdict === 'missing' ? 'not answered' : 'answered wrongly'
  const what = element === 'node' && verdict === 'wrong' ? 'under another name' : VERDICT_WORDS[verdict]
  const words = [ELEMENT_WORDS[element], what].filter((word) => word !== '').join(' ')
  return took > 0 ? `${words}, with ${count(took, 'connection')}` : words
}
