import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { designJsonSchema } from '#domain/simulator/index.ts'

/** Writes docs/design.schema.json from the schema that reads designs. */

const file = fileURLToPath(new URL('../docs/design.schema.json', import.meta.url))
writeFileSync(file, `${JSON.stringify(designJsonSchema(), null, 2)}\n`)
