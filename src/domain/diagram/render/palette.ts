import { LAYERS, type Layer } from '#domain/curriculum/index.ts'

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/**
 * The colours of drawings, by theme. Six tints after Okabe and Ito's hues, told apart by colour-blind eyes
 * in both themes; text on every fill has a contrast of at least 4.5:1, every outline one of at least 3:1
 * (asserted in palette.test.ts).
 */
export const COLOURS = {
  light: {
    canvas: '#ffffff',
    ink: '#1b1f27',
    muted: '#59606e',
    line: '#5c6473',
    hairline: '#d9dde3',
    'group-0': '#f6f7f9',
    'group-1': '#eef0f4',
    'group-2': '#e6e9ee',
    'group-line': '#868e9c',
    plate: '#ffffff00',
    accent: '#3b5bdb',
    'client-fill': '#fdf4d8',
    'client-line': '#917400',
    'edge-fill': '#e2f2fc',
    'edge-line': '#0f74b0',
    'service-fill': '#e8eafc',
    'service-line': '#6554d6',
    'data-fill': '#ddf4ea',
    'data-line': '#007a57',
    'stream-fill': '#fde9dd',
    'stream-line': '#ac3a08',
    'control-fill': '#f9e6f2',
    'control-line': '#a82a7a',
    'none-fill': '#f3f4f6',
    'none-line': '#757d8b',
    matched: '#0a7a55',
    missing: '#59606e',
    extra: '#b4540a',
    wrong: '#c2255c',
    reversed: '#6741d9',
  },
  dark: {
    canvas: '#15171c',
    ink: '#e9ebef',
    muted: '#a5adba',
    line: '#9aa2b1',
    hairline: '#31353e',
    'group-0': '#1b1e24',
    'group-1': '#21252c',
    'group-2': '#282c34',
    'group-line': '#6f7786',
    plate: '#f1f3f6',
    accent: '#8ea2ff',
    'client-fill': '#332b13',
    'client-line': '#dcb844',
    'edge-fill': '#152c3d',
    'edge-line': '#4fb0e6',
    'service-fill': '#23284a',
    'service-line': '#b0a4ff',
    'data-fill': '#11322a',
    'data-line': '#41c49c',
    'stream-fill': '#3b2519',
    'stream-line': '#f0905a',
    'control-fill': '#392136',
    'control-line': '#e07fc0',
    'none-fill': '#262a31',
    'none-line': '#8a92a1',
    matched: '#4ccf9f',
    missing: '#a5adba',
    extra: '#f2a35e',
    wrong: '#ff8fb0',
    reversed: '#b9a2ff',
  },
} as const satisfies Record<Theme, Record<string, string>>

export type Colour = keyof (typeof COLOURS)['light']

/** Custom properties are called `--d-…`, d for drawing. */
export const colour = (name: Colour): string => `var(--d-${name})`

const properties = (theme: Theme): string =>
  Object.entries(COLOURS[theme])
    .map(([name, value]) => `--d-${name}:${value}`)
    .join(';')

/**
 * The custom properties for a page: light by default, dark where the system asks for it, and either where
 * an ancestor says so with `data-theme`.
 */
export const PALETTE = [
  `:root,[data-theme='light']{${properties('light')}}`,
  `@media (prefers-color-scheme:dark){:root:not([data-theme='light']){${properties('dark')}}}`,
  `[data-theme='dark']{${properties('dark')}}`,
].join('\n')

/** Puts the values of one theme in place of the properties, for files that stand alone. */
export function withColours(css: string, theme: Theme): string {
  const values: Readonly<Record<string, string>> = COLOURS[theme]
  return css.replace(/var\(--d-([a-z0-9-]+)\)/g, (whole, name: string) => values[name] ?? whole)
}

/** The six tints of lanes in a timeline, in the order in which lanes appear. */
export const LANE_TINTS: readonly Layer[] = ['service', 'stream', 'data', 'control', 'client', 'edge']

export { LAYERS }
