import { tenth } from '../layout/geometry.ts'
import type { LaidOut, LinkedLayout } from '../layout/laid-out.ts'
import { linkedParts, renderLinked } from './linked.ts'
import { correctionRoom, hatchDefinition } from './marks.ts'
import { renderMatrix } from './matrix.ts'
import { COLOURS, type Theme, withColours } from './palette.ts'
import type { Drawn, RenderOptions } from './parts.ts'
import { renderSequence } from './sequence.ts'
import { DRAWING_CSS } from './style.ts'
import { escapeXml, tag } from './svg.ts'
import { renderTimeline } from './timeline.ts'

/**
 * An SVG for a page that has `PALETTE` and `DRAWING_CSS`: classes only, no colours. Every element is a
 * `<g data-el="node:ring">`; the label of an edge is a second group with the edge's id.
 */
export function render(laidOut: LaidOut, options: RenderOptions): string {
  const named = options.title === undefined ? {} : { 'aria-label': options.title }
  const text = options.description === undefined ? [] : [tag('desc', {}, [escapeXml(options.description)])]
  return root(laidOut, options, named, [...text, ...body(laidOut, options)])
}

/** A picture by its parts, for a page that sets anew only those that changed. Together they are what `render` writes. */
export interface Picture extends Frame {
  readonly parts: readonly Drawn[]
}

export const pictureOf = (
  layout: LinkedLayout,
  options: Pick<RenderOptions, 'icons' | 'fresh'>,
): Picture => ({ ...frameOf(layout, options), parts: linkedParts(layout, options) })

export interface StandaloneOptions extends RenderOptions {
  readonly theme: Theme
}

/** An SVG file of its own: style, colours and background inside; the text falls back to the system's face. */
export function renderStandalone(laidOut: LaidOut, options: StandaloneOptions): string {
  const { width, height } = laidOut
  const text = [
    ...(options.title === undefined ? [] : [tag('title', {}, [escapeXml(options.title)])]),
    ...(options.description === undefined ? [] : [tag('desc', {}, [escapeXml(options.description)])]),
  ]
  const room = correctionRoom(options)
  const ground = { x: -room.x, y: 0, width: width + 2 * room.x, height: height + room.y }
  return root(laidOut, options, { xmlns: 'http://www.w3.org/2000/svg' }, [
    ...text,
    tag('style', {}, [withColours(DRAWING_CSS, options.theme)]),
    tag('rect', { ...ground, fill: COLOURS[options.theme].canvas }),
    ...body(laidOut, options),
  ])
}

interface Frame {
  readonly viewBox: string
  readonly width: number
  readonly height: number
}

function frameOf(laidOut: LaidOut, options: RenderOptions): Frame {
  const room = correctionRoom(options)
  const width = tenth(laidOut.width + 2 * room.x)
  const height = tenth(laidOut.height + room.y)
  return { viewBox: `${tenth(-room.x)} 0 ${width} ${height}`, width, height }
}

function root(
  laidOut: LaidOut,
  options: RenderOptions,
  attributes: Record<string, string>,
  children: string[],
): string {
  return tag(
    'svg',
    { class: 'drawing', ...attributes, role: 'img', ...frameOf(laidOut, options) },
    children.filter((child) => child !== ''),
  )
}

function body(laidOut: LaidOut, options: RenderOptions): string[] {
  const parts = () => {
    switch (laidOut.kind) {
      case 'linked':
        return renderLinked(laidOut, options)
      case 'sequence':
        return renderSequence(laidOut, options)
      case 'timeline':
        return renderTimeline(laidOut, options)
      case 'matrix':
        return renderMatrix(laidOut, options)
    }
  }
  return [hatchDefinition(options), ...parts()]
}
