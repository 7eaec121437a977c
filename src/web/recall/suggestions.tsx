import type { CSSProperties } from 'react'
import type { Completion } from '#domain/diagram/index.ts'
import type { Field } from '../ui/vocabulary.ts'
import { ConceptIcon } from './concept-icon.tsx'

interface Props {
  readonly id: string
  readonly found: readonly Completion[]
  /** The place of the one that is chosen; -1 for none. */
  readonly chosen: number
  readonly field: Field
  readonly take: (completion: Completion) => void
  /** Says of each what kind of thing it is, and which key takes the chosen one. */
  readonly withKinds?: boolean
  readonly className?: string
  readonly style?: CSSProperties | undefined
}

/** What a field suggests, below or above it. A field keeps the focus; the pointer takes one without moving it. */
export const Suggestions = ({
  id,
  found,
  chosen,
  field,
  take,
  withKinds = false,
  className = '',
  style,
}: Props) => (
  <div
    id={id}
    role="listbox"
    aria-label="Suggestions"
    className={`suggestions ${className}`.trim()}
    hidden={found.length === 0}
    style={style}
  >
    {found.map((completion, i) => (
      <div
        key={`${completion.concept} ${completion.label}`}
        id={`${id}-${i}`}
        role="option"
        aria-selected={i === chosen}
        tabIndex={-1}
        onMouseDown={(event) => {
          event.preventDefault()
          take(completion)
        }}
      >
        <ConceptIcon field={field} concept={completion.concept} />
        <span>{completion.label}</span>
        {completion.via !== null && <span className="soft small">{completion.via}</span>}
        {withKinds && (
          <span className="soft small kind">
            {completion.drawn ? 'drawn' : field.kinds.get(completion.concept ?? '')}
          </span>
        )}
        {withKinds && i === chosen && (
          <span className="kbd" aria-hidden="true">
            Tab
          </span>
        )}
      </div>
    ))}
  </div>
)
