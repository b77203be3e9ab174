// What is done to a partition, by Kafka's classes and by ours: batches good and bad, from producers of every kind, in an order that a seed decides.
import {
  type Codec,
  codecs,
  compressionNames,
  RecordBatchWriter,
  writeTransactionMarker,
} from '@millrace/protocol'
import { Dice } from './dice.ts'

export type Step =
  | { readonly kind: 'roll' }
  | { readonly kind: 'append'; readonly origin: 'client' | 'coordinator'; readonly batch: Buffer }

interface Producer {
  readonly id: number
  epoch: number
  sequence: number
  transactional: boolean
  open: boolean
  /** Batches that were sent, to send one again. */
  sent: Buffer[]
}

/** `nowMs`: Kafka refuses timestamps that are far from the present. */
export function drawSteps(seed: number, count: number, nowMs: number): Step[] {
  const dice = new Dice(seed)
  const producers: Producer[] = Array.from({ length: 6 }, (_, index) => ({
    id: index === 5 ? 2 ** 33 : 1000 + index,
    epoch: 0,
    sequence: 0,
    transactional: index >= 3,
    open: false,
    sent: [],
  }))
  return Array.from({ length: count }, () => step(dice, producers, nowMs))
}

function step(dice: Dice, producers: Producer[], nowMs: number): Step {
  if (dice.chance(0.01)) return { kind: 'roll' }
  const producer = dice.chance(0.3) ? undefined : producers[dice.below(producers.length)]!
  if (!producer) return appended('client', records(dice, nowMs, undefined, 0))
  if (producer.sent.length > 0 && dice.chance(0.1)) {
    // Sent again: a duplicate while it is remembered, out of order afterwards.
    const batch = producer.sent[Math.max(0, producer.sent.length - 1 - dice.below(7))]!
    return appended('client', Buffer.from(batch))
  }
  if (dice.chance(0.05))
    return appended('client', records(dice, nowMs, { ...producer, sent: [] }, 3 + dice.below(9)))
  if (producer.epoch > 0 && dice.chance(0.05))
    return appended('client', records(dice, nowMs, { ...producer, epoch: producer.epoch - 1, sent: [] }, 0))
  if (producer.transactional && dice.chance(producer.open ? 0.3 : 0.02)) return marker(dice, producer, nowMs)
  if (!producer.open && dice.chance(0.03)) {
    producer.epoch++
    producer.sequence = 0
    producer.sent = []
  }
  producer.open ||= producer.transactional
  const batch = records(dice, nowMs, producer, 0)
  producer.sent.push(Buffer.from(batch))
  return appended('client', batch)
}

function appended(origin: 'client' | 'coordinator', batch: Buffer): Step {
  return { kind: 'append', origin, batch }
}

function marker(dice: Dice, producer: Producer, nowMs: number): Step {
  producer.open = false
  // Transactions of the second kind end with a higher epoch, under which sequences start anew.
  if (dice.chance(0.4)) {
    producer.epoch++
    producer.sequence = 0
    producer.sent = []
  }
  const batch = writeTransactionMarker({
    producerId: producer.id,
    producerEpoch: producer.epoch,
    coordinatorEpoch: 3,
    commit: dice.chance(0.5),
    timestamp: nowMs,
  })
  return appended('coordinator', batch)
}

function records(dice: Dice, nowMs: number, producer: Producer | undefined, skip: number): Buffer {
  const codec: Codec = codecs[compressionNames[dice.below(compressionNames.length)]!]
  const count = 1 + dice.below(5)
  const writer = new RecordBatchWriter()
  for (let index = 0; index < count; index++) {
    const value = Buffer.alloc(dice.below(400), 65 + dice.below(26))
    writer.append(nowMs - dice.below(600_000), dice.chance(0.5) ? 'key' : null, value)
  }
  if (!producer) return writer.finish({ codec })
  const baseSequence = producer.sequence + skip
  producer.sequence = baseSequence + count
  const { id: producerId, epoch: producerEpoch, transactional } = producer
  return writer.finish({ codec, producerId, producerEpoch, baseSequence, transactional })
}
