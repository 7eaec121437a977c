/**
 * Control characters other than white space, lone surrogates and non-characters: XML 1.0 allows none of
 * them.
 */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeXml = (text: string): string =>
  text.replace(FORBIDDEN, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)

export type Attributes = Readonly<Record<string, string | number | undefined>>

const value = (one: string | number): string =>
  typeof one === 'number' ? String(Math.round(one * 10) / 10 + 0) : escapeXml(one)

/** One element; children are markup already. An attribute that is undefined is left out. */
export function tag(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .map(([key, one]) => (one === undefined ? '' : ` ${key}="${value(one)}"`))
    .join('')
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`
}
