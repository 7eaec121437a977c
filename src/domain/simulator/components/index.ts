import type { Component } from '../model.ts'
import { balancer } from './balancer.ts'
import { cache, cdn } from './cache.ts'
import { database } from './database.ts'
import { delay } from './delay.ts'
import type { Kind } from './kind.ts'
import { limiter } from './limiter.ts'
import { queue } from './queue.ts'
import { service } from './service.ts'
import { sharing } from './sharing.ts'

/** Every kind of component. A new one is its file, its test and its line here. */
export const KINDS: { readonly [K in Component['kind']]: Kind<Extract<Component, { kind: K }>> } = {
  service,
  sharing,
  delay,
  balancer,
  cache,
  cdn,
  database,
  queue,
  limiter,
}

export const kindOf = (name: string): Kind<Component> | undefined =>
  Object.hasOwn(KINDS, name) ? (KINDS[name as Component['kind']] as unknown as Kind<Component>) : undefined
