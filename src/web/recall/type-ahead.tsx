import { type ReactNode, type RefObject, useId, useMemo, useState } from 'react'
import {
  type Completion,
  complete,
  type Form,
  type OwnName,
  quoteSegment,
  typingAt,
} from '#domain/diagram/index.ts'
import type { Field } from '../ui/vocabulary.ts'
import { Suggestions } from './suggestions.tsx'

interface Props {
  readonly field: Field
  readonly form: Form
  /** The learner's own names so far. */
  readonly own: readonly OwnName[]
  readonly value: string
  readonly change: (value: string) => void
  readonly enter: () => void
  readonly escape?: () => void
  /** An arrow key that chose nothing in the list. */
  readonly arrow?: (key: 'ArrowUp' | 'ArrowDown') => void
  readonly label: string
  readonly placeholder?: string
  readonly input: RefObject<HTMLInputElement | null>
  readonly className?: string
  /** The whole input is one name: nothing in it separates. */
  readonly single?: boolean
  readonly blur?: () => void
  readonly describedBy?: string
  readonly children?: ReactNode
}

/** A text field with suggestions from the whole vocabulary: Tab accepts, the arrows choose, Enter is the caller's. */
export function TypeAhead(props: Props) {
  const { field, form, own, value, single, input } = props
  const [caret, setCaret] = useState(value.length)
  const [at, setAt] = useState(0)
  const [closed, setClosed] = useState<string | null>(null)
  const listId = useId()
  const typing = useMemo(
    () => (single ? { from: 0, text: value, label: false } : typingAt(value, caret, form)),
    [single, value, caret, form],
  )
  const found = useMemo(
    () => (closed === value ? [] : complete(field.completions, own, typing)),
    [field, own, typing, closed, value],
  )
  const chosen = Math.min(at, found.length - 1)
  const open = found.length > 0
  const accept = (completion: Completion | undefined) => {
    if (!completion) return
    const table = form === 'timeline' || form === 'matrix' || single || typing.label
    const word = table ? completion.label : quoteSegment(completion.label)
    const head = value.slice(0, typing.from).replace(/"$/, '')
    const next = head + word + value.slice(caret)
    props.change(next)
    setClosed(next)
    setAt(0)
    requestAnimationFrame(() =>
      input.current?.setSelectionRange(head.length + word.length, head.length + word.length),
    )
    setCaret(head.length + word.length)
  }
  const press = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Tab' && open && !event.shiftKey) accept(found[chosen])
    else if (event.key === 'ArrowDown' && open) setAt((chosen + 1) % found.length)
    else if (event.key === 'ArrowUp' && open) setAt((chosen + found.length - 1) % found.length)
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!props.arrow) return
      props.arrow(event.key)
    } else if (event.key === 'Enter') props.enter()
    else if (event.key === 'Escape' && open) setClosed(value)
    else if (event.key === 'Escape') props.escape?.()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="type-ahead">
      <input
        ref={input}
        className={props.className ?? 'field'}
        role="combobox"
        aria-label={props.label}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${listId}-${chosen}` : undefined}
        aria-describedby={props.describedBy}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="done"
        maxLength={4000}
        placeholder={props.placeholder}
        value={value}
        onChange={(event) => {
          props.change(event.target.value)
          setCaret(event.target.selectionStart ?? event.target.value.length)
          setAt(0)
          setClosed(null)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? value.length)}
        onKeyDown={press}
        onBlur={props.blur}
      />
      <Suggestions id={listId} found={found} chosen={chosen} field={field} take={accept} withKinds />
      {props.children}
    </div>
  )
}
