// Makes up for what a snapshot leaves out: it keeps one batch of each producer, and five may be sent again after a restart.
import {
  attributesOf,
  isControl,
  lastOffsetDeltaOf,
  lastOffsetOf,
  lastSequenceOf,
  maxTimestampOf,
  producerEpochOf,
  producerIdOf,
} from '../format/batch.ts'
import { scanBatches } from '../segment/batch-scan.ts'
import { batchesRemembered, type RememberedBatch } from './producer-entry.ts'
import type { ProducerLog, ProducerSegment } from './producer-log.ts'

/** How far in front of the snapshot batches are looked for. */
const lookBackBytes = 1024 * 1024

/** A stretch of a segment's file: from a batch that begins at `start` to its end. */
interface Stretch {
  readonly segment: ProducerSegment
  readonly start: number
}

/**
 * After a snapshot at `offset` was restored: remembers the batches of the same epochs that stand in the log in front of those which
 * the snapshot has, so that a batch that is sent again is recognised as before the restart, whether or not the log has rolled since.
 */
export function refillBatches(log: ProducerLog, offset: number): void {
  const found = new Map<number, RememberedBatch[]>()
  for (const { segment, start } of stretchesBefore(log, offset)) {
    scanBatches(log.storage.files.use(segment.file), start, segment.filedBytes, (buffer, at) => {
      if (lastOffsetOf(buffer, at) >= offset) return false
      note(log, found, buffer, at)
      return true
    })
  }
  for (const [producerId, batches] of found) {
    const entry = log.producers.entry(producerId)!
    entry.batches.unshift(...batches.slice(-(batchesRemembered - entry.batches.length)))
  }
}

/** The last `lookBackBytes` in front of `offset`, or a little more, in the order of the log. */
function stretchesBefore(log: ProducerLog, offset: number): Stretch[] {
  const stretches: Stretch[] = []
  let left = lookBackBytes
  for (let index = log.segments.indexOf(offset - 1); index >= 0 && left > 0; index--) {
    const segment = log.segments.at(index)!
    if (segment.filedBytes === 0) continue
    const { offsets } = segment.indexes()
    const end = stretches.length === 0 ? offsets.lookup(offset - segment.baseOffset) : segment.filedBytes
    const start = offsets.floorPosition(end - left)
    stretches.unshift({ segment, start })
    left -= end - start
  }
  return stretches
}

/** Takes a batch into `found` that its producer may send again and the snapshot does not have. */
function note(log: ProducerLog, found: Map<number, RememberedBatch[]>, buffer: Buffer, at: number): void {
  const producerId = producerIdOf(buffer, at)
  if (producerId < 0 || isControl(attributesOf(buffer, at))) return
  const entry = log.producers.entry(producerId)
  if (!entry || entry.producerEpoch !== producerEpochOf(buffer, at)) return
  const oldest = entry.batches[0]
  if (!oldest || lastOffsetOf(buffer, at) >= oldest.lastOffset) return
  const offsetDelta = lastOffsetDeltaOf(buffer, at)
  const batches = found.get(producerId) ?? []
  batches.push({
    lastSequence: lastSequenceOf(buffer, at),
    lastOffset: lastOffsetOf(buffer, at),
    offsetDelta,
    timestamp: maxTimestampOf(buffer, at),
  })
  if (batches.length > batchesRemembered) batches.shift()
  found.set(producerId, batches)
}
