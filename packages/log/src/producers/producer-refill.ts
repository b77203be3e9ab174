// Makes up for what a snapshot leaves out: it keeps one batch of each producer, and five may be sent again after a restart.
import { sequenceAfter } from '@millrace/protocol'
import {
  attributesOf,
  baseSequenceOf,
  isControl,
  lastOffsetDeltaOf,
  lastOffsetOf,
  maxTimestampOf,
  producerEpochOf,
  producerIdOf,
} from '../format/batch.ts'
import { scanBatches } from '../segment/batch-scan.ts'
import { batchesRemembered, type RememberedBatch } from './producer-entry.ts'
import type { ProducerLog } from './producer-log.ts'

/** How far in front of the snapshot batches are looked for. */
const lookBackBytes = 1024 * 1024

/**
 * After a snapshot at `offset` was restored: remembers the batches of the same epochs that stand in the log in front of those which
 * the snapshot has, so that a batch that is sent again is recognised as before the restart. Only within one segment.
 */
export function refillBatches(log: ProducerLog, offset: number): void {
  const segment = log.segments.at(log.segments.indexOf(offset - 1))
  if (!segment || segment.filedBytes === 0) return
  const { offsets } = segment.indexes()
  const end = offsets.lookup(offset - segment.baseOffset)
  const start = offsets.floorPosition(end - lookBackBytes)
  const found = new Map<number, RememberedBatch[]>()
  scanBatches(log.storage.files.use(segment.file), start, segment.filedBytes, (buffer, at) => {
    if (lastOffsetOf(buffer, at) >= offset) return false
    const producerId = producerIdOf(buffer, at)
    if (producerId < 0 || isControl(attributesOf(buffer, at))) return true
    const entry = log.producers.entry(producerId)
    if (!entry || entry.producerEpoch !== producerEpochOf(buffer, at)) return true
    const oldest = entry.batches[0]
    if (!oldest || lastOffsetOf(buffer, at) >= oldest.lastOffset) return true
    const offsetDelta = lastOffsetDeltaOf(buffer, at)
    const batches = found.get(producerId) ?? []
    batches.push({
      lastSequence: sequenceAfter(baseSequenceOf(buffer, at), offsetDelta),
      lastOffset: lastOffsetOf(buffer, at),
      offsetDelta,
      timestamp: maxTimestampOf(buffer, at),
    })
    if (batches.length > batchesRemembered) batches.shift()
    found.set(producerId, batches)
    return true
  })
  for (const [producerId, batches] of found) {
    const entry = log.producers.entry(producerId)!
    entry.batches.unshift(...batches.slice(-(batchesRemembered - entry.batches.length)))
  }
}
