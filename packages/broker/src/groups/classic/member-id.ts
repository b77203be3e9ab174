// Ids that the coordinator gives to members: who they are for a reader, and a random UUID.
import type { Random } from '@millrace/runtime'

/** `prefix-xxxxxxxx-xxxx-4xxx-xxxx-xxxxxxxxxxxx`, as Kafka forms them. */
export function memberId(prefix: string, random: Random): string {
  const bytes = random.bytes(16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return `${prefix}-${parts.join('-')}`
}
