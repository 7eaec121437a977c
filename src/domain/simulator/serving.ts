import type { Assembly } from './assemble.ts'
import { ServiceStation } from './components/service.ts'

/** The service that a scaler or a deployment changes. */
export function serviceNamed({ engine }: Assembly, id: string): ServiceStation {
  const station = engine.stations.find((one) => one.id === id)
  if (!(station instanceof ServiceStation)) throw new Error(`invariant: ${id} was checked to be a service`)
  return station
}
