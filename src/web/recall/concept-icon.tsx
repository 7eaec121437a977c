import type { Field } from '../ui/vocabulary.ts'

/** A concept's icon as the drawings show it; an empty place of the same size where there is none. */
export function ConceptIcon({ field, concept }: { readonly field: Field; readonly concept: string | null }) {
  const name = concept === null ? null : field.vocabulary.concepts.get(concept)?.icon
  const icon = name ? field.icons[name] : undefined
  if (!icon) return <svg className="concept-icon" aria-hidden="true" />
  return (
    <svg
      className="concept-icon"
      viewBox={`0 0 ${icon.width} ${icon.height}`}
      aria-hidden="true"
      // The bodies come from the icon sets that Atlas ships.
      dangerouslySetInnerHTML={{ __html: icon.body }}
    />
  )
}
