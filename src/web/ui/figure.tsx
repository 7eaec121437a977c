import { useLayoutEffect, useRef, useState } from 'react'
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
  /** Where the drawing is larger than its room, what is fresh or asked for is brought into sight. */
  readonly follow?: boolean
  readonly className?: string
}

/** Scrolls the host so that the middle of these elements is in the middle of it. */
function bringIntoSight(host: HTMLElement) {
  if (host.scrollWidth <= host.clientWidth && host.scrollHeight <= host.clientHeight) return
  const boxes = [...host.querySelectorAll('.fresh, .asked')].map((one) => one.getBoundingClientRect())
  if (boxes.length === 0) return
  const middle = (low: number[], high: number[]) => (Math.min(...low) + Math.max(...high)) / 2
  const around = host.getBoundingClientRect()
  const x = middle(
    boxes.map(({ left }) => left),
    boxes.map(({ right }) => right),
  )
  const y = middle(
    boxes.map(({ top }) => top),
    boxes.map(({ bottom }) => bottom),
  )
  host.scrollBy(x - (around.left + around.width / 2), y - (around.top + around.height / 2))
}

/** A drawing in the page, with what is revealed, faded or pointed at. */
export function Figure({ svg, visible, fresh, faded, asked, lit, follow, className }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
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
    if (follow && host.current) {
      bringIntoSight(host.current)
      setScrolls(host.current.scrollHeight > host.current.clientHeight + 1)
    }
  }, [svg, visible, fresh, faded, asked, lit, follow])
  return (
    <div
      ref={host}
      className={className ? `figure ${className}` : 'figure'}
      // What scrolls is scrolled by keyboard too.
      {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-label': 'The drawing, which scrolls' } : {})}
      // The markup is our own renderer's, which escapes every text in it.
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  )
}
