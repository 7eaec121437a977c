import { type InputHTMLAttributes, useId, useMemo, useState } from 'react'
import { type Completion, complete, type OwnName } from '#domain/diagram/index.ts'
import type { Field } from '../ui/vocabulary.ts'
import { ConceptIcon } from './concept-icon.tsx'
import './cell.css'

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'list'> {
  readonly field: Field
  /** The learner's own names so far; null for a cell that holds no names, such as a time. */
  readonly own: readonly OwnName[] | null
  readonly value: string
  readonly change: (value: string) => void
  /** Where the focus goes when a suggestion was taken with Enter. */
  readonly onward: () => void
}

interface Room {
  readonly left: number
  readonly top: number
  readonly bottom: number
  readonly width: number
}

const LIST_PX = 240

/**
 * A cell of a table with suggestions, as in a spreadsheet: they open while something is typed, the arrows choose one,
 * Enter or Tab takes it and goes on. Nothing is chosen at first, so Enter and Tab keep what was written.
 */
export function Cell({ field, own, value, change, onward, onKeyDown, ...rest }: Props) {
  const [room, setRoom] = useState<Room | null>(null)
  const [at, setAt] = useState(-1)
  const listId = useId()
  const found = useMemo(
    () => (room && own ? complete(field.completions, own, { from: 0, text: value, label: false }, 5) : []),
    [room, field, own, value],
  )
  const isOpen = found.length > 0
  const close = () => {
    setRoom(null)
    setAt(-1)
  }
  const take = (completion: Completion | undefined) => {
    if (completion) change(completion.label)
    close()
  }
  const press = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    const chosen = found[at]
    if (isOpen && plain && event.key === 'ArrowDown') setAt((at + 1) % found.length)
    else if (isOpen && plain && event.key === 'ArrowUp' && at >= 0) setAt(at - 1)
    else if (isOpen && event.key === 'Escape') close()
    else if (chosen && plain && event.key === 'Enter') {
      take(chosen)
      onward()
    } else if (chosen && plain && event.key === 'Tab') return take(chosen)
    else return onKeyDown?.(event)
    event.preventDefault()
    event.stopPropagation()
  }
  const below = room !== null && room.bottom + LIST_PX < window.innerHeight
  return (
    <>
      <input
        {...rest}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && at >= 0 ? `${listId}-${at}` : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={200}
        value={value}
        onChange={(event) => {
          const { left, top, bottom, width } = event.target.getBoundingClientRect()
          setRoom(event.target.value.trim() === '' ? null : { left, top, bottom, width })
          setAt(-1)
          change(event.target.value)
        }}
        onKeyDown={press}
        onBlur={close}
      />
      <div
        id={listId}
        role="listbox"
        aria-label="Suggestions"
        className="suggestions of-cell"
        hidden={!isOpen}
        style={
          room
            ? {
                left: Math.max(8, Math.min(room.left, window.innerWidth - 308)),
                ...(below
                  ? { top: room.bottom + 2, bottom: 'auto' }
                  : { top: 'auto', bottom: window.innerHeight - room.top + 2 }),
              }
            : undefined
        }
      >
        {found.map((completion, i) => (
          <div
            key={`${completion.concept} ${completion.label}`}
            id={`${listId}-${i}`}
            role="option"
            aria-selected={i === at}
            tabIndex={-1}
            onMouseDown={(event) => {
              event.preventDefault()
              take(completion)
            }}
          >
            <ConceptIcon field={field} concept={completion.concept} />
            <span>{completion.label}</span>
            {completion.via !== null && <span className="soft small">{completion.via}</span>}
          </div>
        ))}
      </div>
    </>
  )
}
