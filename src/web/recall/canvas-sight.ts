import { useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Drawing } from '#domain/diagram/index.ts'
import type { OnCanvas } from './canvas-model.ts'

const EDGE = 32
/** The toolbar's place at the foot of the canvas. */
const FOOT = 72

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high))

/**
 * Keeps what is drawn in sight when something new is drawn out of it: the view moves or zooms out, never in, and no
 * node moves.
 */
export function useInSight(
  host: RefObject<HTMLDivElement | null>,
  canvas: OnCanvas,
  drawing: Drawing,
  tidied: number,
) {
  const flow = useReactFlow()
  const seen = useRef<Drawing | null>(null)
  const space = useSize(host)
  const size = useRef(space)
  const round = useRef(tidied)
  useEffect(() => {
    const room = host.current
    if (!room || (seen.current === drawing && round.current === tidied && size.current === space)) return
    size.current = space
    // After a tidy the view is as at the beginning: all of the drawing, in the middle.
    const first = seen.current === null || round.current !== tidied
    round.current = tidied
    seen.current = drawing
    const { width, height } = room.getBoundingClientRect()
    const { layout, origin } = canvas
    const empty = layout.nodes.length === 0 && layout.groups.length === 0
    if (empty) {
      // The first node stands at the origin: left of the middle, because most drawings grow to the right.
      flow.setViewport({ x: Math.min(width / 2, 200), y: height * 0.42, zoom: 1 })
      return
    }
    const view = flow.getViewport()
    const box = { x: origin.x, y: origin.y, width: layout.width, height: layout.height }
    const fit = Math.min((width - 2 * EDGE) / box.width, (height - EDGE - FOOT) / box.height)
    const zoom = Math.min(first ? 1 : view.zoom, Math.max(0.2, fit))
    /** The least move that brings `size` from `start` between `from` and `to`; at first, the middle. */
    const along = (start: number, size: number, now: number, from: number, to: number) => {
      const low = from - start * zoom
      const high = to - (start + size) * zoom
      if (first) return (low + high) / 2
      return clamp(now, Math.min(low, high), Math.max(low, high))
    }
    const x = along(box.x, box.width, view.x, EDGE, width - EDGE)
    const y = along(box.y, box.height, view.y, EDGE, height - FOOT)
    if (first || x !== view.x || y !== view.y || zoom !== view.zoom) flow.setViewport({ x, y, zoom })
  }, [host, canvas, drawing, tidied, space, flow])
}

/** Changes whenever the canvas gets more or less room, as when the text opens beside it. */
function useSize(host: RefObject<HTMLDivElement | null>): string {
  const [size, setSize] = useState('')
  useEffect(() => {
    if (!host.current) return
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {}
      setSize(`${Math.round(width)} ${Math.round(height)}`)
    })
    observer.observe(host.current)
    return () => observer.disconnect()
  }, [host])
  return size
}
