import { useLayoutEffect, useRef, useState } from 'react'
import type { ElementId } from '#domain/diagram/index.ts'
import { DRAWING_CSS, PALETTE } from '#domain/diagram/index.ts'

let dressed = false

/** Gives the page the drawings' own look, once. A constructed sheet needs no exception in the security policy. */
export function dress() {
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
  /** On a narrow screen what is fresh or asked for is looked at from near. */
  readonly follow?: boolean
  readonly className?: string
}

/** As `learn.css` has it: below this the drawing has a window of its own, which looks at what is fresh. */
const NARROW = '(width < 900px)'
/** The largest scale at which a step is looked at; words of 13 px are read well. */
const CLOSE = 0.85
const MARGIN_PX = 24

function unionOf(boxes: readonly DOMRect[]) {
  const left = Math.min(...boxes.map((box) => box.left))
  const top = Math.min(...boxes.map((box) => box.top))
  const right = Math.max(...boxes.map((box) => box.right))
  const bottom = Math.max(...boxes.map((box) => box.bottom))
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top }
}

/** On a narrow screen: as near as all that is fresh or asked for allows, and that in the middle. */
function lookAt(host: HTMLElement) {
  const svg = host.querySelector('svg')
  if (!svg) return
  svg.style.width = ''
  if (!matchMedia(NARROW).matches) return
  const { width, height } = svg.viewBox.baseVal
  const room = { width: host.clientWidth - MARGIN_PX, height: host.clientHeight - MARGIN_PX }
  const whole = Math.min(room.width / width, room.height / height, 1)
  const fresh = () =>
    unionOf([...host.querySelectorAll('.fresh, .asked')].map((one) => one.getBoundingClientRect()))
  const now = svg.getBoundingClientRect().width / width
  const seen = fresh()
  const near = Math.min((room.width * now) / seen.width, (room.height * now) / seen.height, CLOSE)
  svg.style.width = `${Math.round(width * (Number.isFinite(near) ? Math.max(whole, near) : whole))}px`
  const { x, y } = fresh()
  const around = host.getBoundingClientRect()
  if (Number.isFinite(x))
    host.scrollBy(x - around.left - around.width / 2, y - around.top - around.height / 2)
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
      lookAt(host.current)
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = host.current
      setScrolls(scrollWidth > clientWidth || scrollHeight > clientHeight)
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
