/** The least recently used of many keys (integers from 0), in typed arrays: each operation costs the same at any size. */
export class Lru {
  size = 0
  evictions = 0
  private readonly capacity: number
  /** Slot of a key, plus one; 0: not there. Grown as keys come. */
  private slotOf = new Int32Array(1024)
  private readonly keyOf: Int32Array
  private readonly expiry: Float64Array
  private readonly next: Int32Array
  private readonly previous: Int32Array
  private first = -1
  private last = -1
  private free = -1

  constructor(capacity: number) {
    this.capacity = capacity
    this.keyOf = new Int32Array(capacity)
    this.expiry = new Float64Array(capacity)
    this.next = new Int32Array(capacity)
    this.previous = new Int32Array(capacity)
  }

  /** True: it is there and has not expired; it is then the most recently used. */
  get(key: number, now: number): boolean {
    const slot = key < this.slotOf.length ? (this.slotOf[key] as number) - 1 : -1
    if (slot < 0) return false
    if ((this.expiry[slot] as number) <= now) {
      this.remove(slot)
      return false
    }
    if (slot !== this.first) {
      this.unlink(slot)
      this.link(slot)
    }
    return true
  }

  set(key: number, expiry: number): void {
    if (key >= this.slotOf.length) this.grow(key)
    let slot = (this.slotOf[key] as number) - 1
    if (slot >= 0) this.unlink(slot)
    else {
      if (this.size === this.capacity) {
        this.evictions++
        this.remove(this.last)
      }
      if (this.free >= 0) {
        slot = this.free
        this.free = this.next[slot] as number
      } else slot = this.size
      this.size++
      this.slotOf[key] = slot + 1
      this.keyOf[slot] = key
    }
    this.expiry[slot] = expiry
    this.link(slot)
  }

  clear(): void {
    this.slotOf.fill(0)
    this.size = 0
    this.first = this.last = this.free = -1
  }

  private remove(slot: number): void {
    this.unlink(slot)
    this.slotOf[this.keyOf[slot] as number] = 0
    this.next[slot] = this.free
    this.free = slot
    this.size--
  }

  private link(slot: number): void {
    this.previous[slot] = -1
    this.next[slot] = this.first
    if (this.first >= 0) this.previous[this.first] = slot
    else this.last = slot
    this.first = slot
  }

  private unlink(slot: number): void {
    const next = this.next[slot] as number
    const previous = this.previous[slot] as number
    if (previous >= 0) this.next[previous] = next
    else this.first = next
    if (next >= 0) this.previous[next] = previous
    else this.last = previous
  }

  private grow(key: number): void {
    let size = this.slotOf.length
    while (size <= key) size *= 2
    const slots = new Int32Array(size)
    slots.set(this.slotOf)
    this.slotOf = slots
  }
}
