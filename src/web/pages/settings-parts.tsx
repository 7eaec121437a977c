import { type ReactNode, useEffect, useId, useState } from 'react'
import type { Settings } from '#domain/progress/index.ts'

export interface PartProps {
  readonly settings: Settings
  readonly change: (part: Partial<Settings>) => void
}

/** One of a few: each with a line that says what it means. */
export function Choice<T extends string>({
  legend,
  name,
  value,
  options,
  choose,
}: {
  readonly legend: string
  readonly name: string
  readonly value: T
  readonly options: readonly (readonly [T, string, string])[]
  readonly choose: (value: T) => void
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(([option, label, says]) => (
        <label key={option} className="choice">
          <input type="radio" name={name} checked={value === option} onChange={() => choose(option)} />
          <span>
            {label}
            {says !== '' && <span className="soft small">{says}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** On or off. */
export const Switch = ({
  label,
  says,
  on,
  set,
}: {
  readonly label: string
  readonly says: string
  readonly on: boolean
  readonly set: (on: boolean) => void
}) => (
  <label className="choice">
    <input type="checkbox" checked={on} onChange={(event) => set(event.target.checked)} />
    <span>
      {label}
      <span className="soft small">{says}</span>
    </span>
  </label>
)

/** A field with its label before it and what it means below; the whole row fits a narrow screen. */
export function Field({
  label,
  says,
  children,
}: {
  readonly label: string
  readonly says?: ReactNode
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby'?: string }) => ReactNode
}) {
  const id = useId()
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      {children(says === undefined ? { id } : { id, 'aria-describedby': `${id}-says` })}
      {says !== undefined && (
        <p className="soft small" id={`${id}-says`}>
          {says}
        </p>
      )}
    </div>
  )
}

/**
 * A number that counts when the field is left or Enter is pressed, so that a number half typed changes nothing. What is out of
 * range goes back. Empty gives null where that means something.
 */
export function NumberField({
  value,
  min,
  max,
  step = 1,
  empty,
  set,
  ...ids
}: {
  readonly value: number | null
  readonly min: number
  readonly max: number
  readonly step?: number
  /** What an empty field shows, where it may be empty. */
  readonly empty?: string
  readonly set: (value: number | null) => void
  readonly id?: string
  readonly 'aria-describedby'?: string
  readonly 'aria-label'?: string
}) {
  const shown = value === null ? '' : String(value)
  const [text, setText] = useState(shown)
  useEffect(() => setText(shown), [shown])
  const commit = () => {
    if (text === shown) return
    const number = Number(text)
    if (text.trim() === '' && empty !== undefined) set(null)
    else if (text.trim() !== '' && Number.isFinite(number) && number >= min && number <= max) set(number)
    else setText(shown)
  }
  return (
    <input
      {...ids}
      className="field short numbers"
      type="number"
      min={min}
      max={max}
      step={step}
      value={text}
      placeholder={empty}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  )
}

/** A day; a year half typed (`0202`) changes nothing. What is left unfinished goes back. */
export function DateField({
  value,
  set,
  ...ids
}: {
  readonly value: string | null
  readonly set: (value: string) => void
  readonly id?: string
  readonly 'aria-describedby'?: string
}) {
  const shown = value ?? ''
  const [text, setText] = useState(shown)
  useEffect(() => setText(shown), [shown])
  const type = (typed: string) => {
    setText(typed)
    if (/^[1-9]\d{3}-\d{2}-\d{2}$/.test(typed)) set(typed)
  }
  return (
    <input
      {...ids}
      className="field"
      type="date"
      value={text}
      onChange={(event) => type(event.target.value)}
      onBlur={() => setText(shown)}
    />
  )
}
