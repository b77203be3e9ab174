// Control batches: the markers that end a transaction in a partition, and what else stands between records.
import type { BufferPool } from './buffer-pool.ts'
import { RecordsError } from './errors.ts'
import { readInt16, readInt32, writeInt16, writeInt32 } from './int64.ts'
import { RecordBatchWriter } from './record-batch-writer.ts'
import type { RecordBatchCursor } from './record-batch-cursor.ts'

/*
 * Key:                version (2) · type (2)
 * Value of a marker:  version (2) · coordinatorEpoch (4)
 *
 * Later versions only add fields behind these.
 */
const keyBytes = 4
const markerValueBytes = 6

/**
 * Kafka's control record types by id. Those from 2 on belong to Raft (KIP-595, KIP-631, KIP-853); a
 * partition's reader skips them.
 */
export const ControlRecordType = {
  ABORT: 0,
  COMMIT: 1,
  LEADER_CHANGE: 2,
  SNAPSHOT_HEADER: 3,
  SNAPSHOT_FOOTER: 4,
  KRAFT_VERSION: 5,
  KRAFT_VOTERS: 6,
} as const

/** What a control record says. `type` may be one that is not known yet: those are to be skipped. */
export interface ControlRecord {
  readonly type: number
  /** Of ABORT and COMMIT markers; −1 for other types. */
  readonly coordinatorEpoch: number
}

/** Reads the record a cursor stands on in a control batch. Throws RecordsError. */
export function readControlRecord(cursor: RecordBatchCursor): ControlRecord {
  const { buffer, keyStart, keyLength, valueStart, valueLength } = cursor
  if (keyLength < keyBytes || readInt16(buffer, keyStart) < 0)
    throw new RecordsError('INVALID_RECORD', `a control record with a key of ${keyLength} bytes`)
  const type = readInt16(buffer, keyStart + 2)
  if (type !== ControlRecordType.ABORT && type !== ControlRecordType.COMMIT)
    return { type, coordinatorEpoch: -1 }
  if (valueLength < markerValueBytes || readInt16(buffer, valueStart) < 0)
    throw new RecordsError('INVALID_RECORD', `a transaction marker with a value of ${valueLength} bytes`)
  return { type, coordinatorEpoch: readInt32(buffer, valueStart + 2) }
}

export interface TransactionMarker {
  readonly producerId: number
  readonly producerEpoch: number
  readonly coordinatorEpoch: number
  readonly commit: boolean
  readonly timestamp: number
  readonly partitionLeaderEpoch?: number
}

/** A control batch that commits or aborts a producer's transaction in the partition it is appended to. */
export function writeTransactionMarker(marker: TransactionMarker, pool?: BufferPool): Buffer {
  const key = Buffer.alloc(keyBytes)
  writeInt16(key, 2, marker.commit ? ControlRecordType.COMMIT : ControlRecordType.ABORT)
  const value = Buffer.alloc(markerValueBytes)
  writeInt32(value, 2, marker.coordinatorEpoch)
  const writer = new RecordBatchWriter(pool === undefined ? {} : { pool })
  writer.append(marker.timestamp, key, value)
  return writer.finish({
    producerId: marker.producerId,
    producerEpoch: marker.producerEpoch,
    transactional: true,
    control: true,
    ...(marker.partitionLeaderEpoch === undefined
      ? {}
      : { partitionLeaderEpoch: marker.partitionLeaderEpoch }),
  })
}
