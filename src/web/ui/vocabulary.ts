import { useEffect, useState } from 'react'
import type { VocabularyView } from '#app/views.ts'
import type { Concept } from '#domain/curriculum/index.ts'
import {
  buildCompletions,
  buildVocabulary,
  type CompletionIndex,
  type Vocabulary,
} from '#domain/diagram/index.ts'
import { call } from '../api.ts'

type Icons = Readonly<
  Record<string, { readonly body: string; readonly width: number; readonly height: number }>
>

/** The whole field: what labels may mean, how they are completed, and their icons. It names no diagram. */
export interface Field {
  readonly vocabulary: Vocabulary
  readonly completions: CompletionIndex
  readonly kinds: ReadonlyMap<string, string>
  readonly icons: Icons
}

const EMPTY: Field = {
  vocabulary: buildVocabulary([]).vocabulary,
  completions: [],
  kinds: new Map(),
  icons: {},
}

export function fieldOf(view: VocabularyView, icons: Icons): Field {
  const all = view.concepts as readonly (Concept & { readonly field: boolean })[]
  // Names of single diagrams are known by their full name alone: their aliases mean something only beside their drawing.
  const concepts = [
    ...all.filter(({ field }) => field),
    ...all.filter(({ field }) => !field).map((concept) => ({ ...concept, aliases: [] })),
  ]
  return {
    vocabulary: buildVocabulary(concepts).vocabulary,
    completions: buildCompletions(view.concepts),
    kinds: new Map(view.concepts.map(({ id, kind }) => [id, kind])),
    icons,
  }
}

/** Empty until it has come: drawing works without it, only without icons and suggestions. */
export function useField(): Field {
  const [field, setField] = useState(EMPTY)
  useEffect(() => {
    let wanted = true
    Promise.all([call<VocabularyView>('GET', '/api/vocabulary'), call<Icons>('GET', '/api/icons')]).then(
      ([view, icons]) => {
        if (wanted && view.ok) setField(fieldOf(view.value, icons.ok ? icons.value : {}))
      },
    )
    return () => {
      wanted = false
    }
  }, [])
  return field
}
