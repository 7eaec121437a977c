/** Keys and paths as D2 writes them. */

const PLAIN = /^[\p{L}\p{N}_?!/()+%=~^][\p{L}\p{N}_?!/()+%=~^ -]*$/u
const RESERVED = new RegExp(
  '^(label|shape|style|direction|near|icon|tooltip|link|class|width|height|constraint|vars|classes|layers|' +
    'scenarios|steps|top|left|source-arrowhead|target-arrowhead|grid-.*|null|true|false|_)$',
  'i',
)

/** A segment as it stands in a path: quoted where D2 or we could misread it. */
export function quoteSegment(name: string): string {
  const plain = PLAIN.test(name) && !name.includes('--') && !name.endsWith('-') && !RESERVED.test(name)
  return plain ? name : `"${name.replace(/[\\"]/g, '\\$&')}"`
}

export const joinPath = (group: string | null, name: string): string =>
  group === null ? quoteSegment(name) : `${group}.${quoteSegment(name)}`

/** The segments of an id, without quotes. */
export function splitPath(id: string): string[] {
  const segments: string[] = []
  let segment = ''
  let quoted = false
  for (let i = 0; i < id.length; i++) {
    const char = id[i] ?? ''
    if (char === '\\' && quoted) segment += id[++i] ?? ''
    else if (char === '"') quoted = !quoted
    else if (char === '.' && !quoted) {
      segments.push(segment)
      segment = ''
    } else segment += char
  }
  return [...segments, segment]
}

/** A label as it stands after a colon: quoted where D2 or we could misread it (`$` is a variable there). */
export function quoteLabel(label: string): string {
  const plain = /^[\p{L}\p{N}(+][\p{L}\p{N} _?!/()+%=~^,.@&'-]*$/u.test(label) && label.trim() === label
  return plain && !RESERVED.test(label) ? label : `"${label.replace(/[\\"]/g, '\\$&')}"`
}

/** What makes two names one: case and runs of space do not count. */
export const sameName = (name: string): string => name.toLowerCase().replace(/\s+/g, ' ').trim()
