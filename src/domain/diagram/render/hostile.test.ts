import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { placeDrawing } from '../layout/place.ts'
import { elementsOf, FORMS, type Form } from '../model.ts'
import { parseDrawing } from '../notation/index.ts'
import { buildVocabulary } from '../vocabulary.ts'
import { describe } from './describe.ts'
import type { Mark } from './parts.ts'
import { render, renderStandalone } from './render.ts'

const { vocabulary } = buildVocabulary([])

const PIECES = [
  '<script>alert(1)</script>',
  ']]>',
  '<![CDATA[',
  '<!--',
  '&lt;',
  '&#0;',
  '"',
  "'",
  '" onload="alert(1)',
  "' onclick='x",
  '</style>',
  '</text></svg>',
  '<?xml?>',
  'url(#x)',
  '\u0000',
  '\u0008',
  '\u001b[31m',
  '\u0085',
  '\u2028',
  '\ud800',
  '\udc00',
  '\ufffe',
  '\uffff',
  '\u202e',
  '\u200b',
  '\ufeff',
  '👩‍👩‍👧‍👦',
  'e\u0301\u0301\u0301',
  'שלום',
  'مرحبا',
  'plain',
]
const label = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((pieces) => pieces.join('').slice(0, 150))

/** A label as the notation writes any text. */
const quoted = (text: string) => JSON.stringify(text.replace(/[\n\r\u2028\u2029]/g, ' '))

const TEXT: Record<Form, (a: string, b: string, c: string) => string> = {
  topology: (a, b, c) => `${a} -> ${b}: ${c}\ng: ${c} { ${a}2 }`,
  states: (a, b, c) => `${a} -> ${b}: ${c}`,
  decision: (a, b, c) => `${a} -> ${b}: ${c}`,
  sequence: (a, b, c) => `${a} -> ${b}: ${c}`,
  timeline: (a, b, c) => `09:37 | ${a} | ${b}\n09:39 | ${c}`,
  matrix: (a, b, c) => `| ${a} | ${b}\n${c} | ${a} | ${b}`,
}

const parser = new XMLParser({ ignoreAttributes: false, preserveOrder: true })
/** What XML 1.0 allows (https://www.w3.org/TR/xml/#charsets); the parser does not look. */
const ALLOWED = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u

type Node = Record<string, unknown> & { ':@'?: Record<string, string> }

/** Every element's name and its attributes' names. */
function shapeOf(nodes: readonly Node[]): string[] {
  return nodes.flatMap(({ ':@': attributes = {}, ...rest }) =>
    Object.entries(rest).flatMap(([name, children]) =>
      name === '#text'
        ? []
        : [name, ...Object.keys(attributes).map((one) => one.slice(2)), ...shapeOf(children as Node[])],
    ),
  )
}

const OURS = new Set(
  `svg g text tspan rect path circle line defs pattern title desc style polygon ellipse
   class d x y x1 x2 y1 y2 r rx ry cx cy width height viewBox role aria-label aria-hidden data-el id fill transform
   text-anchor points xmlns patternUnits patternTransform marker-end stroke-dasharray href`.split(/\s+/),
)

test.each(FORMS)(
  'whatever a %s says, its SVG is XML with no element and no attribute but our own',
  (form) => {
    let drawn = 0
    fc.assert(
      fc.property(label, label, label, fc.boolean(), (a, b, c, asIs) => {
        const word = asIs ? (text: string) => text : quoted
        const { drawing } = parseDrawing(TEXT[form](word(a), word(b), word(c)), form)
        const all = elementsOf(drawing)
        drawn += all.length
        const laidOut = placeDrawing(drawing, vocabulary, {})
        const verdicts = ['missing', 'extra', 'wrong', 'reversed', 'matched'] as const
        const marks = new Map(
          all.map((el, i): [typeof el, Mark] => [el, { verdict: verdicts[i % 5] ?? 'wrong', correction: c }]),
        )
        const description = describe(drawing, vocabulary).join(' ')
        const options = { icons: {}, title: a, description, marks, faded: new Set(all.slice(0, 1)) }
        for (const svg of [
          render(laidOut, options),
          renderStandalone(laidOut, { ...options, theme: 'dark' }),
        ]) {
          expect(XMLValidator.validate(svg)).toBe(true)
          expect(svg).toMatch(ALLOWED)
          expect(shapeOf(parser.parse(svg)).filter((name) => !OURS.has(name))).toEqual([])
        }
      }),
      { numRuns: 150 },
    )
    expect(drawn).toBeGreaterThan(150)
  },
)
