import { z } from 'zod'
import { designFile } from './design.ts'

/** The schema of a design's file for editors, as docs/design.schema.json holds it. */
export function designJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(designFile, { io: 'input', unrepresentable: 'any' })
  return { $schema, $id: 'design.schema.json', title: 'A design that Atlas runs', ...schema }
}
