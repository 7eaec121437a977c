// AssemblyScript, not TypeScript: `npm run assembly` compiles this folder to `engine/assembled.ts`. What it works on are
// the engine's own arrays, by their addresses in the memory that both share (`engine/arena.ts`).

// Where everything is (`Express.addresses`), and how many there are of what.
export declare const clock: usize
export declare const heads: usize
export declare const times: usize
export declare const data: usize
export declare const ints: usize
export declare const floats: usize
export declare const table: usize
export declare const figures: usize
export declare const visits: usize
export declare const program: usize
export declare const shares: usize
export declare const sites: usize
export declare const actors: usize
export declare const requests: usize
export declare const together: usize
export declare const within: usize
export declare const withins: i32
export declare const spent: usize
export declare const columns: i32
export declare const steps: usize
export declare const ziggurat: usize
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
