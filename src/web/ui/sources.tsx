import type { SourceView } from '#app/views.ts'
import { asOfWords } from './words.ts'

/** Where a number comes from, and when it was true. */
export function Sources({
  sources,
  asOf,
}: {
  readonly sources: readonly SourceView[]
  readonly asOf?: string
}) {
  return (
    <span className="sources soft small">
      {sources.map((source, i) => (
        <span key={`${source.title} ${source.year}`}>
          {i > 0 && '; '}
          {source.url === null ? (
            source.title
          ) : (
            <a href={source.url} target="_blank" rel="noreferrer">
              {source.title}
            </a>
          )}
          , {source.author}, {source.year}
          {source.where === null ? '' : `, ${source.where}`}
        </span>
      ))}
      {asOf !== undefined && ` (as of ${asOfWords(asOf)})`}
    </span>
  )
}
