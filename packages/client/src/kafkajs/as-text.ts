// What callers without types hand over, as KafkaJS puts it into its messages.

/** The text that a template makes of any value. */
export function asText(value: unknown): string {
  return String(value)
}
