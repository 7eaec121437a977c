/**
 * Bakes the icons that the vocabulary and the diagrams name into `content/icons.json`, so that the product carries a few hundred
 * small drawings and neither ships nor fetches an icon set.
 *
 *   node tools/icons.ts           writes content/icons.json
 *   node tools/icons.ts --check   exits 1 when it is out of date or an icon is missing
 *
 * An icon must be safe to inline any number of times in one page, in light and in dark: no ids, no scripts, no
 * references, and nothing so dark that it vanishes on a dark ground. Logos are mended to that end; what cannot be
 * mended is an error that names the concept, so that its author picks another icon.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readContent } from '#catalog/read-content.ts'
import { err, ok, type Result } from '#lib/result.ts'

export interface Icon {
  readonly body: string
  /** Size of the view box, whose origin is 0 0. */
  readonly width: number
  readonly height: number
}

/** The part of an Iconify set that is read here; sizes of the set are defaults of its icons. */
export interface IconSet {
  readonly width?: number
  readonly height?: number
  readonly icons: Readonly<Record<string, RawIcon>>
  readonly aliases?: Readonly<Record<string, RawAlias>>
}

interface RawIcon {
  readonly body: string
  readonly left?: number
  readonly top?: number
  readonly width?: number
  readonly height?: number
}

interface RawAlias {
  readonly parent: string
  readonly rotate?: number
  readonly hFlip?: boolean
  readonly vFlip?: boolean
}

const BODY_MAX_BYTES = 6000
const ICONIFY_DEFAULT_SIZE = 16
/** Darker than this (relative luminance, WCAG 2.2) and a shape is taken for ink, which must follow the theme. */
const INK_MAX_LUMINANCE = 0.05
/** A logo of one colour has nothing else to show on a dark ground: there the bar is 3:1 against a near-black page. */
const LONE_INK_MAX_LUMINANCE = 0.1
const PAPER_MIN_LUMINANCE = 0.9

const ELEMENTS = new Set(['g', 'path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon'])
const ATTRIBUTES = new Set(
  (
    'd fill stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit fill-rule clip-rule ' +
    'fill-opacity stroke-opacity opacity transform cx cy r rx ry x y x1 y1 x2 y2 width height points'
  ).split(' '),
)

/** One icon of a set, ready to inline, or why it cannot be. */
export function bakeIcon(set: IconSet, name: string, recolour: boolean): Result<Icon, string> {
  const raw = find(set, name)
  if (raw === null) return err('is not in the installed set')
  const width = raw.width ?? set.width ?? ICONIFY_DEFAULT_SIZE
  const height = raw.height ?? set.height ?? ICONIFY_DEFAULT_SIZE
  const flat = flattenGradients(raw.body)
  if (!flat.ok) return flat
  let body = truncateDecimals(flat.value)
  if (recolour) body = inkToCurrentColour(body)
  if (raw.left || raw.top)
    body = `<g transform="translate(${-(raw.left ?? 0)} ${-(raw.top ?? 0)})">${body}</g>`
  const fault = faultOf(body)
  return fault === null ? ok({ body, width, height }) : err(fault)
}

function find(set: IconSet, name: string): RawIcon | null {
  const own = set.icons[name]
  if (own) return own
  const alias = set.aliases?.[name]
  if (!alias || alias.rotate || alias.hFlip || alias.vFlip) return null
  return set.icons[alias.parent] ?? null
}

function faultOf(body: string): string | null {
  if (body.length > BODY_MAX_BYTES) return `has a body of ${body.length} bytes; ${BODY_MAX_BYTES} is the most`
  for (const [, element = '', attributes = ''] of body.matchAll(/<\/?([a-zA-Z]+)([^>]*)>/g)) {
    if (!ELEMENTS.has(element)) return `contains a <${element}>`
    for (const [, attribute = ''] of attributes.matchAll(/([a-zA-Z:-]+)=/g))
      if (!ATTRIBUTES.has(attribute)) return `contains the attribute ${attribute}`
  }
  return body.includes('url(') ? 'refers to another element by its id' : null
}

/**
 * Each gradient becomes one flat colour, the mean of its stops: ids of two icons in a page would collide.
 * (For the AWS tiles that mean is the flat colour of AWS's own older set.)
 */
