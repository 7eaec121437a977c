import type { ContextSlot, Fact } from '#domain/curriculum/index.ts'
import type { Diagram, Vocabulary } from '#domain/diagram/index.ts'
import { resolve } from '#domain/diagram/index.ts'
import { invariant } from '#lib/invariant.ts'
import { parseQuantity, type Quantity, sameQuantity, yearOf } from '#lib/quantity.ts'
import { normalise, singular } from '#lib/text.ts'
import type { Accepted } from './appeals.ts'
import { element, partOf } from './element.ts'
import type { Answers, GradedElement, Part } from './grade.ts'

export const TECHNICAL = 30
export const CONTEXT = 20

/** Whether an answer is right, and why. */
interface Judgement {
  readonly right: boolean
  readonly because: string
}

interface Question {
  readonly id: string
  readonly ask: string
  readonly right: string
  readonly judge: (given: string) => Judgement
}

interface Graded {
  readonly part: Part
  readonly elements: readonly GradedElement[]
}

/** Technical: 30 points, the same for each fact. */
export function gradeFacts(diagram: Diagram, answers: Answers, appeals: readonly Accepted[]): Graded {
  const questions = diagram.item.facts.map((fact): Question => {
    return {
      id: fact.id,
      ask: fact.ask,
      right: fact.value,
      judge: (given) => judgeFact(fact, given, diagram),
    }
  })
  return gradeQuestions('fact', TECHNICAL, questions, answers.facts, appeals)
}

/** Real world: 20 points, the same for each slot. */
export function gradeContext(diagram: Diagram, answers: Answers, appeals: readonly Accepted[]): Graded {
  const questions = diagram.item.context.map((slot): Question => {
    const right = slot.accept.map((wording) => nameOf(diagram.vocabulary, wording)).join(', ')
    return { id: slot.slot, ask: slot.ask, right, judge: (given) => judgeSlot(slot, given, diagram) }
  })
  return gradeQuestions('context', CONTEXT, questions, answers.context, appeals)
}

/** The answers that earn everything. */
export function referenceAnswers(diagram: Diagram): Answers {
  const { facts, context } = diagram.item
  return {
    facts: Object.fromEntries(facts.map(({ id, value }) => [id, value])),
    context: Object.fromEntries(context.map(({ slot, accept }) => [slot, accept[0] ?? ''])),
  }
}

function gradeQuestions(
  kind: 'fact' | 'context',
  max: number,
  questions: readonly Question[],
  answers: Readonly<Record<string, string>>,
  appeals: readonly Accepted[],
): Graded {
  invariant(questions.length > 0, `a diagram without a ${kind} cannot be graded`)
  const of = max / questions.length
  const elements = questions.map(({ id, ask, right, judge }) => {
    const given = (Object.hasOwn(answers, id) ? (answers[id] ?? '') : '').trim()
    const judged = appealed(judge(given), id, given, appeals)
    return element({
      kind,
      label: ask,
      verdict: judged.right ? 'matched' : given === '' ? 'missing' : 'wrong',
      points: judged.right ? of : 0,
      of,
      because: given === '' ? `Not answered; it is ${right}.` : judged.because,
      answer: { id, given, right },
    })
  })
  return { part: partOf(elements, max), elements }
}

/** An appeal makes right what was answered then, in the same words or as the same quantity. */
function appealed(judged: Judgement, id: string, given: string, appeals: readonly Accepted[]): Judgement {
  if (judged.right || given === '') return judged
  const accepts = appeals.some(
    (one) => one.kind === 'answer' && one.id === id && sameAnswer(one.given, given),
  )
  return accepts ? { right: true, because: `“${given}” is accepted on your appeal.` } : judged
}

function sameAnswer(accepted: string, given: string): boolean {
  if (plain(wordsOf(accepted)) === plain(wordsOf(given))) return true
  const [a, b] = [parseQuantity(accepted), parseQuantity(given)]
  return a !== null && b !== null && sameQuantity(a, b, 0)
}

