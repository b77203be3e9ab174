// The partitions of a data directory by topic and number, loaded or not.
import type { Clock } from '@millrace/runtime'
import { parsePartitionDirectoryName } from '../format/segment-name.ts'
import type { LocalLog } from '../partition/local-log.ts'
import type { PartitionLog } from '../partition/partition-log.ts'

/** The event loop is given back after this long when many partitions are walked. */
const sliceMs = 2

/** A partition's log, as the package handles it and as its users do. */
export interface LoadedPartition {
  readonly local: LocalLog
  readonly log: PartitionLog
}

/** The place of one partition. */
export interface Slot {
  readonly topic: string
  readonly partition: number
  /** Undefined while it is not loaded. */
  loaded: LoadedPartition | undefined
}

export class PartitionTable {
  readonly #slots = new Map<string, (Slot | undefined)[]>()

  get(topic: string, partition: number): Slot | undefined {
    return this.#slots.get(topic)?.[partition]
  }

  /** That of a directory's name. */
  named(name: string): Slot | undefined {
    const parsed = parsePartitionDirectoryName(name)
    return parsed && this.get(parsed.topic, parsed.partition)
  }

  set(slot: Slot): void {
    const slots = this.#slots.get(slot.topic)
    if (slots) slots[slot.partition] = slot
    else {
      const made: Slot[] = []
      made[slot.partition] = slot
      this.#slots.set(slot.topic, made)
    }
  }

  remove({ topic, partition }: Slot): void {
    const slots = this.#slots.get(topic)
    if (!slots) return
    slots[partition] = undefined
    if (slots.every(other => other === undefined)) this.#slots.delete(topic)
  }

  *all(): Generator<Slot> {
    for (const slots of this.#slots.values()) for (const slot of slots) if (slot) yield slot
  }

  /** The logs that are loaded. */
  loaded(): LocalLog[] {
    const logs: LocalLog[] = []
    for (const { loaded } of this.all()) if (loaded) logs.push(loaded.local)
    return logs
  }

  /** Visits all partitions, giving the event loop back now and then. */
  async each(clock: Clock, visit: (slot: Slot) => void | Promise<void>): Promise<void> {
    let since = clock.monotonic()
    for (const slot of this.all()) {
      const pending = visit(slot)
      if (pending) await pending
      if (clock.monotonic() - since < sliceMs) continue
      await new Promise<void>(resolve => clock.defer(resolve))
      since = clock.monotonic()
    }
  }
}
