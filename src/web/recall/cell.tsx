import { type CSSProperties, type InputHTMLAttributes, useId, useMemo, useState } from 'react'
import { type Completion, complete, type OwnName } from '#domain/diagram/index.ts'
import type { Field } from '../ui/vocabulary.ts'
import { Suggestions } from './suggestions.tsx'
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

/** Below the cell where there is room for the list, else above it. */
const placeOf = ({ left, top, bottom }: Room): CSSProperties => ({
  left: Math.max(8, Math.min(left, window.innerWidth - 308)),
  ...(bottom + LIST_PX < window.innerHeight
    ? { top: bottom + 2, bottom: 'auto' }
    : { top: 'auto', bottom: window.innerHeight - top + 2 }),
})

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
      <Suggestions
        id={listId}
        found={found}
        chosen={at}
        field={field}
        take={take}
        className="of-cell"
        style={room ? placeOf(room) : undefined}
      />
    </>
  )
}
