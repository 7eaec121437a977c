import type { Call, Distribution, Step } from '../model.ts'
import { IN_ORDER } from './either.ts'
import type { Site } from './parts.ts'
import type { Sampler } from './sampler.ts'
import { AGAIN, ASK, ASYNC, CALL, EITHER, END, FILL, FORK, MAYBE, MISSED } from './steps.ts'

type OpenSite = { -readonly [K in keyof Site]: Site[K] }

/** A site, with the policy that a guard is to be made of. */
export interface Compiled {
  readonly site: OpenSite
  readonly call: Call
  /** Where it stands in the model, for its streams of random numbers. */
  readonly path: string
}

/** Call graphs, which are trees in the model, as sites and a flat program. */
export class Compiler {
  readonly sites: Compiled[] = []
  readonly code: number[] = []
  readonly shares: number[] = []
  private readonly stations: ReadonlyMap<string, number>
  private readonly sampler: (distribution: Distribution, path: string) => Sampler

  constructor(
    stations: ReadonlyMap<string, number>,
    sampler: (distribution: Distribution, path: string) => Sampler,
  ) {
    this.stations = stations
    this.sampler = sampler
  }

  call(call: Call, path: string): OpenSite {
    const targets = (typeof call.to === 'string' ? [call.to] : call.to).map(
      (id) => this.stations.get(id) as number,
    )
    const site: OpenSite = {
      index: this.sites.length,
      targets,
      only: -1,
      program: -1,
      sampler: call.time === undefined ? null : this.sampler(call.time, `${path}.time`),
      write: call.write === true,
      optional: call.optional === true,
      asked: false,
      share: call.share ?? 1,
      from: call.from === undefined ? -1 : (this.stations.get(call.from) as number),
      guard: null,
      turn: 0,
    }
    this.sites.push({ site, call, path })
    if (call.steps !== undefined && call.steps.length > 0) site.program = this.program(call.steps, path)
    return site
  }

  private program(steps: readonly Step[], path: string): number {
    // Calls' own programs are written first, so that this one is in one piece.
    const body = this.body(steps, path)
    const start = this.code.length
    this.code.push(...body.map((word) => (typeof word === 'number' ? word : start + word.at)), END)
    return start
  }

  /** Jumps are relative to the program's start until it has its place. */
  private body(steps: readonly Step[], path: string, offset = 0): (number | { at: number })[] {
    const out: (number | { at: number })[] = []
    const here = () => offset + out.length
    for (const [i, step] of steps.entries()) {
      const place = `${path}/${i}`
      switch (step.do) {
        case 'call':
          out.push(CALL, this.call(step.call, place).index)
          break
        case 'async':
          out.push(ASYNC, this.call(step.call, place).index)
          break
        case 'parallel': {
          const sites = step.calls.map((call, j) => this.call(call, `${place}/${j}`).index)
          out.push(FORK, step.need ?? sites.length, sites.length, ...sites)
          break
        }
        case 'either': {
          const sites = step.calls.map((call, j) => this.call(call, `${place}/${j}`).index)
          const seconds = this.shares.push(step.healthCheckSeconds ?? 0) - 1
          out.push(EITHER, seconds, step.by === 'turn' ? 0 : IN_ORDER, sites.length, ...sites)
          break
        }
        case 'maybe': {
          const inner = this.body(step.steps, place, here() + 3)
          const after = here() + 3 + inner.length
          out.push(MAYBE, this.shares.push(step.share) - 1, { at: after }, ...inner)
          break
        }
        case 'cached': {
          const site = this.call(step.call, place)
          site.asked = true
          out.push(ASK, site.index)
          const inner = this.body(step.steps, `${place}/missed`, here() + 3)
          const share = step.hits === undefined ? -1 : this.shares.push(step.hits) - 1
          if (share < 0) inner.push(FILL, site.index)
          out.push(MISSED, share, { at: here() + 3 + inner.length }, ...inner)
          break
        }
        case 'repeat': {
          const start = here()
          out.push(...this.body(step.steps, place, start))
          out.push(AGAIN, this.shares.push(step.again) - 1, { at: start })
          break
        }
      }
    }
    return out
  }
}
