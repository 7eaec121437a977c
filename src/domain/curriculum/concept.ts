import { z } from 'zod'
import { LAYERS, type Layer } from './layers.ts'

export const CONCEPT_KINDS = [
  'component',
  'technology',
  'protocol',
  'message',
  'state',
  'condition',
  'event',
  'failure',
  'quality',
  'practice',
  'metric',
  'organisation',
] as const

const conceptFields = {
  name: z.string().min(1).max(60),
  kind: z.enum(CONCEPT_KINDS),
  layer: z.enum(LAYERS),
  icon: z
    .string()
    .regex(/^(lucide|logos):[a-z0-9-]+$/)
    .optional(),
  aliases: z.array(z.string().min(1).max(80)).default([]),
}

export const conceptEntry = z.strictObject(conceptFields)
export const conceptFile = z.record(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), conceptEntry)

/** A label of one diagram that is no concept of the field names itself once, with its aliases. */
export const localName = z.strictObject({
  name: z.string().min(1).max(60).optional(),
  kind: z.enum(CONCEPT_KINDS).default('component'),
  layer: z.enum(LAYERS).default('none'),
  icon: conceptFields.icon,
  aliases: conceptFields.aliases,
})

export interface Concept {
  readonly id: string
  readonly name: string
  readonly kind: (typeof CONCEPT_KINDS)[number]
  readonly layer: Layer
  readonly icon: string | null
  readonly aliases: readonly string[]
}
