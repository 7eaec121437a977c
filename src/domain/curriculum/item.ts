import { z } from 'zod'
import { localName } from './concept.ts'

export const CATEGORIES = [
  'patterns',
  'mechanisms',
  'performance',
  'costs',
  'scale',
  'migrations',
  'companies',
  'incidents',
  'debugging',
  'capacity',
  'comparisons',
] as const
export type Category = (typeof CATEGORIES)[number]

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
export const diagramId = z.string().regex(/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/)
/** A year, a month or a day: `2017`, `2017-02`, `2017-02-28`. */
const asOf = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/))
const sources = z.union([slug, z.array(slug).min(1)]).transform((one) => (Array.isArray(one) ? one : [one]))
const text = z.string().trim().min(1)

/**
 * A fact has one right answer. `value` is a quantity as people write it (`16`, `200 ms`, `99.99%`, `09:37`), or a
 * word or phrase (a concept's id or name, or text with `accept` for other wordings). `tolerance` is in the
 * value's own unit, or a share of it (`10%`); it stands with quantities only.
 */
export const fact = z.strictObject({
  id: slug,
  about: text.optional(),
  ask: text.max(200),
  value: z.union([z.number(), text]).transform(String),
  tolerance: z.union([z.number().nonnegative(), z.string().regex(/^\d+(\.\d+)?%$/)]).default(0),
  accept: z.array(z.union([z.number(), text]).transform(String)).default([]),
  source: sources,
  section: text.optional(),
  as_of: asOf,
  /** A figure that we derive shows its formula with its inputs; then the sources are those of the inputs. */
  derived: text.optional(),
})

/** A slot of the real world around a drawing; each accepted answer is a concept, or a short phrase. */
export const contextSlot = z.strictObject({
  slot: slug,
  ask: text.max(200),
  accept: z.array(text.max(60)).min(1),
  source: sources,
})

export const walkthroughStep = z.strictObject({
  shows: z.array(z.union([z.number(), text]).transform(String)).min(1),
  says: text.max(400),
})

/**
 * Another way to draw a part of the drawing that is as good: `draw`, in the notation, stands in the place of the
 * elements that `instead` names as `shows` does; without `draw` they may be left out. `name` reads after "graded against".
 */
export const alternative = z.strictObject({
  name: text.max(80),
  instead: z.array(z.union([z.number(), text]).transform(String)).min(1),
  draw: z.string().default(''),
  says: text.max(300),
})

export const diagramItem = z.strictObject({
  title: text.max(80),
  form: z.enum(['topology', 'sequence', 'timeline', 'states', 'decision', 'matrix']),
  question: text.max(160),
  tier: z.number().int().min(1).max(7),
  group: text,
  minutes: z.number().int().min(5).max(90),
  complexity: z.number().int().min(1).max(5),
  window: z.enum(['deep', 'build', 'light']),
  needs: z.array(diagramId).default([]),
  covers: z.array(diagramId).default([]),
  revision: z.number().int().min(1),
  drawing: text,
  names: z.record(slug, localName).default({}),
  /** Of labels; or of one connection, `a -> b`, that may be drawn the other way round, with the reason. */
  accept: z
    .array(z.strictObject({ instead: text, also: z.array(text).min(1), says: text.max(300).optional() }))
    .default([]),
  alternatives: z.array(alternative).default([]),
  facts: z.array(fact).min(3).max(6),
  context: z.array(contextSlot).min(2).max(4),
  walkthrough: z.array(walkthroughStep).min(3).max(8),
  mutation: z.strictObject({ ask: text, answer: text, because: text }),
})

export type Fact = z.infer<typeof fact>
export type ContextSlot = z.infer<typeof contextSlot>
export type WalkthroughStep = z.infer<typeof walkthroughStep>

/** One file of `content/diagrams`, parsed: its drawing is still text. */
export type DiagramItem = z.infer<typeof diagramItem> & { readonly id: string; readonly category: Category }

export const sourceEntry = z.strictObject({
  title: text,
  author: text,
  year: z.number().int().min(1900).max(2100),
  where: text.optional(),
  url: z.url().optional(),
})
export const sourceFile = z.record(slug, sourceEntry)
export type Source = z.infer<typeof sourceEntry> & { readonly id: string }
