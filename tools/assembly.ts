import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import binaryen from 'binaryen'

/** `npm run assembly`: compiles the simulator's `assembly/` (AssemblyScript) to `engine/assembled.ts`. */
const ROOM = fileURLToPath(new URL('../src/domain/simulator/', import.meta.url))
export const ASSEMBLED = join(ROOM, 'engine', 'assembled.ts')

const FLAGS = [
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--initialMemory',
  '1',
]

/** The text of `engine/assembled.ts`; throws with the compiler's own words where it does not compile. */
export async function assembled(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-assembly-'))
  try {
    const out = join(folder, 'assembly.wasm')
    const { error, stderr } = await asc.main([join(ROOM, 'assembly', 'index.ts'), ...FLAGS, '-o', out])
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`)
    return sourceOf(inlined(readFileSync(out)))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Nearly all in one function: the calls between small ones were a third of an event's time. */
function inlined(code: Uint8Array): Uint8Array {
  const module = binaryen.readBinary(code)
  binaryen.setOptimizeLevel(4)
  binaryen.setShrinkLevel(0)
  binaryen.setAlwaysInlineMaxSize(1000)
  binaryen.setFlexibleInlineMaxSize(5000)
  binaryen.setOneCallerInlineMaxSize(100_000)
  binaryen.setAllowInliningFunctionsWithLoops(true)
  module.optimize()
  return module.emitBinary()
}

function sourceOf(code: Uint8Array): string {
  const lines = Buffer.from(code)
    .toString('hex')
    .replace(/.{1,100}/g, "  '$&',\n")
  return `// Written by \`npm run assembly\` from \`assembly/\`. WebAssembly, two hexadecimal digits a byte.
const DIGITS = [
${lines}].join('')

const byte = (i: number): number => Number.parseInt(DIGITS.slice(2 * i, 2 * i + 2), 16)

export const CODE = (): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: DIGITS.length / 2 }, (_, i) => byte(i))
`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(ASSEMBLED, await assembled())
