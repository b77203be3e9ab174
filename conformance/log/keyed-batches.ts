// What a compacted partition is filled with, for Kafka's cleaner and for ours: keys of which some come often, tombstones, every codec, producers of every kind.
import { codecs, compressionNames, RecordBatchWriter, writeTransactionMarker } from '@millrace/protocol'
import { Dice } from './dice.ts'

export interface KeyedBatches {
  readonly seed: number
  readonly records: number
  readonly keys: number
  readonly nowMs: number
  /** Whether there are transactions. */
  readonly transactions: boolean
}

interface Producer {
  readonly id: number
  readonly transactional: boolean
  sequence: number
  open: boolean
}

/** Batches in the order in which they are appended, markers among them. */
export function* keyedBatches({ seed, records, keys, nowMs, transactions }: KeyedBatches): Generator<Buffer> {
  const dice = new Dice(seed)
  const producers: Producer[] = (transactions ? [1, 2, 3, 11, 12, 13] : [1, 2, 3]).map(id => ({
    id,
    transactional: id > 10,
    sequence: 0,
    open: false,
  }))
  let left = records
  while (left > 0) {
    const producer = dice.chance(0.4) ? undefined : producers[dice.below(producers.length)]!
    if (producer?.open && dice.chance(0.3)) {
      producer.open = false
      yield endOf(producer, dice.chance(0.6), nowMs)
      continue
    }
    const count = Math.min(left, 1 + dice.below(dice.chance(0.1) ? 400 : 20))
    left -= count
    yield batchOf(dice, producer, count, keys, nowMs)
  }
  for (const producer of producers) if (producer.open) yield endOf(producer, true, nowMs)
}

function endOf({ id }: Producer, commit: boolean, timestamp: number): Buffer {
  return writeTransactionMarker({ producerId: id, producerEpoch: 0, coordinatorEpoch: 0, commit, timestamp })
}

function batchOf(
  dice: Dice,
  producer: Producer | undefined,
  count: number,
  keys: number,
  nowMs: number,
): Buffer {
  const writer = new RecordBatchWriter()
  for (let index = 0; index < count; index++) {
    // The lower its number, the more often a key comes.
    const key = Math.floor((dice.below(1000) / 1000) ** 3 * keys) + dice.below(3)
    const value = dice.chance(0.15) ? null : `${key} `.repeat(1 + dice.below(12))
    writer.append(nowMs - dice.below(1000), dice.chance(0.002) ? null : `key-${key}`, value)
  }
  const codec = codecs[compressionNames[dice.below(compressionNames.length)]!]
  const logAppendTimeMs = dice.chance(0.1) ? { logAppendTimeMs: nowMs } : {}
  if (!producer) return writer.finish({ codec, ...logAppendTimeMs })
  const baseSequence = producer.sequence
  producer.sequence += count
  producer.open = producer.transactional
  const { id: producerId, transactional } = producer
  return writer.finish({
    codec,
    producerId,
    producerEpoch: 0,
    baseSequence,
    transactional,
    ...logAppendTimeMs,
  })
}
