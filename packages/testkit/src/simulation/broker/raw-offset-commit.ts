// The requests by which a hand-made producer makes an offset part of its transaction, in either version of the protocol.
import { AddOffsetsToTxnApi, TxnOffsetCommitApi } from '@millrace/protocol'
import type { RawClient } from '../raw-client.ts'
import type { TransactionalOffsets } from './transactional-offsets.ts'

const addOffsetsVersion = 3
/** From version 5 on the group's partition joins the transaction by the commit. */
const commitVersions = { 1: 3, 2: 5 } as const

/** Who commits, as requests name it. */
interface TransactionalIdentity {
  readonly transactionalId: string
  readonly producerId: number
  readonly producerEpoch: number
}

/** The requests of one commit, in order: each is to be answered before the next. */
export function offsetCommitRequests(
  client: RawClient,
  version: 1 | 2,
  by: TransactionalIdentity,
  offsets: TransactionalOffsets,
): [what: string, ask: () => Promise<{ readonly errorCode: number }>][] {
  const { groupId, partition } = offsets
  const committedOffset = offsets.next()
  const partitions = [{ partitionIndex: partition.partition, committedOffset, committedMetadata: '' }]
  const body = { ...by, groupId, topics: [{ name: partition.topic, partitions }] }
  const commit = async () => {
    const answer = await client.request(TxnOffsetCommitApi, body, commitVersions[version])
    return { errorCode: answer.topics[0]!.partitions[0]!.errorCode }
  }
  if (version === 2) return [['TxnOffsetCommit', commit]]
  const add = () => client.request(AddOffsetsToTxnApi, { ...by, groupId }, addOffsetsVersion)
  return [
    ['AddOffsetsToTxn', add],
    ['TxnOffsetCommit', commit],
  ]
}
