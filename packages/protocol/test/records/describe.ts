// Says what a byte range of batches holds, line by line, in the words of conformance/java/RecordsOracle.java.
import { crc32 } from 'node:zlib'
import {
  type BatchHeader,
  batches,
  compressionNames,
  ControlRecordType,
  RecordBatchCursor,
  readControlRecord,
  verifyBatchCrc,
} from '../../src/index.ts'

export function describeBatches(buffer: Buffer): string[] {
  const lines: string[] = []
  const cursor = new RecordBatchCursor()
  for (const header of batches(buffer)) {
    verifyBatchCrc(header)
    lines.push(describeHeader(header))
    cursor.open(header)
    while (cursor.next()) lines.push(describeRecord(header, cursor))
  }
  return lines
}

function describeHeader(header: BatchHeader): string {
  const fields = [
    `batch magic=${header.magic}`,
    `lastOffset=${header.lastOffset}`,
    ...(header.magic < 2
      ? []
      : [
          `baseOffset=${header.baseOffset}`,
          `count=${header.recordCount}`,
          `epoch=${header.partitionLeaderEpoch}`,
        ]),
    `codec=${compressionNames[header.compression]}`,
    `logAppendTime=${header.isLogAppendTime}`,
    `maxTimestamp=${header.maxTimestamp}`,
    `producer=${header.producerId}:${header.producerEpoch}:${header.baseSequence}`,
    `transactional=${header.isTransactional}`,
    `control=${header.isControl}`,
    `horizon=${header.deleteHorizonMs ?? 'none'}`,
  ]
  return fields.join(' ')
}

function describeRecord(header: BatchHeader, cursor: RecordBatchCursor): string {
  const fields = [`record ${cursor.offset} ${cursor.timestamp}`, show(cursor.key()), show(cursor.value())]
  for (const { key, value } of cursor.headers()) fields.push(`${show(Buffer.from(key))}=${show(value)}`)
  if (header.isControl) {
    const control = readControlRecord(cursor)
    fields.push(`type=${control.type}`)
    if (control.type === ControlRecordType.ABORT || control.type === ControlRecordType.COMMIT)
      fields.push(`coordinatorEpoch=${control.coordinatorEpoch}`)
  }
  return fields.join(' ')
}

function show(bytes: Buffer | null): string {
  if (bytes === null) return 'null'
  if (bytes.length <= 48) return `'${bytes.toString('hex')}'`
  return `#${bytes.length}:${crc32(bytes).toString(16).padStart(8, '0')}`
}
