import type { Model, RunOptions } from '#domain/simulator/index.ts'

/** What the page offers to whoever drives it: a model goes to the worker, its report comes back as JSON. */
declare global {
  interface Window {
    simulate: (model: Model, options: RunOptions) => Promise<string>
  }
}

window.simulate = (model, options) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage({ model, options })
  })
