import type { Concept } from './concept.ts'
import type { DiagramItem } from './item.ts'

/** The names that one drawing gives itself, as concepts. */
export const ownNames = (item: Pick<DiagramItem, 'names'>): Concept[] =>
  Object.entries(item.names).map(([id, name]) => ({
    id,
    name: name.name ?? capital(id.replaceAll('-', ' ')),
    kind: name.kind,
    layer: name.layer,
    icon: name.icon ?? null,
    aliases: name.aliases,
  }))

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
