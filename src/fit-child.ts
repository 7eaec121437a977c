import type { FitSequence } from '#domain/memory/index.ts'
import { fitNatively } from './fit-native.ts'

/** A process of its own that fits, and ends: native code that takes seconds, and whose crash should end nothing else. */
process.once('message', async (sequences: readonly FitSequence[]) => {
  try {
    // A short training may end before the optimizer says anything of itself.
    process.send?.({ share: 0 })
    const parameters = await fitNatively(sequences, (share) => process.send?.({ share }))
    process.send?.({ parameters }, () => process.exit(0))
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? error.message : String(error) }, () => process.exit(1))
  }
})
// Whoever wanted the result has gone.
process.once('disconnect', () => process.exit(0))
