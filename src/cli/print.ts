/** How the terminal is told things. */

export const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

export const percent = (share: number): string => `${Math.round(share * 100)}%`

/** One decimal where there is one. */
export const points = (value: number): string => String(Math.round(value * 10) / 10)

/** `on 24 November`, or `at 14:05` where that is today. */
export function dayOf(iso: string, now = new Date()): string {
  const at = new Date(iso)
  if (at.toDateString() === now.toDateString())
    return `at ${at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`
  return `on ${at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}`
}

/** Words from elsewhere, without what would command the terminal, or turn what follows round. */
export const harmless = (text: string): string =>
  text.replace(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, ' ')

/** Text broken at words to lines of a width, each after an indent. */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + word.length + 1 > width - indent.length) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((one) => `${indent}${one}`).join('\n')
}
