import type { World } from './ports.ts'
import type { CatalogueView } from './views.ts'

/** What the catalogue holds, by category, form and tier. */
export function catalogueCounts({ catalogue }: Pick<World, 'catalogue'>): CatalogueView {
  const items = [...catalogue.items.values()]
  const count = (keyOf: (item: (typeof items)[number]) => string | number) => {
    const counts: Record<string, number> = {}
    for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1
    return counts
  }
  return {
    counts: {
      category: count(({ category }) => category),
      form: count(({ form }) => form),
      tier: count(({ tier }) => tier),
    },
    ids: [...catalogue.items.keys()].sort(),
  }
}
