// What the readers have told, held against what was sent: each flight once, each airport's flights in order.
import { crc32 } from 'node:zlib'
import type { Flight } from './flights.ts'
import type { BatchNote } from './reader.ts'

export const keyOf = (flight: Flight): string => flight.origin
export const valueOf = (flight: Flight): string => JSON.stringify(flight)

interface PartitionLedger {
  /** Row by offset. */
  readonly rows: Map<number, number>
  repeated: number
}

export interface PartitionResult {
  readonly partition: number
  readonly records: number
  readonly airports: number
  /** Records that came again after a reader had died between its result and its commit. */
  readonly repeated: number
}

export class Ledger {
  readonly #flights: readonly Flight[]
  readonly #partitions = new Map<number, PartitionLedger>()
  readonly #problems: string[] = []
  #distinct = 0

  constructor(flights: readonly Flight[]) {
    this.#flights = flights
  }

  /** Different records that were read so far. */
  get distinct(): number {
    return this.#distinct
  }

  take({ partition, records }: BatchNote): void {
    let ledger = this.#partitions.get(partition)
    if (!ledger) this.#partitions.set(partition, (ledger = { rows: new Map(), repeated: 0 }))
    for (const [offset, row, checksum] of records) {
      const before = ledger.rows.get(offset)
      if (before === undefined) {
        ledger.rows.set(offset, row)
        this.#distinct++
      } else {
        ledger.repeated++
        if (before !== row)
          this.#problems.push(`offset ${offset} of partition ${partition} held flight ${before}, then ${row}`)
      }
      const flight = this.#flights[row]
      if (!flight || crc32(valueOf(flight), crc32(keyOf(flight))) !== checksum)
        this.#problems.push(`flight ${row} was not read as it was sent`)
    }
  }

  results(): PartitionResult[] {
    return [...this.#partitions]
      .sort(([a], [b]) => a - b)
      .map(([partition, { rows, repeated }]) => ({
        partition,
        records: rows.size,
        airports: new Set([...rows.values()].map(row => this.#flights[row]?.origin)).size,
        repeated,
      }))
  }

  /** Everything that is not as it should be; empty when all is well. */
  verify(): string[] {
    const problems = [...this.#problems]
    const seen = new Uint8Array(this.#flights.length)
    const partitionOf = new Map<string, number>()
    for (const [partition, { rows }] of this.#partitions) {
      const lastRow = new Map<string, number>()
      for (const offset of [...rows.keys()].sort((a, b) => a - b)) {
        const row = rows.get(offset)!
        seen[row] = (seen[row] ?? 0) + 1
        const key = keyOf(this.#flights[row]!)
        if (row <= (lastRow.get(key) ?? -1))
          problems.push(`flights of ${key} are out of order at offset ${offset} of partition ${partition}`)
        lastRow.set(key, row)
        if ((partitionOf.get(key) ?? partition) !== partition)
          problems.push(`flights of ${key} are in more than one partition`)
        partitionOf.set(key, partition)
      }
    }
    const missing = seen.filter(count => count === 0).length
    const doubled = seen.filter(count => count > 1).length
    if (missing > 0) problems.push(`${missing} flights are missing`)
    if (doubled > 0) problems.push(`${doubled} flights are there more than once`)
    return problems
  }
}
