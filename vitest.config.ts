import { defineConfig } from 'vitest/config'

/** Runs of millions of events: what others have run before slows them to a third. */
const SIMULATOR = 'src/domain/simulator/**/*.test.ts'

export default defineConfig({
  test: {
    // One worker a core: Vitest itself leaves one core alone, and half of a small machine with it.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'src',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'bench/**/*.test.ts'],
          exclude: [SIMULATOR],
          // What one file has loaded serves the next: these keep nothing in their modules.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'whole', include: ['test/**/*.test.ts', 'tools/**/*.test.ts', SIMULATOR] },
      },
    ],
  },
})
