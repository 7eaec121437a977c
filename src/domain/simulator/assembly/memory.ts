// AssemblyScript, not TypeScript: `npm run assembly` compiles this folder to `engine/assembled.ts`. What it works on are
// the engine's own arrays, by their addresses in the memory that both share (`engine/arena.ts`).

import {
  ACTORS_AT,
  CALLS_AT,
  CLOCK_AT,
  EVENTS_AT,
  HEADS_AT,
  PROGRAM_AT,
  REQUESTS_AT,
  SHARES_AT,
  SITES_AT,
  SPENT_AT,
  STATIONS_AT,
  STEPS_AT,
  TIMES_AT,
  VISITS_AT,
  WITHIN_AT,
  ZIGGURAT_AT,
} from '../engine/places'

export const clock: usize = CLOCK_AT
export const heads: usize = HEADS_AT
export const times: usize = TIMES_AT
export const data: usize = EVENTS_AT
export const calls: usize = CALLS_AT
export const stations: usize = STATIONS_AT
export const visits: usize = VISITS_AT
export const program: usize = PROGRAM_AT
export const shares: usize = SHARES_AT
export const sites: usize = SITES_AT
export const actors: usize = ACTORS_AT
export const requests: usize = REQUESTS_AT
export const within: usize = WITHIN_AT
export const spent: usize = SPENT_AT
export const steps: usize = STEPS_AT
export const ziggurat: usize = ZIGGURAT_AT

// What is not the same in every run (`layOut` of `engine/express.ts`).
export declare const together: usize
export declare const withins: i32
export declare const columns: i32
export declare const room: i32

export function int(p: usize, i: i32): i32 {
  return load<i32>(p + ((i as usize) << 2))
}

export function setInt(p: usize, i: i32, value: i32): void {
  store<i32>(p + ((i as usize) << 2), value)
}

export function addInt(p: usize, i: i32, more: i32): void {
  const at = p + ((i as usize) << 2)
  store<i32>(at, load<i32>(at) + more)
}

/** Two that are neighbours at once, the first at an even place. */
export function setInts(p: usize, i: i32, one: i32, next: i32): void {
  store<i64>(p + ((i as usize) << 2), (one as u32 as i64) | ((next as i64) << 32))
}

export function num(p: usize, i: i32): f64 {
  return load<f64>(p + ((i as usize) << 3))
}

/** A fraction as it is stored. */
export function bits(p: usize, i: i32): i64 {
  return load<i64>(p + ((i as usize) << 3))
}

export function setNum(p: usize, i: i32, value: f64): void {
  store<f64>(p + ((i as usize) << 3), value)
}

export function addNum(p: usize, i: i32, more: f64): void {
  const at = p + ((i as usize) << 3)
  store<f64>(at, load<f64>(at) + more)
}
