import { type KeyboardEvent, type RefObject, useState } from 'react'
import { CONFIDENCE_LEVELS } from '#domain/progress/index.ts'
import { Key } from '../ui/bits.tsx'
import type { Session } from './session.ts'
import './confidence-key.css'

/** What each key says in words, beside the total that it stands for. */
const WORDS = ['Little of it', 'Less than half', 'More than half', 'Most of it', 'Nearly all']

/**
 * Handing in, with the question before it where the learner is asked: what is handed in without having come by the question
 * goes there first; from there it is handed in, answered or not.
 */
export function useHandIn(session: Session, asks: boolean, question: RefObject<HTMLFieldSetElement | null>) {
  const [expected, expect] = useState<number | null>(null)
  const [met, setMet] = useState(false)
  const handIn = () => {
    if (!asks || met || expected !== null) return session.submit(expected)
    question.current?.focus()
  }
  return { expected, expect, handIn, meet: () => setMet(true) }
}

/** One key before the grade: how much of it is right? */
export function ConfidenceKey({
  hand,
  session,
  host,
}: {
  readonly hand: ReturnType<typeof useHandIn>
  readonly session: Session
  readonly host: RefObject<HTMLFieldSetElement | null>
}) {
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
    // No field has the focus yet, so Enter would go nowhere.
    if (event.key === 'Enter' && event.target === event.currentTarget) {
      event.preventDefault()
      session.submit(hand.expected)
      return
    }
    const level = CONFIDENCE_LEVELS[Number(event.key) - 1]
    if (level === undefined) return
    event.preventDefault()
    hand.expect(level)
    session.submit(level)
  }
  return (
    <fieldset ref={host} className="expected" tabIndex={-1} onKeyDown={press} onFocus={hand.meet}>
      <legend>
        How much of it is right, do you think?{' '}
        <span className="soft small touchless">
          <Key of="1" /> to <Key of="5" /> hands in · <Key of="Enter" /> without an answer
        </span>
      </legend>
      <div className="choices">
        {CONFIDENCE_LEVELS.map((level, i) => (
          <label key={level}>
            <input
              type="radio"
              name="expected"
              checked={hand.expected === level}
              onChange={() => hand.expect(level)}
            />
            <span className="level">
              <strong className="numbers">{level}</strong> <Key of={String(i + 1)} />
            </span>
            <span className="soft small">{WORDS[i]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
