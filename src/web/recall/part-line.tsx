import type { RecallView } from '#app/views.ts'
import { useKeys } from '../keys.tsx'
import { Key } from '../ui/bits.tsx'
import { count } from '../ui/words.ts'
import type { Session } from './session.ts'
import { textOf } from './work.ts'

/** Says that only a part is asked, and offers the whole while nothing is done yet; and the other way round. */
export function PartLine({ view, session }: { readonly view: RecallView; readonly session: Session }) {
  const { part } = session
  const other = part === null ? 'Ask only what was weak' : 'Ask all of it'
  const isUntouched = textOf(session.work) === (part?.drawing ?? '')
  const canChange = view.part !== null && isUntouched && isUnanswered(session)
  const change = () => session.begin(part === null ? view.part : null)
  useKeys('This recall', canChange ? [{ keys: ['Alt+W'], does: other, run: change, inFields: true }] : [])
  if (part === null && !canChange) return null
  return (
    <p className="part-line small">
      {part !== null && <span>{saying(part)}</span>}
      {canChange && (
        <button type="button" className="button bare" onClick={change}>
          {other} <Key of="Alt+W" />
        </button>
      )}
    </p>
  )
}

const isUnanswered = ({ answers }: Session): boolean =>
  [...Object.values(answers.facts), ...Object.values(answers.context)].every((answer) => answer === '')

function saying({ elements, facts, context }: NonNullable<RecallView['part']>): string {
  const questions = facts.length + context.length
  const asks = questions === 0 ? [] : [count(questions, 'question')]
  if (elements === 0) return `Only what you missed last time: ${asks.join('')}.`
  const what = [`${count(elements, 'thing')} to draw`, ...asks].join(' and ')
  return `Only what you missed last time: ${what}. The rest is given.`
}
