import type { CheckedDiagram } from './check.ts'

/** Numbers in prose that need a source: with a unit or a suffix, with a decimal point, or of two digits and more. */
const FIGURE =
  /(?<![\w.])\$?\d[\d,]*(?:\.\d+)?\s?(?:%|×|x\b|[kKMGTB]\b|ms\b|s\b|seconds?\b|minutes?\b|hours?\b|days?\b|[kKMGTP]i?B\b)?/g

/** Every number of a walkthrough, or of the reason for an alternative, stands in a sourced fact, or in the drawing itself. */
export function checkNumbers({ item, report }: CheckedDiagram): void {
  const sourced = digitsOf(
    [
      item.drawing,
      item.title,
      item.question,
      ...item.facts.flatMap((fact) => [fact.value, fact.ask, fact.derived ?? '', fact.as_of, ...fact.accept]),
      ...Object.values(item.names).flatMap((name) => [name.name ?? '', ...name.aliases]),
      ...Object.keys(item.names),
    ].join(' '),
  )
  const prose = [
    ...item.walkthrough.map(({ says }, i) => ({ path: ['walkthrough', i, 'says'], says })),
    ...item.alternatives.map(({ says }, i) => ({ path: ['alternatives', i, 'says'], says })),
  ]
  for (const { path, says } of prose) {
    for (const figure of says.match(FIGURE) ?? []) {
      const digits = figure.replace(/[^\d.]/g, '').replace(/\.$/, '')
      const small = /^\d$/.test(figure.trim())
      if (small || sourced.has(digits)) continue
      report(
        path,
        `\`${figure.trim()}\` is a number without a source`,
        'make it a fact with a source and a date, or leave it out',
      )
    }
  }
}

const digitsOf = (text: string): Set<string> =>
  new Set((text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((number) => number.replaceAll(',', '')))
