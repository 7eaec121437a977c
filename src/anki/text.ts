/** HTML of a card as the text that it shows. One pass, no tree: what comes is anybody's, and may be of any length. */

/** Longer than a person reads as one card. */
export const TEXT_MAX = 20_000
const HTML_MAX = 400_000

export interface PlainText {
  readonly text: string
  /** Pictures and sounds that a text cannot show. */
  readonly leftOut: number
}

const BLOCKS = new Set(
  `address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
   header hr li main nav ol p pre section summary table tbody tfoot thead tr ul`.split(/\s+/),
)
/** What stands in them is not shown as text. */
const HIDDEN = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'audio', 'video'])
const MEDIA: Readonly<Record<string, string>> = {
  img: '[picture]',
  svg: '[picture]',
  object: '[picture]',
  embed: '[picture]',
  canvas: '[picture]',
  iframe: '[page]',
  audio: '[sound]',
  video: '[film]',
}

export function plainText(html: string): PlainText {
  const source = html.slice(0, HTML_MAX).replaceAll(EDGE, '')
  // Of ASCII alone: other letters may change their length, and no tag has them.
  const lower = source.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
  // Looked for once: a missing one would be looked for again at each of a thousand `<`.
  const last = source.lastIndexOf('>')
  const parts: string[] = []
  let leftOut = 0
  let at = 0
  let kept = 0
  const say = (words: string) => parts.push(kept > 0 ? words : words.replace(/\s+/g, ' '))
  while (at < source.length) {
    const open = source.indexOf('<', at)
    if (open < 0) break
    say(source.slice(at, open))
    const tag = tagAt(source, lower, open, last)
    if (tag === null) {
      parts.push('<')
      at = open + 1
      continue
    }
    const media = tag.isEnd ? undefined : MEDIA[tag.name]
    if (media !== undefined) {
      leftOut++
      parts.push(media)
    } else parts.push(wordsOf(tag))
    if (tag.name === 'pre') kept = Math.max(0, kept + (tag.isEnd ? -1 : 1))
    at = HIDDEN.has(tag.name) && !tag.isEnd && !tag.isWhole ? afterEnd(lower, tag) : tag.end
  }
  say(source.slice(at))
  const sounds = parts.join('').replace(/\[sound:[^\]]{0,500}\]/g, () => {
    leftOut++
    return '[sound]'
  })
  return { text: tidied(decoded(byLines(sounds))), leftOut }
}

interface Tag {
  readonly name: string
  readonly isEnd: boolean
  /** `<svg/>` */
  readonly isWhole: boolean
  /** After its `>`. */
  readonly end: number
}

const TAG = /<(\/?)([a-z][a-z0-9]*)(?=[\s/>])/y

/** Null where a `<` begins none: `a < b`. */
function tagAt(source: string, lower: string, open: number, last: number): Tag | null {
  if (source.startsWith('<!--', open)) {
    const end = source.indexOf('-->', open + 4)
    return { name: '', isEnd: false, isWhole: true, end: end < 0 ? source.length : end + 3 }
  }
  TAG.lastIndex = open
  const match = TAG.exec(lower)
  const close = match === null && source[open + 1] !== '!' ? -1 : closing(source, open + 1, last)
  if (close < 0) return null
  const [, slash = '', name = ''] = match ?? []
  return { name, isEnd: slash === '/', isWhole: source[close - 1] === '/', end: close + 1 }
}

/** The `>` that ends a tag, -1 after the `last`: not one within the quotes of an attribute, unless they never end. */
function closing(source: string, from: number, last: number): number {
  if (from > last) return -1
  const plain = source.indexOf('>', from)
  const limit = Math.min(source.length, from + 5000)
  let quote = ''
  for (let i = from; i < limit; i++) {
    const sign = source[i] ?? ''
    if (quote !== '') quote = sign === quote ? '' : quote
    else if (sign === '"' || sign === "'") quote = sign
    else if (sign === '>') return i
  }
  return plain
}

function afterEnd(lower: string, { name, end }: Tag): number {
  const close = lower.indexOf(`</${name}`, end)
  const after = close < 0 ? -1 : lower.indexOf('>', close)
  return after < 0 ? lower.length : after + 1
}

/** Where a block begins or ends: however many stand together, one line ends. */
const EDGE = '\u0001'

const byLines = (text: string): string =>
  text
    .split(EDGE)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .join('\n')

function wordsOf({ name, isEnd }: Tag): string {
  if (name === 'br') return '\n'
  if (name === 'li' && !isEnd) return `${EDGE}- `
  if (name === 'td' || name === 'th') return isEnd ? '' : '  '
  // 10<sup>6</sup> is not 106.
  if (name === 'sup' && !isEnd) return '^'
  return BLOCKS.has(name) ? EDGE : ''
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  rarr: '→',
  larr: '←',
  harr: '↔',
  rArr: '⇒',
  times: '×',
  divide: '÷',
  plusmn: '±',
  minus: '−',
  le: '≤',
  ge: '≥',
  ne: '≠',
  asymp: '≈',
  deg: '°',
  micro: 'µ',
  middot: '·',
  bull: '•',
  euro: '€',
  copy: '©',
  alpha: 'α',
  beta: 'β',
  lambda: 'λ',
  mu: 'μ',
  pi: 'π',
  sigma: 'σ',
  infin: '∞',
}

const decoded = (text: string): string =>
  text.replace(/&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })

/** Without signs that nobody sees, without runs of white space, and not longer than it may be. */
export function tidied(text: string): string {
  const clean = text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g, '')
    .replace(/[^\S\n]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .toWellFormed()
  return clean.length <= TEXT_MAX ? clean : `${clean.slice(0, TEXT_MAX - 1).toWellFormed()}…`
}
