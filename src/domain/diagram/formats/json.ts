/** Reading JSON of unknown shape: every step may find anything. */

export type Json = Readonly<Record<string, unknown>>

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

/** A finite number that a picture could hold, else `fallback`. */
export const numberOf = (value: unknown, fallback = 0): number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e9 ? value : fallback

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The object at a key; an empty one where there is none. */
export const objectOf = (value: unknown): Json => (isObject(value) ? value : {})
