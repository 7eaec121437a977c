/** The little of Protocol Buffers' wire format (https://protobuf.dev/programming-guides/encoding) that Anki's tables need. */
export interface Field {
  readonly number: number
  readonly value: number | Uint8Array
}

/** The fields of a message; what is no message ends the list. */
export function readMessage(bytes: Uint8Array): Field[] {
  const fields: Field[] = []
  let at = 0
  const varint = (): number | null => {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++]
      if (byte === undefined) return null
      // Beyond 2^53 it is inexact: such numbers are none that is looked at.
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    return null
  }
  while (at < bytes.length) {
    const key = varint()
    if (key === null) break
    const number = Math.floor(key / 8)
    const kind = key % 8
    if (kind === 0) {
      const value = varint()
      if (value === null) break
      fields.push({ number, value })
    } else if (kind === 2) {
      const length = varint()
      if (length === null || at + length > bytes.length) break
      fields.push({ number, value: bytes.subarray(at, at + length) })
      at += length
    } else if (kind === 1 || kind === 5) at += kind === 1 ? 8 : 4
    else break
  }
  return fields
}

export function textField(fields: readonly Field[], number: number): string {
  const found = fields.find((field) => field.number === number)?.value
  return found instanceof Uint8Array ? new TextDecoder().decode(found) : ''
}

export function numberField(fields: readonly Field[], number: number): number {
  const found = fields.find((field) => field.number === number)?.value
  return typeof found === 'number' ? found : 0
}
