import { type ReactNode, useRef, useState } from 'react'
import type { ResultView } from '#app/views.ts'
import type { ElementId } from '#domain/diagram/index.ts'
import type { GradedElement } from '#domain/grading/index.ts'
import { useKeys } from '../keys.tsx'
import { Key } from '../ui/bits.tsx'
import { Download } from '../ui/download.tsx'
import { Figure } from '../ui/figure.tsx'
import type { Lit } from './result.tsx'

const LEGEND: readonly (readonly [GradedElement['verdict'], string])[] = [
  ['matched', 'right'],
  ['missing', 'missing'],
  ['wrong', 'other name'],
  ['reversed', 'turned round'],
  ['extra', 'not in it'],
]

const SHAPE_KINDS = new Set(['node', 'edge', 'group', 'message', 'event', 'row', 'column', 'cell'])

/** Width over height of an SVG of ours. */
function shapeOf(svg: string): number {
  const [, width = '1', height = '1'] = /viewBox="\S+ \S+ (\S+) (\S+)"/.exec(svg) ?? []
  return Number(width) / Number(height)
}

/** Wider than this, two drawings are read better one above the other. */
const WIDE = 2.6

/** What to point at in the learner's drawing; where what is missing is shown in it, its elements have names of their own. */
function litInYours(lit: Lit | null, ghosts: ResultView['ghosts'], shown: boolean): ElementId | null {
  if (!lit) return null
  if (!ghosts || !shown) return lit.drawn ?? lit.reference
  return (
    (lit.drawn && (ghosts.drawn[lit.drawn] ?? lit.drawn)) ??
    (lit.reference && (ghosts.reference[lit.reference] ?? lit.reference))
  )
}

/** The learner's drawing with the overlay, and the reference beside it. */
export function Pictures({ result, lit }: { readonly result: ResultView; readonly lit: Lit | null }) {
  const [only, setOnly] = useState<'yours' | 'reference'>('yours')
  const { ghosts } = result
  const [shown, setShown] = useState(ghosts?.mostlyThere ?? false)
  const toggle = () => setShown(!shown)
  const does = shown ? 'Hide what is missing' : 'Show what is missing'
  useKeys('The drawings', ghosts ? [{ keys: ['m'], does, run: toggle }] : [])
  const yours = ghosts && shown ? ghosts.svg : result.overlaySvg
  const seen = new Set(
    result.grade.elements.flatMap((one) => (SHAPE_KINDS.has(one.kind) ? [one.verdict] : [])),
  )
  const wide = shapeOf(yours) > WIDE && shapeOf(result.referenceSvg) > 1.2
  return (
    <section className={wide ? 'pictures wide' : 'pictures'} data-only={only}>
      <fieldset className="switch">
        <legend className="hidden-words">Which drawing</legend>
        {(['yours', 'reference'] as const).map((which) => (
          <label key={which}>
            <input type="radio" name="picture" checked={only === which} onChange={() => setOnly(which)} />
            <span>{which === 'yours' ? 'Yours' : 'Reference'}</span>
          </label>
        ))}
      </fieldset>
      <Picture name="Yours" of="yours" svg={yours} lit={litInYours(lit, ghosts, shown)}>
        {ghosts && (
          <button type="button" className="button bare enlarge" aria-pressed={shown} onClick={toggle}>
            What is missing <Key of="M" />
          </button>
        )}
        <Download from={`/api/attempts/${result.attempt}/files`} form={result.card.form} of="Yours" />
      </Picture>
      <Picture name="Reference" of="reference" svg={result.referenceSvg} lit={lit?.reference ?? null}>
        <Download from={`/api/diagrams/${result.card.id}/files`} form={result.card.form} of="Reference" />
      </Picture>
      <ul className="legend small soft">
        {LEGEND.filter(([verdict]) => seen.has(verdict)).map(([verdict, words]) => (
          <li key={verdict}>
            <span className={`mark ${verdict}`} aria-hidden="true" /> {words}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface PictureProps {
  readonly name: string
  readonly of: string
  readonly svg: string
  readonly lit: ElementId | null
  readonly children?: ReactNode
}

/** A drawing that fits its half of the page, and can be looked at in its own size. */
function Picture({ name, of, svg, lit, children }: PictureProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [large, setLarge] = useState(false)
  const enlarge = () => {
    setLarge(true)
    dialog.current?.showModal()
  }
  return (
    <figure className={of}>
      <figcaption className="caption">
        <span className="name">{name}</span>
        {children}
        <button type="button" className="button bare enlarge" onClick={enlarge}>
          Enlarge<span className="hidden-words"> {name}</span>
        </button>
      </figcaption>
      <Figure svg={svg} lit={lit} className="stage" />
      <dialog
        ref={dialog}
        className="large"
        aria-label={name}
        onClose={() => setLarge(false)}
        onMouseDown={(event) => event.target === dialog.current && dialog.current?.close()}
      >
        <button type="button" className="button close-large" onClick={() => dialog.current?.close()}>
          Close <Key of="Esc" />
        </button>
        {large && <Figure svg={svg} />}
      </dialog>
    </figure>
  )
}
