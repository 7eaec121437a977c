/** Emoji with their joiners and skin tones; arrows are words. */
const PICTURES = /(?![\u2190-\u21ff])\p{Extended_Pictographic}(?:\ufe0f|\u200d|\p{Emoji_Modifier})*/gu

/**
 * The form in which labels are compared: lower case, compatibility-normalised, quotes and the final question mark or
 * full stop dropped, and hyphens, underscores and runs of white space folded to one space. A small picture beside words
 * (`Kafka 🚀`) is looks; alone it is all that is said (`✅`).
 */
export function normalise(label: string): string {
  const bare = label.replace(PICTURES, ' ')
  return (/[\p{L}\p{N}]/u.test(bare) ? bare : label)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’']s\b/g, 's')
    .replace(/["'`“”‘’]/g, '')
    .replace(/[\s_\-‐-―]+/g, ' ')
    .replace(/[\s?!.]+$/, '')
    .trim()
}

/** Names that end in s without being plurals, some of whose "singular" is the name of something else (NAT, HTTP). */
const NAMES_IN_S = /(^| )(https|nats|kubernetes|postgres)$/

/** The English singular of the last word, for simple plurals only ("caches" → "cache"). Idempotent. */
export function singular(normalised: string): string {
  if (normalised.length < 4 || /(ss|us|is|os)$/.test(normalised)) return normalised
  if (NAMES_IN_S.test(normalised)) return normalised
  if (/(^| )indices$/.test(normalised)) return `${normalised.slice(0, -4)}ex`
  if (/(^| )(bus|status)es$/.test(normalised)) return normalised.slice(0, -2)
  if (/[^aeiou]ies$/.test(normalised))
    return /(^| )(cook|mov|zomb)ies$/.test(normalised)
      ? normalised.slice(0, -1)
      : `${normalised.slice(0, -3)}y`
  if (/(ch|sh|x|zz|ss)es$/.test(normalised))
    return /caches$/.test(normalised) ? normalised.slice(0, -1) : normalised.slice(0, -2)
  return normalised.endsWith('s') ? normalised.slice(0, -1) : normalised
}

/** Optimal string alignment distance (insert, delete, substitute, swap neighbours), or `limit + 1` when above it. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = last
    last = row
    if (Math.min(...row) > limit) return limit + 1
  }
  return last[b.length] ?? limit + 1
}

/** Whether one insertion, deletion, substitution or swap of neighbours turns one into the other. Linear in length. */
export function oneEditApart(a: string, b: string): boolean {
  if (a.length > b.length) return oneEditApart(b, a)
  if (b.length - a.length > 1 || a === b) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let tail = 0
  while (tail < a.length - start && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const [left, right] = [a.slice(start, a.length - tail), b.slice(start, b.length - tail)]
  if (right.length <= 1) return true
  return right.length === 2 && left.length === 2 && left[0] === right[1] && left[1] === right[0]
}

/** The candidate nearest to what was typed, for "did you mean …?"; null when none is close. */
export function nearest(typed: string, candidates: Iterable<string>): string | null {
  const wanted = normalise(typed)
  const limit = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)))
  let best: { candidate: string; distance: number } | null = null
  for (const candidate of candidates) {
    const distance = editDistance(wanted, normalise(candidate), limit)
    if (distance <= limit && (best === null || distance < best.distance)) best = { candidate, distance }
  }
  return best?.candidate ?? null
}
