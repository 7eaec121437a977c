import { type Model, type RunOptions, startRun } from '#domain/simulator/index.ts'

type Asked = MessageEvent<{ readonly model: Model; readonly options: RunOptions }>

self.addEventListener('message', ({ data: { model, options } }: Asked) => {
  const run = startRun(model, options)
  if (run.ok) run.value.step()
  self.postMessage(JSON.stringify(run.ok ? run.value.report() : run.error))
})
