import { normalise } from '#lib/text.ts'
import type { Labels } from './labels.ts'

/** A label with what kind of thing bears it: only the same kinds may stand for one another. */
export interface Labelled {
  readonly kind: string
  readonly label: string
  /** Whether it could earn anything under another label than its own: it has a connection, a place or cells. */
  readonly linked: boolean
}

export interface Options {
  readonly options: readonly (readonly number[])[]
  readonly required: readonly boolean[]
  /** Row-major [drawn × reference]: the label of one will do for the other. */
  readonly named: Uint8Array
}

/**
 * Which drawn thing may stand for which of the reference. One whose label means something in the reference claims
 * that, and only that; one whose label means nothing there may take any place that no label claims, as the right
 * thing under a wrong name. An appeal adds places and takes none away, so that it can never cost anything.
 */
export function optionsOf(
  drawn: readonly Labelled[],
  reference: readonly Labelled[],
  labels: Labels,
): Options {
  const byMeaning = new Map<string, number[]>()
  reference.forEach(({ kind, label }, j) => {
    const key = `${kind} ${labels.meaning(label)}`
    byMeaning.set(key, [...(byMeaning.get(key) ?? []), j])
  })
  const places = (keys: readonly string[]) => keys.flatMap((key) => byMeaning.get(key) ?? [])
  const known = (kind: string, meanings: readonly string[]) =>
    meanings.map((meaning) => `${kind} ${meaning}`).filter((key) => byMeaning.has(key))
  const meant = drawn.map(({ kind, label }) => {
    const keys = known(kind, labels.standsFor(label))
    return keys[0] === `${kind} ${labels.meaning(label)}` ? keys.slice(0, 1) : keys
  })
  const appealed = drawn.map(({ kind, label }) => known(kind, labels.appealed(label)))
  const claims = new Map<string, number>()
  for (const [only, ...more] of meant)
    if (only !== undefined && more.length === 0) claims.set(only, (claims.get(only) ?? 0) + 1)
  const open = [...byMeaning].flatMap(([key, all]) => ((claims.get(key) ?? 0) < all.length ? all : []))
  open.sort((a, b) => a - b)
  const named = new Uint8Array(drawn.length * reference.length)
  const options = drawn.map((thing, i) => {
    const keys = meant[i] ?? []
    const own = [...new Set(places([...keys, ...(appealed[i] ?? [])]))]
    for (const j of own) named[i * reference.length + j] = 1
    const sorted = sameWordsFirst(thing.label, own, reference)
    if (keys.length > 0 || !thing.linked) return sorted
    const others = open.filter((j) => reference[j]?.kind === thing.kind && reference[j]?.linked)
    return own.length === 0 ? others : [...sorted, ...others.filter((j) => !own.includes(j))]
  })
  const required = meant.map(
    ([only, ...more], i) =>
      only !== undefined &&
      more.length === 0 &&
      appealed[i]?.length === 0 &&
      (claims.get(only) ?? 0) <= (byMeaning.get(only)?.length ?? 0),
  )
  return { options, required, named }
}

/** Of instances of one concept, the one with the same words comes first: where it earns the same, it stands. */
function sameWordsFirst(
  label: string,
  places: readonly number[],
  reference: readonly Labelled[],
): readonly number[] {
  const words = normalise(label)
  const same = places.filter((j) => normalise(reference[j]?.label ?? '') === words)
  return same.length === 0 ? places : [...same, ...places.filter((j) => !same.includes(j))]
}
