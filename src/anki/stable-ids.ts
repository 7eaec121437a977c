import { fnv1a64 } from '#lib/hash.ts'

/**
 * Anki's ids are times in ms and have to be unique and not of the future. Ours follow from what they name, so that every
 * export gives the same: a time between 2020 and May 2024 by the name's hash, or the next one that is free.
 */
const FROM_MS = Date.UTC(2020, 0, 1)
const SPAN_MS = 2n ** 37n

export interface Ids {
  note(guid: string): number
  card(guid: string): number
  noteType(name: string): number
  deck(name: string): number
  preset(name: string): number
}

export function stableIds(): Ids {
  const kind = (prefix: string) => {
    const known = new Map<string, number>()
    const taken = new Set<number>()
    return (name: string): number => {
      const before = known.get(name)
      if (before !== undefined) return before
      let id = FROM_MS + Number(BigInt(`0x${fnv1a64(`${prefix} ${name}`)}`) % SPAN_MS)
      while (taken.has(id)) id++
      known.set(name, id)
      taken.add(id)
      return id
    }
  }
  return {
    note: kind('note'),
    card: kind('card'),
    noteType: kind('note type'),
    deck: kind('deck'),
    preset: kind('preset'),
  }
}
