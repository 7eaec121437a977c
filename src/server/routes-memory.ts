import { Hono } from 'hono'
import type { Fitter } from '#app/fit-memory.ts'

/** The learner's own parameters: how a fit stands, begin one, stop it. */
export function memoryRoutes(fitter: Fitter) {
  return new Hono()
    .get('/fit', async (c) => {
      const view = await fitter.view()
      return view.ok ? c.json(view.value, 200) : c.json(view.error, 503)
    })
    .post('/fit', async (c) => {
      fitter.begin()
      const view = await fitter.view()
      return view.ok ? c.json(view.value, 202) : c.json(view.error, 503)
    })
    .delete('/fit', async (c) => {
      fitter.stop()
      const view = await fitter.view()
      return view.ok ? c.json(view.value, 200) : c.json(view.error, 503)
    })
}
