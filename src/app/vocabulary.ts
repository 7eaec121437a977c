import { type Concept, ownNames } from '#domain/curriculum/index.ts'
import { ok, type Result } from '#lib/result.ts'
import type { World } from './ports.ts'
import type { Problem, VocabularyView } from './views.ts'

/**
 * For type-ahead: the field and every diagram's own names, in alphabetical order, with no word of which diagram a name
 * comes from. Names of diagrams that would show under the same words are one entry.
 */
export async function vocabulary({ catalogue }: World): Promise<Result<VocabularyView, Problem>> {
  const shown = new Map<string, VocabularyView['concepts'][number]>()
  for (const concept of catalogue.concepts.values())
    shown.set(concept.name.toLowerCase(), entry(concept, true))
  for (const item of catalogue.items.values()) {
    for (const own of ownNames(item)) {
      const key = own.name.toLowerCase()
      const known = shown.get(key)
      const aliases = [...new Set([...(known?.aliases ?? []), ...own.aliases])]
      shown.set(key, { ...(known ?? entry(own, false)), aliases })
    }
  }
  const concepts = [...shown.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return ok({ concepts })
}

const entry = ({ id, name, kind, layer, icon, aliases }: Concept, field: boolean) => ({
  id,
  name,
  kind,
  layer,
  icon,
  aliases,
  field,
})
