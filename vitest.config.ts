import { defineConfig } from 'vitest/config'

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
          // What one file has loaded serves the next: these keep nothing in their modules.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'whole', include: ['test/**/*.test.ts', 'tools/**/*.test.ts'] },
      },
    ],
  },
})
