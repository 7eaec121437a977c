const FIRST_SIZE = 256
/** Integers of an event in `data`: sequence number, code, argument, unused (a power of two keeps them in one line). */
const STRIDE = 4

/**
 * What is to happen, ordered by (time, sequence): a binary heap in two typed arrays. The top is taken lazily: the next
 * event pushed falls into the hole it left, so that "take one, push one", the common case, sifts once.
 * Sequence numbers wrap at 2^32; only events of equal time compare them.
 */
export class EventQueue {
  private time = new Float64Array(FIRST_SIZE)
  private data = new Int32Array(FIRST_SIZE * STRIDE)
  private size = 0
  private hole = false
  private sequence = 0

  get pending(): number {
    return this.hole ? this.size - 1 : this.size
  }

  /** The number that orders events of equal time, and names an event that is alive (see `Calls`). Never 0. */
  nextSequence(): number {
    this.sequence = (this.sequence + 1) | 0 || 1
    return this.sequence
  }

  push(time: number, code: number, arg: number): number {
    const sequence = this.nextSequence()
    this.put(time, sequence, code, arg)
    return sequence
  }

  put(time: number, sequence: number, code: number, arg: number): void {
    if (this.hole) {
      this.hole = false
      this.sink(time, sequence, code, arg)
      return
    }
    if (this.size === this.time.length) this.grow()
    const times = this.time
    const data = this.data
    let i = this.size++
    while (i > 0) {
      const up = (i - 1) >> 1
      const above = times[up] as number
      if (above < time || (above === time && ((data[up * STRIDE] as number) - sequence) << 0 < 0)) break
      times[i] = above
      copy(data, up * STRIDE, i * STRIDE)
      i = up
    }
    write(times, data, i, time, sequence, code, arg)
  }

  /** Brings the first event to the top, for `topTime` … to read; false: there is none. */
  advance(): boolean {
    if (this.hole) {
      this.hole = false
      const last = --this.size
      if (last === 0) return false
      const at = last * STRIDE
      const { time, data } = this
      this.sink(time[last] as number, data[at] as number, data[at + 1] as number, data[at + 2] as number)
    }
    return this.size > 0
  }

  get topTime(): number {
    return this.time[0] as number
  }
  get topSequence(): number {
    return this.data[0] as number
  }
  get topCode(): number {
    return this.data[1] as number
  }
  get topArg(): number {
    return this.data[2] as number
  }

  /** Takes the top that `advance` brought. */
  take(): void {
    this.hole = true
  }

  private sink(time: number, sequence: number, code: number, arg: number): void {
    const times = this.time
    const data = this.data
    const size = this.size
    let i = 0
    for (;;) {
      let down = 2 * i + 1
      if (down >= size) break
      let least = times[down] as number
      const right = down + 1
      if (right < size) {
        const other = times[right] as number
        if (other < least || (other === least && before(data, right, down))) {
          down = right
          least = other
        }
      }
      if (time < least || (time === least && (sequence - (data[down * STRIDE] as number)) << 0 < 0)) break
      times[i] = least
      copy(data, down * STRIDE, i * STRIDE)
      i = down
    }
    write(times, data, i, time, sequence, code, arg)
  }

  private grow(): void {
    const time = new Float64Array(this.time.length * 2)
    time.set(this.time)
    this.time = time
    const data = new Int32Array(this.data.length * 2)
    data.set(this.data)
    this.data = data
  }
}

const before = (data: Int32Array, a: number, b: number): boolean =>
  ((data[a * STRIDE] as number) - (data[b * STRIDE] as number)) << 0 < 0

function copy(data: Int32Array, from: number, to: number): void {
  data[to] = data[from] as number
  data[to + 1] = data[from + 1] as number
  data[to + 2] = data[from + 2] as number
}

function write(
  times: Float64Array,
  data: Int32Array,
  i: number,
  time: number,
  sequence: number,
  code: number,
  arg: number,
): void {
  times[i] = time
  const at = i * STRIDE
  data[at] = sequence
  data[at + 1] = code
  data[at + 2] = arg
}
