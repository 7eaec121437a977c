const PRIME = 0x100000001b3n
const OFFSET = 0xcbf29ce484222325n
const MASK = (1n << 64n) - 1n

/**
 * FNV-1a over the UTF-16 code units (low byte, then high byte), 64 bits as 16 hexadecimal digits. Tells versions apart;
 * it protects nothing against an attacker.
 */
export function fnv1a64(text: string): string {
  let hash = OFFSET
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    hash = ((hash ^ BigInt(unit & 0xff)) * PRIME) & MASK
    hash = ((hash ^ BigInt(unit >> 8)) * PRIME) & MASK
  }
  return hash.toString(16).padStart(16, '0')
}
