import type { Collision } from '#domain/diagram/index.ts'
import type { Finding } from './finding.ts'
import type { ReadContent } from './read-content.ts'

/** Every label belongs to one concept, and every icon is there. */
export function checkVocabulary(
  content: ReadContent,
  collisions: readonly Collision[],
  icons: ReadonlySet<string>,
): Finding[] {
  const at = (id: string) => {
    const place = content.places.get(`concept:${id}`)
    return { file: place?.file ?? 'concepts', line: place?.lineOf([id]) ?? 1 }
  }
  return [
    ...collisions.map(({ label, concepts: [first, second] }) => ({
      ...at(second),
      message: `\`${label}\` means both \`${first}\` and \`${second}\``,
      mend: 'a label belongs to one concept: take it from one of them',
    })),
    ...content.concepts.flatMap(({ id, icon }) =>
      icon === null || icons.has(icon) ? [] : [{ ...at(id), ...noIcon(icon) }],
    ),
    ...content.items.flatMap((item) =>
      Object.entries(item.names).flatMap(([name, { icon }]) => {
        const place = content.places.get(`diagram:${item.id}`)
        const line = place?.lineOf(['names', name]) ?? 1
        return icon === undefined || icons.has(icon)
          ? []
          : [{ file: place?.file ?? item.id, line, ...noIcon(icon) }]
      }),
    ),
  ]
}

const noIcon = (icon: string) => ({
  message: `icon \`${icon}\` is not in icons.json`,
  mend: 'run `npm run icons`',
})
