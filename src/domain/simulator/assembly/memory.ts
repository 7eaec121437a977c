// AssemblyScript, not TypeScript: `npm run assembly` compiles this folder to `engine/assembled.ts`. What it works on are
// the engine's own arrays, by their addresses in the memory that both share (`engine/arena.ts`).

export let clock: usize = 0
export let heads: usize = 0
export let times: usize = 0
export let data: usize = 0
export let ints: usize = 0
export let floats: usize = 0
export let table: usize = 0
export let figures: usize = 0
export let visits: usize = 0
export let program: usize = 0
export let shares: usize = 0
export let sites: usize = 0
export let actors: usize = 0
export let requests: usize = 0
export let together: usize = 0
export let within: usize = 0
export let withins: i32 = 0
export let spent: usize = 0
export let columns: i32 = 0
export let steps: usize = 0
export let ziggurat: usize = 0
export let room: i32 = 0

/** Tells where everything is: integers in the order of `Express.addresses`. */
export function bind(p: usize): void {
  clock = load<i32>(p)
  heads = load<i32>(p, 4)
  times = load<i32>(p, 8)
  data = load<i32>(p, 12)
  ints = load<i32>(p, 16)
  floats = load<i32>(p, 20)
  table = load<i32>(p, 24)
  figures = load<i32>(p, 28)
  visits = load<i32>(p, 32)
  program = load<i32>(p, 36)
  shares = load<i32>(p, 40)
  sites = load<i32>(p, 44)
  actors = load<i32>(p, 48)
  requests = load<i32>(p, 52)
  together = load<i32>(p, 56)
  within = load<i32>(p, 60)
  withins = load<i32>(p, 64)
  spent = load<i32>(p, 68)
  columns = load<i32>(p, 72)
  steps = load<i32>(p, 76)
  ziggurat = load<i32>(p, 80)
  room = load<i32>(p, 84)
}

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

export function num(p: usize, i: i32): f64 {
  return load<f64>(p + ((i as usize) << 3))
}

export function setNum(p: usize, i: i32, value: f64): void {
  store<f64>(p + ((i as usize) << 3), value)
}

export function addNum(p: usize, i: i32, more: f64): void {
  const at = p + ((i as usize) << 3)
  store<f64>(at, load<f64>(at) + more)
}
