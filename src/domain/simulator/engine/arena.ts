import { REST } from './places.ts'

/** Of the globals that every JavaScript engine has, what is needed here. Absent where a page's policy forbids it. */
interface Memory {
  readonly buffer: ArrayBuffer
}
export interface Assembly {
  readonly exports: unknown
}
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => Memory
  readonly Module: new (code: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => Assembly
}

const PAGE = 65_536

/**
 * One memory for the arrays that change with every event, which `assembly/` works on too. Its size is fixed, since
 * growing would take all arrays away from those who hold them: what does not fit is an array by itself, and the run
 * goes the general way from then on. Pages that nothing was written to cost nothing.
 */
export class Arena {
  /** Null: there is none here to share. */
  readonly memory: Memory | null
  /** False: something did not fit. */
  whole = true
  private readonly buffer: ArrayBuffer
  private top = REST

  /** `bytes`: of what has no fixed place; `shared`: whether `assembly/` is to work on it. */
  constructor(bytes: number, shared: boolean) {
    const pages = bytes === 0 ? 0 : Math.ceil((REST + bytes) / PAGE)
    this.memory = shared ? memoryOf(pages) : null
    this.buffer = this.memory?.buffer ?? new ArrayBuffer(pages * PAGE)
  }

  ints(length: number): Int32Array<ArrayBuffer> {
    const at = this.take(4 * length)
    return at < 0 ? new Int32Array(length) : new Int32Array(this.buffer, at, length)
  }

  counts(length: number): Uint32Array<ArrayBuffer> {
    const at = this.take(4 * length)
    return at < 0 ? new Uint32Array(length) : new Uint32Array(this.buffer, at, length)
  }

  floats(length: number): Float64Array<ArrayBuffer> {
    const at = this.take(8 * length)
    return at < 0 ? new Float64Array(length) : new Float64Array(this.buffer, at, length)
  }

  /** A record of integers and fractions: its first byte is at a place for both. */
  record(bytes: number): {
    readonly ints: Int32Array<ArrayBuffer>
    readonly floats: Float64Array<ArrayBuffer>
  } {
    const floats = this.floats(bytes / 8)
    return { ints: new Int32Array(floats.buffer, floats.byteOffset, bytes / 4), floats }
  }

  /** A fixed place of so many bytes (`places.ts`), where there is room for what is wanted. */
  fixed(place: number, wanted: number, room: number): { buffer: ArrayBuffer; byteOffset: number } {
    const fits = wanted <= room && place + room <= this.buffer.byteLength
    if (fits) return { buffer: this.buffer, byteOffset: place }
    this.whole = false
    return { buffer: new ArrayBuffer(wanted), byteOffset: 0 }
  }

  holds(array: ArrayBufferView): boolean {
    return array.buffer === this.buffer
  }

  private take(bytes: number): number {
    const at = this.top
    if (at + bytes > this.buffer.byteLength) {
      this.whole = false
      return -1
    }
    this.top = (at + bytes + 63) & ~63
    return at
  }
}

function memoryOf(pages: number): Memory | null {
  try {
    return new WebAssembly.Memory({ initial: pages })
  } catch {
    return null
  }
}

let compiled: object | null | undefined

/** Assembled code at work on a memory; null: this page or machine does not run any. */
export function instantiate(
  code: Uint8Array<ArrayBuffer>,
  memory: Memory,
  imports: Record<string, Record<string, unknown>>,
): Assembly | null {
  try {
    compiled ??= new WebAssembly.Module(code)
    return new WebAssembly.Instance(compiled, { ...imports, env: { memory } })
  } catch {
    return null
  }
}
