import { useLayoutEffect, useRef } from 'react'
import type { ElementId } from '#domain/diagram/index.ts'
import { DRAWING_CSS, PALETTE } from '#domain/diagram/index.ts'

let dressed = false

/** Gives the page the drawings' own look, once. A constructed sheet needs no exception in the security policy. */
function dress() {
  if (dressed) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`${PALETTE}\n${DRAWING_CSS}`)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  dressed = true
}

interface Props {
  readonly svg: string
  /** Where given, only these are shown. */
  readonly visible?: ReadonlySet<ElementId>
  readonly fresh?: ReadonlySet<ElementId>
  readonly faded?: ReadonlySet<ElementId>
  /** The one placeholder that is asked for. */
  readonly asked?: ElementId | null
  /** Where given, the rest steps back. */
  readonly lit?: ElementId | null
  readonly className?: string
}

/** A drawing in the page, with what is revealed, faded or pointed at. */
export function Figure({ svg, visible, fresh, faded, asked, lit, className }: Props) {
  const host = useRef<HTMLDivElement>(null)
  useLayoutEffect(dress, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new svg has lost the classes of the last one
  useLayoutEffect(() => {
    for (const element of host.current?.querySelectorAll<SVGGElement>('[data-el]') ?? []) {
      const id = element.dataset.el as ElementId
      element.classList.toggle('is-hidden', visible !== undefined && !visible.has(id))
      element.classList.toggle('asked', asked === id)
      element.classList.toggle('is-dim', lit !== undefined && lit !== null && lit !== id)
      // A drawing may come with its own fresh and faded elements; they stay where the page says nothing of them.
      if (fresh) element.classList.toggle('fresh', fresh.has(id))
      if (faded) element.classList.toggle('faded', faded.has(id))
    }
  }, [svg, visible, fresh, faded, asked, lit])
  return (
    <div
      ref={host}
      className={className ? `figure ${className}` : 'figure'}
      // The markup is our own renderer's, which escapes every text in it.
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  )
}
