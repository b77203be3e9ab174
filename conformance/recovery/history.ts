// What one side of a load has seen of its records: acknowledged, given up and consumed, by partition, with the time of each.

/** Times by record number, in the order in which they came. */
type Sightings = { readonly number: number; readonly atMs: number }[]

export class History {
  readonly name: string
  readonly topic: string
  readonly #acknowledged: Sightings[]
  readonly #consumed: Sightings[]
  readonly #givenUp: string[] = []

  constructor(name: string, topic: string, partitions: number) {
    this.name = name
    this.topic = topic
    this.#acknowledged = Array.from({ length: partitions }, () => [])
    this.#consumed = Array.from({ length: partitions }, () => [])
  }

  /** How many records were acknowledged. */
  get acknowledgedCount(): number {
    return this.#acknowledged.reduce((sum, { length }) => sum + length, 0)
  }

  /** How many deliveries there were beyond one for each record. */
  get repeated(): number {
    return this.#consumed.reduce((sum, seen) => sum + seen.length - numbersOf(seen).size, 0)
  }

  /** Whether everything that was acknowledged was consumed. */
  get isConsumed(): boolean {
    return this.missing.length === 0
  }

  /** Acknowledged records that the group was never given, as `partition/number`. */
  get missing(): string[] {
    return this.#acknowledged.flatMap((acknowledged, partition) => {
      const consumed = numbersOf(this.#consumed[partition]!)
      return acknowledged
        .filter(({ number }) => !consumed.has(number))
        .map(({ number }) => `${partition}/${number}`)
    })
  }

  get givenUp(): readonly string[] {
    return this.#givenUp
  }

  acknowledged(partition: number, number: number, atMs: number): void {
    this.#acknowledged[partition]!.push({ number, atMs })
  }

  gaveUp(partition: number, number: number, why: string): void {
    this.#givenUp.push(`${partition}/${number}: ${why}`)
  }

  consumed(partition: number, number: number, atMs: number): void {
    this.#consumed[partition]!.push({ number, atMs })
  }

  acknowledgedNumbers(partition: number): ReadonlySet<number> {
    return numbersOf(this.#acknowledged[partition]!)
  }

  /** The longest time without an acknowledgement in one of the partitions, of those that touch the span. */
  longestUnacknowledged(partitions: readonly number[], fromMs: number, toMs: number): number {
    return longest(this.#acknowledged, partitions, fromMs, toMs)
  }

  /** The same of records that are consumed. */
  longestUnconsumed(partitions: readonly number[], fromMs: number, toMs: number): number {
    return longest(this.#consumed, partitions, fromMs, toMs)
  }
}

const numbersOf = (sightings: Sightings): ReadonlySet<number> =>
  new Set(sightings.map(({ number }) => number))

function longest(
  all: readonly Sightings[],
  partitions: readonly number[],
  fromMs: number,
  toMs: number,
): number {
  let longestMs = 0
  for (const partition of partitions) {
    let before = fromMs
    for (const { atMs } of all[partition]!) {
      if (atMs < fromMs) continue
      longestMs = Math.max(longestMs, Math.min(atMs, toMs) - before)
      before = atMs
      if (atMs > toMs) break
    }
    if (before < toMs) longestMs = Math.max(longestMs, toMs - before)
  }
  return longestMs
}
