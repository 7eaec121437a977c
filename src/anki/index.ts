import type { AnkiPackages } from '#app/ports.ts'
import { readPackage } from './read-package.ts'
import { writePackage } from './write-package.ts'

export const anki: AnkiPackages = { write: writePackage, read: readPackage }
