import { useEffect, useState } from 'react'
import type { MistakeView } from '#app/views-mistakes.ts'
import { type GradedElement, lineName } from '#domain/grading/index.ts'
import { call } from '../api.ts'
import { useKeys } from '../keys.tsx'
import { NoteEditor, NoteWords } from './mistake-note.tsx'
import './result-note.css'

/** What one attempt lost, by the names of its lines, as the error log has it; and which of it is being noted. */
export interface Notes {
  readonly of: (element: GradedElement) => MistakeView | undefined
  readonly saved: (after: MistakeView) => void
  readonly open: string | null
  readonly setOpen: (name: string | null) => void
}

/** Comes after the grade: what cannot be had of it takes nothing from the page. */
export function useNotes(attempt: string): Notes {
  const [known, setKnown] = useState<ReadonlyMap<string, MistakeView>>(new Map())
  const [open, setOpen] = useState<string | null>(null)
  useEffect(() => {
    let wanted = true
    call<readonly MistakeView[]>('GET', `/api/attempts/${attempt}/mistakes`).then((found) => {
      if (wanted && found.ok) setKnown(new Map(found.value.map((one) => [one.name, one])))
    })
    return () => {
      wanted = false
    }
  }, [attempt])
  useKeys(
    'Mistakes',
    known.size === 0 ? [] : [{ keys: ['N'], does: 'Note why something was lost', run: noteNext }],
  )
  return {
    of: (element) => (element.verdict === 'matched' ? undefined : known.get(lineName(element))),
    saved: (after) => {
      setKnown(new Map(known).set(after.name, after))
      setOpen(null)
    },
    open,
    setOpen,
  }
}

/** The one in whose line the focus is, else the first without a note. */
function noteNext() {
  const here = document.activeElement?.closest('.graded')?.querySelector<HTMLElement>('.note-button')
  const next = here ?? document.querySelector<HTMLElement>('.note-button.without')
  next?.click()
}

interface Props {
  readonly notes: Notes
  readonly element: GradedElement
}

/** Stands at the end of the sentence that says what was lost. */
export function NoteButton({ notes, element }: Props) {
  const mistake = notes.of(element)
  if (!mistake || notes.open === mistake.name) return null
  return (
    <button
      type="button"
      className={mistake.note ? 'button bare note-button' : 'button bare note-button without'}
      onClick={() => notes.setOpen(mistake.name)}
    >
      {mistake.note ? 'Change note' : 'Note why'}
      <span className="hidden-words"> about {element.label}</span>
    </button>
  )
}

/** The note, or the form for it. */
export function NoteBelow({ notes, element }: Props) {
  const mistake = notes.of(element)
  if (!mistake) return null
  if (notes.open !== mistake.name) return <NoteWords mistake={mistake} />
  return (
    <div className="note-below">
      <NoteEditor mistake={mistake} close={() => notes.setOpen(null)} saved={notes.saved} />
    </div>
  )
}
