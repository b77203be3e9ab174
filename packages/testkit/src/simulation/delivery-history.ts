// Records that a group's members were given, held against "at least once, in order, without gaps".
import { type FoundRecord, formatPartition, type PartitionName } from './history.ts'
import { Violation } from './violation.ts'

/** One uninterrupted possession of a partition by one member: positions only move forward inside it. */
export interface Session {
  readonly member: string
  readonly partition: PartitionName
  readonly offsets: number[]
}

/** Deliveries of one group. */
export class DeliveryHistory {
  readonly #group: string
  readonly #sessions: Session[] = []

  constructor(group: string) {
    this.#group = group
  }

  /** A member got the partition (again). */
  open(member: string, partition: PartitionName): Session {
    const session: Session = { member, partition, offsets: [] }
    this.#sessions.push(session)
    return session
  }

  delivered(session: Session, offset: number): void {
    const last = session.offsets.at(-1)
    if (last !== undefined && offset <= last) {
      throw new Violation(
        'consumers see every record',
        `${session.member} got ${formatPartition(session.partition)} offset ${offset} after ${last}`,
      )
    }
    session.offsets.push(offset)
  }

  /** How many distinct offsets of a partition the group was given. */
  distinct(partition: PartitionName): Set<number> {
    const name = formatPartition(partition)
    const offsets = new Set<number>()
    for (const session of this.#sessions) {
      if (formatPartition(session.partition) === name)
        for (const offset of session.offsets) offsets.add(offset)
    }
    return offsets
  }

  /** Holds the deliveries against a partition's final content: everything was delivered, and no session skipped a record. */
  checkFinal(partition: PartitionName, records: readonly FoundRecord[]): void {
    const name = formatPartition(partition)
    const delivered = this.distinct(partition)
    const missing = records.find(record => !delivered.has(record.offset))
    if (missing) {
      throw new Violation(
        'consumers see every record',
        `no member of ${this.#group} got ${name} offset ${missing.offset} (${delivered.size} of ${records.length} delivered)`,
      )
    }
    const offsets = records.map(record => record.offset)
    const indexOf = new Map(offsets.map((offset, index) => [offset, index]))
    for (const session of this.#sessions) {
      if (formatPartition(session.partition) !== name) continue
      session.offsets.forEach((offset, index) => {
        const before = session.offsets[index - 1]
        if (before === undefined || indexOf.get(offset) === indexOf.get(before)! + 1) return
        throw new Violation(
          'consumers see every record',
          `${session.member} got ${name} offset ${offset} right after ${before}: records in between were skipped`,
        )
      })
    }
  }
}
