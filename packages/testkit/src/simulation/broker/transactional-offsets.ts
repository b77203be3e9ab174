// Offsets of a group that are committed in transactions: what may be found in the end is what the last of them said that counted.
import { AddOffsetsToTxnApi, OffsetFetchApi, TxnOffsetCommitApi } from '@millrace/protocol'
import type { PartitionName } from '../history.ts'
import type { RawClient } from '../raw-client.ts'
import type { Outcome } from '../transaction-history.ts'
import { Violation } from '../violation.ts'

const addOffsetsVersion = 3
/** From version 5 on the group's partition joins the transaction by the commit. */
const commitVersions = { 1: 3, 2: 5 } as const
const fetchVersion = 7
const noOffset = -1

/** Who commits, as requests name it. */
export interface TransactionalIdentity {
  readonly transactionalId: string
  readonly producerId: number
  readonly producerEpoch: number
}

export class TransactionalOffsets {
  readonly groupId: string
  readonly #client: RawClient
  readonly #version: 1 | 2
  readonly #partition: PartitionName
  /** What the group may have committed. */
  #allowed = new Set([noOffset])
  #last = 0
  #pending: number | undefined

  constructor(groupId: string, client: RawClient, version: 1 | 2, partition: PartitionName) {
    this.groupId = groupId
    this.#client = client
    this.#version = version
    this.#partition = partition
  }

  /** The requests of one commit, in order: each is to be answered before the next. */
  requests(by: TransactionalIdentity): [what: string, ask: () => Promise<{ readonly errorCode: number }>][] {
    this.#pending = ++this.#last
    const commit = () => this.#commit(by, this.#last)
    if (this.#version === 2) return [['TxnOffsetCommit', commit]]
    const { groupId } = this
    const add = () => this.#client.request(AddOffsetsToTxnApi, { ...by, groupId }, addOffsetsVersion)
    return [
      ['AddOffsetsToTxn', add],
      ['TxnOffsetCommit', commit],
    ]
  }

  async #commit(by: TransactionalIdentity, committedOffset: number): Promise<{ readonly errorCode: number }> {
    const { topic, partition } = this.#partition
    const partitions = [{ partitionIndex: partition, committedOffset, committedMetadata: '' }]
    const body = { ...by, groupId: this.groupId, topics: [{ name: topic, partitions }] }
    const answer = await this.#client.request(TxnOffsetCommitApi, body, commitVersions[this.#version])
    return { errorCode: answer.topics[0]!.partitions[0]!.errorCode }
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
    const { topic, partition } = this.#partition
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
