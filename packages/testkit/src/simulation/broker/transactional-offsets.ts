// Offsets of a group that are committed in transactions: what may be found in the end is what the last of them said that counted.
import { OffsetFetchApi } from '@millrace/protocol'
import type { PartitionName } from '../history.ts'
import type { RawClient } from '../raw-client.ts'
import type { Outcome } from '../transaction-history.ts'
import { Violation } from '../violation.ts'

const fetchVersion = 7
const noOffset = -1

export class TransactionalOffsets {
  readonly groupId: string
  readonly partition: PartitionName
  readonly #client: RawClient
  /** What the group may have committed. */
  #allowed = new Set([noOffset])
  #last = 0
  #pending: number | undefined

  constructor(groupId: string, client: RawClient, partition: PartitionName) {
    this.groupId = groupId
    this.#client = client
    this.partition = partition
  }

  /** The offset that the transaction is about to commit. */
  next(): number {
    this.#pending = ++this.#last
    return this.#last
  }

  /** The transaction is over. */
  ended(outcome: Outcome): void {
    const offset = this.#pending
    this.#pending = undefined
    if (offset === undefined || outcome === 'aborted') return
    if (outcome === 'committed') this.#allowed = new Set([offset])
    else this.#allowed.add(offset)
  }

  /** Asks for the offset once no transaction is open, and holds it against what was committed. */
  async check(): Promise<{ readonly errorCode: number }> {
    const { topic, partition } = this.partition
    const topics = [{ name: topic, partitionIndexes: [partition] }]
    const body = { groupId: this.groupId, topics, requireStable: true }
    const answer = await this.#client.request(OffsetFetchApi, body, fetchVersion)
    const found = answer.topics[0]?.partitions[0]
    const errorCode = answer.errorCode || (found?.errorCode ?? 0)
    const offset = found?.committedOffset ?? noOffset
    if (errorCode === 0 && !this.#allowed.has(offset)) {
      const detail = `${this.groupId} has ${offset}; committed in transactions: ${[...this.#allowed].join(' or ')}`
      throw new Violation('committed offsets never go back', detail)
    }
    return { errorCode }
  }
}
