// Batches of metadata records: one change is one batch, so that it is there whole or not at all.
import {
  batches,
  RecordBatchCursor,
  RecordBatchWriter,
  verifyBatchCrc,
  Writer,
} from '@millrace/protocol/base'
import { encodeLeaderChangeMessage } from '@millrace/protocol/messages/records'
import type { MetadataRecord } from './record.ts'
import { decodeMetadataRecord, encodeMetadataRecord, type RecordOwner } from './record-codec.ts'

export interface BatchPlace {
  readonly baseOffset: number
  readonly leaderEpoch: number
}

/** The batch of a change, ready to be appended; with `place`, as it stands in a file. */
export function buildMetadataBatch(
  records: readonly MetadataRecord[],
  owner: RecordOwner,
  nowMs: number,
  place?: BatchPlace,
): Buffer {
  const writer = new RecordBatchWriter()
  writer.reset(place ? { baseOffset: place.baseOffset } : {})
  for (const record of records) writer.append(nowMs, null, encodeMetadataRecord(record, owner))
  return writer.finish(place ? { partitionLeaderEpoch: place.leaderEpoch } : {})
}

/** Type of the control record with which a leader begins its epoch (`ControlRecordType`). */
const leaderChangeType = 2

/** The control batch with which the only voter of the metadata log begins an epoch as its leader. */
export function buildLeaderChangeBatch({ nodeId, directoryId }: RecordOwner, nowMs: number): Buffer {
  const version = 1
  const voter = { voterId: nodeId, voterDirectoryId: directoryId }
  const body = new Writer()
  const message = { version, leaderId: nodeId, voters: [voter], grantingVoters: [voter] }
  encodeLeaderChangeMessage(body, message, version)
  const writer = new RecordBatchWriter()
  writer.append(nowMs, Buffer.from([0, 0, 0, leaderChangeType]), body.finishBuffer())
  return writer.finish({ control: true })
}

/** The records in a range of whole batches. Throws for a checksum that is wrong: metadata is not guessed at. */
export function* readMetadataBatches(bytes: Buffer): Generator<MetadataRecord> {
  const cursor = new RecordBatchCursor()
  for (const header of batches(bytes)) {
    verifyBatchCrc(header, 'the metadata log')
    if (header.isControl) continue
    cursor.open(header)
    while (cursor.next()) {
      const value = cursor.value()
      if (value === null) throw new Error(`the metadata log has an empty record at offset ${cursor.offset}`)
      yield decodeMetadataRecord(value)
    }
  }
}
