import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `npx vite` serves the client for development; a running server (port 4600 unless `ATLAS_API` says else) answers `/api`. */
export default defineConfig({
  root: at('src/web'),
  plugins: [react()],
  build: {
    outDir: at('dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    // Data addresses for fonts and pictures would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The pure rooms do nothing by being imported, so what a page does not use of them (the schemas, and zod with
    // them) stays out of it.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !/\/src\/(lib|domain)\/|\/zod\//.test(id) },
    },
    // The layout worker is 1.5 MB on its own, and is only ever loaded when somebody asks for "tidy".
    chunkSizeWarningLimit: 1600,
  },
  server: { proxy: { '/api': process.env.ATLAS_API ?? 'http://127.0.0.1:4600' } },
})
