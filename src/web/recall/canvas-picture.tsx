import { memo, useLayoutEffect } from 'react'
import type { Drawn, Picture } from '#domain/diagram/index.ts'
import { dress } from '../ui/figure.tsx'

// The markup is our own renderer's, which escapes every text in it.
const Part = memo(({ el, classes, inside }: Drawn) => (
  <g data-el={el} className={classes} dangerouslySetInnerHTML={{ __html: inside }} />
))

/** The drawing as it grows: a key sets anew only the parts that it changed. */
export function LivePicture({ picture: { parts, ...frame } }: { readonly picture: Picture }) {
  useLayoutEffect(dress, [])
  return (
    <div className="figure">
      <svg className="drawing" aria-label="Your drawing" role="img" {...frame}>
        {parts.map((part) => (
          <Part key={part.id} {...part} />
        ))}
      </svg>
    </div>
  )
}
