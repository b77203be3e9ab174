// Randomness as an interface, so that a seed can decide it in simulation.

/** Where randomness comes from. */
export interface Random {
  /** Uniform in [0, 1). */
  float(): number
  /** Fresh random bytes; from the system's secure source in production. */
  bytes(length: number): Buffer
}

/** A random Kafka `Uuid` in its string form: 16 bytes as unpadded base64url, 22 characters, never starting with "-". */
export function randomUuid(random: Random): string {
  for (;;) {
    const bytes = random.bytes(16)
    bytes[6] = (bytes[6]! & 0x0f) | 0x40
    bytes[8] = (bytes[8]! & 0x3f) | 0x80
    const text = bytes.toString('base64url')
    if (!text.startsWith('-')) return text
  }
}
