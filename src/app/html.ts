import type { SourceView } from './views.ts'

/** Parts of pages that other programs show: HTML by hand, everything that is said in it escaped. */

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)

export const htmlList = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`

/** `Karger, D. (1997): Consistent hashing`, linked where there is an address. */
export function htmlSource({ author, year, title, url }: SourceView): string {
  const words = escapeHtml(`${author} (${year}): ${title}`)
  return url === null ? words : `<a href="${escapeHtml(url)}">${words}</a>`
}

export const htmlSources = (sources: readonly SourceView[]): string => sources.map(htmlSource).join('; ')