function judgeFact(fact: Fact, given: string, diagram: Diagram): Judgement {
  const wordings = [fact.value, ...fact.accept]
  for (const wording of wordings) {
    const right = parseQuantity(wording)
    if (!right) continue
    const found = sameNumber(right, given, toleranceOf(fact.tolerance, right), wording)
    if (found) return found
  }
  const phrases = wordings.filter((wording) => parseQuantity(wording) === null || wording.trim() === given)
  if (names(phrases, given, diagram.vocabulary)) return accepted(fact.value, given)
  return { right: false, because: `It is ${nameOf(diagram.vocabulary, fact.value)}, not “${given}”.` }
}

function judgeSlot(slot: ContextSlot, given: string, { vocabulary }: Diagram): Judgement {
  if (names(slot.accept, given, vocabulary))
    return { right: true, because: 'That is one of the right answers.' }
  const right = slot.accept.map((wording) => nameOf(vocabulary, wording)).join(', ')
  return { right: false, because: `“${given}” is not among the right answers: ${right}.` }
}

const accepted = (right: string, given: string): Judgement => ({
  right: true,
  because: normalise(given) === normalise(right) ? 'Right.' : `“${given}” counts as ${right}.`,
})

const nameOf = (vocabulary: Vocabulary, wording: string): string => {
  if (parseQuantity(wording)) return wording
  return vocabulary.concepts.get(wording)?.name ?? wording
}

/** Base units: a number is in the unit that the value is written in, `10%` is a share of the value. */
function toleranceOf(tolerance: number | string, right: Quantity): number {
  if (typeof tolerance === 'number') return tolerance * right.scale
  return (Math.abs(right.value) * Number.parseFloat(tolerance)) / 100
}

const AROUND =
  /^(?:(?:about|around|approximately|approx\.?|roughly|circa|ca\.?|exactly|nearly|almost|every|after|for|in|at|on|~|≈|=)\s*)+/i
const NUMBER_WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** Null where the answer is not right by this value; a bare number is taken in the value's own unit, and it is said. */
function sameNumber(right: Quantity, given: string, tolerance: number, wording: string): Judgement | null {
  for (const { quantity, bare } of readings(given)) {
    if (sameQuantity(right, quantity, tolerance)) return accepted(wording, given)
    if (right.unit === '' && yearOf(quantity) === right.value) return accepted(wording, given)
    if (!bare || right.unit === '' || ['clock', 'day', 'month'].includes(right.unit)) continue
    const assumed = { ...quantity, value: quantity.value * right.scale, unit: right.unit }
    if (sameQuantity(right, assumed, tolerance))
      return { right: true, because: `“${given}” is taken in the unit of ${wording}.` }
  }
  return null
}

/** What an answer may mean as a quantity. A number with a word that is no unit is a count of that word. */
function readings(given: string): { quantity: Quantity; bare: boolean }[] {
  const text = given
    .trim()
    .replace(AROUND, '')
    .replace(/[.!?]+$/, '')
  const found: { quantity: Quantity; bare: boolean }[] = []
  const add = (quantity: Quantity | null) => {
    if (quantity) found.push({ quantity, bare: quantity.unit === '' })
  }
  const spelt = text.replace(/^[a-z]+(?![a-z])/i, (word) => {
    const at = NUMBER_WORDS.indexOf(word.toLowerCase())
    return at < 0 ? word : String(at)
  })
  add(parseQuantity(spelt))
  // A lone m or B is also what people write for millions and billions.
  const millions = /^([\d.,]+) ?m$/.exec(spelt)
  if (millions) add(parseQuantity(`${millions[1]}M`))
  const billions = /^([\d.,]+) ?B$/.exec(spelt)
  if (billions) add(parseQuantity(`${billions[1]}bn`))
  const times = /^([\d.,]+) ?(?:x|×|times)$/i.exec(spelt)
  if (times) add(parseQuantity(times[1] ?? ''))
  if (found.length > 0) return found
  const counted = /^(\S+?) ?(k|K|M|million|billion)? ((?:[a-z]{3,}[ -]?){1,3})$/i.exec(spelt)
  const words = (counted?.[3] ?? '').split(/[ -]/)
  if (!counted || words.some((word) => NEGATIONS.has(word) || HEDGES.has(word))) return found
  if (words.some((word) => parseQuantity(`1 ${word}`) !== null && parseQuantity(`1 ${word}`)?.unit !== ''))
    return found
  const bare = parseQuantity(`${counted[1]}${counted[2] ? ` ${counted[2]}` : ''}`)
  if (bare?.unit === '') add(bare)
  return found
}