export function flattenGradients(body: string): Result<string, string> {
  let flat = body
  for (const [gradient, , id = '', inner = ''] of body.matchAll(
    /<(linear|radial)Gradient [^>]*?id="([^"]+)"[^>]*>(.*?)<\/\1Gradient>/gs,
  )) {
    const stops = [...inner.matchAll(/stop-color="([^"]+)"/g)].map((stop) => rgb(stop[1] ?? ''))
    const known = stops.filter((colour) => colour !== null)
    if (known.length === 0 || known.length < stops.length)
      return err('has a gradient whose colours are not plain')
    const mean = [0, 1, 2].map((channel) =>
      Math.round(known.reduce((sum, colour) => sum + (colour[channel] ?? 0), 0) / known.length),
    )
    const colour = `#${mean.map((value) => value.toString(16).padStart(2, '0')).join('')}`
    flat = flat.replace(gradient, '').replaceAll(`url(#${id})`, colour)
  }
  return ok(flat.replace(/<defs>\s*<\/defs>/g, ''))
}

/** Two decimals are plenty for a 256-unit logo drawn at 24 px. Cutting, unlike rounding, never glues two numbers. */
export function truncateDecimals(body: string): string {
  return body.replace(/(\.\d\d)\d+/g, '$1')
}

/**
 * Ink (near-black, and what has no colour at all) takes the colour of the text around it. A logo with paper in it
 * (near-white) is left alone: its ink stands on its own ground.
 */
export function inkToCurrentColour(body: string): string {
  const colours = new Set(
    [...body.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map((match) => luminance(match[1] ?? '')),
  )
  colours.delete(null)
  if ([...colours].some((value) => value !== null && value >= PAPER_MIN_LUMINANCE)) return body
  const darkest = colours.size === 1 ? LONE_INK_MAX_LUMINANCE : INK_MAX_LUMINANCE
  const inked = body.replace(/(fill|stroke)="([^"]+)"/g, (whole, attribute: string, colour: string) => {
    const value = luminance(colour)
    return value !== null && value < darkest ? `${attribute}="currentColor"` : whole
  })
  return `<g fill="currentColor">${inked}</g>`
}

function rgb(colour: string): readonly number[] | null {
  const named: Record<string, string> = { black: '#000', white: '#fff', red: '#f00' }
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(named[colour] ?? colour)?.[1]
  if (hex === undefined) return null
  const digits = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16))
}

/** Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance"); null for what is no plain colour. */
function luminance(colour: string): number | null {
  const channels = rgb(colour)
  if (channels === null) return null
  const [r = 0, g = 0, b = 0] = channels.map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Icon → the first concept, or name of a diagram, that names it. */
function wantedIcons(contentFolder: string): Map<string, string> {
  const { concepts, items } = readContent(contentFolder)
  const named = [
    ...concepts.map(({ id, icon }) => ({ icon, where: id })),
    ...items.flatMap((item) =>
      Object.entries(item.names).map(([id, name]) => ({ icon: name.icon, where: `${item.id}: ${id}` })),
    ),
  ]
  const wanted = new Map<string, string>()
  for (const { icon, where } of named) if (icon && !wanted.has(icon)) wanted.set(icon, where)
  return wanted
}

/** The text of `content/icons.json`, or every fault found. */
export function bakeAll(
  wanted: ReadonlyMap<string, string>,
  sets: Readonly<Record<string, IconSet>>,
): Result<string, string[]> {
  const faults: string[] = []
  const baked: string[] = []
  for (const [icon, concept] of [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [prefix = '', name = ''] = icon.split(':')
    const set = sets[prefix]
    const one = set ? bakeIcon(set, name, prefix === 'logos') : err('is of no installed set')
    if (one.ok) baked.push(`  ${JSON.stringify(icon)}: ${JSON.stringify(one.value)}`)
    else faults.push(`${concept}: the icon ${icon} ${one.error}`)
  }
  return faults.length > 0 ? err(faults) : ok(`{\n${baked.join(',\n')}\n}\n`)
}

function main(args: readonly string[]): number {
  const require = createRequire(import.meta.url)
  const load = (prefix: string) =>
    JSON.parse(readFileSync(require.resolve(`@iconify-json/${prefix}/icons.json`), 'utf8')) as IconSet
  const content = join(import.meta.dirname, '..', 'content')
  const target = join(content, 'icons.json')
  const baked = bakeAll(wantedIcons(content), {
    lucide: load('lucide'),
    logos: load('logos'),
  })
  if (!baked.ok) {
    for (const fault of baked.error) console.error(fault)
    return 1
  }
  if (!args.includes('--check')) {
    writeFileSync(target, baked.value)
    return 0
  }
  if (readIfThere(target) === baked.value) return 0
  console.error('content/icons.json is out of date; run: node tools/icons.ts')
  return 1
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2))
