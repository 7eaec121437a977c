import { enableCompileCache } from 'node:module'
import { CACHE_FOLDER } from './folders.ts'

// Half of the time of a short command is reading TypeScript; what was read once is kept. Without the right to write
// there nothing is kept, and nothing fails.
enableCompileCache(CACHE_FOLDER)
await import('./program.ts')
