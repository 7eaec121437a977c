import { invariant } from './invariant.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export const isUuid = (text: string): boolean => UUID.test(text)

/**
 * A UUID version 7 (RFC 9562 §5.7): 48 bits of Unix time in ms, then 74 random bits, so ids sort by time.
 * `random` is 10 bytes from a good source.
 */
export function uuidv7(unixMs: number, random: Uint8Array): string {
  invariant(random.length >= 10, 'uuidv7 needs 10 random bytes')
  invariant(Number.isInteger(unixMs) && unixMs >= 0 && unixMs < 2 ** 48, 'uuidv7 needs a time of 48 bits')
  const hex = (n: number, width: number) => n.toString(16).padStart(width, '0')
  const time = hex(unixMs, 12)
  const tail = Array.from(random.subarray(0, 10), (byte) => hex(byte, 2)).join('')
  const version = `7${tail.slice(1, 4)}`
  const variant = hex((Number.parseInt(tail.slice(4, 6), 16) & 0x3f) | 0x80, 2) + tail.slice(6, 8)
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${tail.slice(8, 20)}`
}
