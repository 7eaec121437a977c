import { XMLParser } from 'fast-xml-parser'
import { decodeEntities } from './plain-text.ts'

/**
 * XML as a tree. Entities that a file defines are never expanded (a bomb stays a few letters); the five of XML
 * and numbers are decoded here, once.
 */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  htmlEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 64,
})

/** The elements at the top, as far as the text can be read; null where nothing of it can. */
export function parseXml(text: string): Element[] | null {
  const whole = tree(text)
  if (whole !== null) return whole
  // A file that was cut off inside a tag: what stands before it.
  const cut = text.lastIndexOf('<')
  return cut > 0 ? tree(text.slice(0, cut)) : null
}

function tree(text: string): Element[] | null {
  try {
    const parsed: unknown = PARSER.parse(text)
    return Array.isArray(parsed) ? parsed.flatMap(elementOf) : null
  } catch {
    return null
  }
}

function elementOf(node: unknown): Element[] {
  if (typeof node !== 'object' || node === null) return []
  const { ':@': attributes, ...rest } = node as Record<string, unknown>
  const [name] = Object.keys(rest)
  if (name === undefined || name === '#text') return []
  const inside = rest[name]
  const parts = Array.isArray(inside) ? inside : []
  return [
    {
      name,
      attributes: decoded(attributes),
      children: parts.flatMap(elementOf),
      text: parts.map((part) => decodeEntities(textIn(part))).join(''),
    },
  ]
}

const textIn = (part: unknown): string => {
  const text = typeof part === 'object' && part !== null ? (part as Record<string, unknown>)['#text'] : ''
  return typeof text === 'string' ? text : ''
}

function decoded(attributes: unknown): Record<string, string> {
  if (typeof attributes !== 'object' || attributes === null) return {}
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' ? decodeEntities(value) : '',
    ]),
  )
}

/** The first element of that name, at any depth. */
export function findElement(elements: readonly Element[], name: string): Element | null {
  for (const element of elements) {
    const found = element.name === name ? element : findElement(element.children, name)
    if (found) return found
  }
  return null
}
