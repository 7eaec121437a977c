import { useEffect, useRef, useState } from 'react'
import type { Form, OwnName } from '#domain/diagram/index.ts'
import type { Field } from '../ui/vocabulary.ts'
import type { Inline } from './canvas-edit.ts'
import type { OnCanvas } from './canvas-model.ts'
import { TypeAhead } from './type-ahead.tsx'

interface Props {
  readonly inline: Inline
  readonly canvas: OnCanvas
  readonly label: string
  readonly field: Field
  readonly own: readonly OwnName[]
  readonly form: Form
  /** Null: nothing is to be changed. */
  readonly done: (name: string | null) => void
}

function placeOf({ inline, canvas: { layout, origin } }: Props) {
  if (inline.kind === 'new') return inline.at
  const { element } = inline
  const edge = layout.edges.find((one) => one.el === element)
  if (edge) {
    const box = edge.label?.box
    const [a, b] = [edge.points[0], edge.points.at(-1)]
    const middle = box
      ? { x: box.x + box.width / 2, y: box.y + box.height / 2 }
      : { x: ((a?.x ?? 0) + (b?.x ?? 0)) / 2, y: ((a?.y ?? 0) + (b?.y ?? 0)) / 2 }
    return { x: middle.x + origin.x, y: middle.y + origin.y }
  }
  const node = layout.nodes.find((one) => one.el === element)
  const group = layout.groups.find((one) => one.el === element)
  const box = node?.box ?? group?.captionBox ?? { x: 0, y: 0, width: 0, height: 0 }
  return { x: box.x + box.width / 2 + origin.x, y: box.y + box.height / 2 + origin.y }
}

/** A name typed where it will stand. Enter or leaving the field writes it, Escape does not. */
export function InlineName(props: Props) {
  const [value, setValue] = useState(props.label)
  const input = useRef<HTMLInputElement>(null)
  const finished = useRef(false)
  const finish = (name: string | null) => {
    if (finished.current) return
    finished.current = true
    props.done(name)
  }
  useEffect(() => {
    input.current?.focus({ preventScroll: true })
    input.current?.select()
  }, [])
  const place = placeOf(props)
  return (
    <div
      className="inline nodrag nopan nowheel"
      style={{ transform: `translate(${place.x}px, ${place.y}px) translate(-50%, -50%)` }}
    >
      <TypeAhead
        field={props.field}
        form={props.form}
        own={props.own}
        value={value}
        change={setValue}
        enter={() => finish(value)}
        escape={() => finish(null)}
        blur={() => finish(value.trim() === '' ? null : value)}
        label={props.inline.kind === 'new' ? 'Name of the new node' : 'New name'}
        input={input}
        single
      />
    </div>
  )
}