const NEGATIONS = new Set(
  'not no never none neither nor without isnt arent dont doesnt didnt cant wont cannot'.split(' '),
)
const HEDGES = new Set(['or', 'maybe', 'either', 'plus', 'minus', 'half'])
/** An answer longer than this is an essay, and is only right as a whole. */
const SENTENCE_WORDS = 8

const wordsOf = (text: string): string[] =>
  normalise(text)
    .replace(/[,;:!?()[\]]|\.(?=\s|$)/g, ' ')
    .split(' ')
    .filter((word) => word !== '' && !['a', 'an', 'the'].includes(word))

const plain = (words: readonly string[]): string => singular(words.join(' '))

/**
 * Whether an answer names one of the accepted wordings: the same concept; the same words (case, articles and
 * punctuation aside); or a sentence of at most eight words that holds an accepted wording whole and, in its other
 * words, neither a negation nor an `or` nor another concept of the same kind that is not accepted.
 */
function names(accept: readonly string[], given: string, vocabulary: Vocabulary): boolean {
  const words = wordsOf(given)
  if (words.length === 0) return false
  const concepts = new Set(accept.flatMap((wording) => conceptOf(vocabulary, wording) ?? []))
  const wordings = [...accept, ...[...concepts].flatMap((id) => labelsOf(vocabulary, id))].map(wordsOf)
  const text = plain(words)
  if (wordings.some((wording) => plain(wording) === text)) return true
  const held =
    words.length <= SENTENCE_WORDS &&
    wordings.some((wording) => {
      const rest = without(words, wording)
      return rest !== null && !rest.some((run) => contradicts(run, concepts, vocabulary))
    })
  return held || concepts.has(resolve(vocabulary, words.join(' '))?.concept ?? '')
}

/** By its exact words: what the content says is spelt right. */
const conceptOf = (vocabulary: Vocabulary, wording: string): string | undefined =>
  vocabulary.byLabel.get(plain(wordsOf(wording))) ?? vocabulary.byLabel.get(singular(normalise(wording)))

function labelsOf(vocabulary: Vocabulary, id: string): string[] {
  const concept = vocabulary.concepts.get(id)
  return concept ? [concept.name, ...concept.aliases] : []
}

/** The words before and after a wording that stands whole among them, or null. */
function without(words: readonly string[], wording: readonly string[]): readonly string[][] | null {
  if (wording.length === 0) return null
  const wanted = plain(wording)
  for (let at = 0; at + wording.length <= words.length; at++)
    if (plain(words.slice(at, at + wording.length)) === wanted)
      return [words.slice(0, at), words.slice(at + wording.length)]
  return null
}

function contradicts(run: readonly string[], right: ReadonlySet<string>, vocabulary: Vocabulary): boolean {
  if (run.some((word) => NEGATIONS.has(word) || word === 'or')) return true
  const kinds = new Set([...right].map((id) => vocabulary.concepts.get(id)?.kind))
  for (let at = 0; at < run.length; at++)
    for (let length = 1; length <= 4 && at + length <= run.length; length++) {
      const concept = vocabulary.byLabel.get(plain(run.slice(at, at + length)))
      if (concept === undefined || right.has(concept)) continue
      if (right.size === 0 || kinds.has(vocabulary.concepts.get(concept)?.kind)) return true
    }
  return false
}
