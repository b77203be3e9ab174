// The markers that end a transaction: the one record of a control batch.
import {
  ControlRecordType,
  readBatchHeader,
  readControlRecord,
  RecordBatchCursor,
} from '@millrace/protocol/base'

export interface ControlMarker {
  readonly aborted: boolean
  readonly coordinatorEpoch: number
}

/** The marker in the control batch at `at`; undefined for control batches of another kind. Throws `RecordsError` on damage. */
export function readMarker(buffer: Buffer, at: number): ControlMarker | undefined {
  const cursor = new RecordBatchCursor().open(readBatchHeader(buffer, at))
  if (!cursor.next()) return undefined
  const { type, coordinatorEpoch } = readControlRecord(cursor)
  if (type !== ControlRecordType.ABORT && type !== ControlRecordType.COMMIT) return undefined
  return { aborted: type === ControlRecordType.ABORT, coordinatorEpoch }
}
