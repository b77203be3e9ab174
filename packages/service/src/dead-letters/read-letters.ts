// Reads partitions of a dead letter topic from where to where: every read has an end, and a broker that says nothing is not waited for without end.
import { Consumer, type ConsumerOptions, type ConsumerRecord, OperationTimeoutError } from '@millrace/client'
import type { Clock } from '@millrace/runtime'

/** What is read of a partition: `from` ≤ offset < `to`. */
export interface Range {
  readonly partition: number
  readonly from: number
  readonly to: number
}

/** Some records of one read, in the order of each partition. */
export interface Reading {
  readonly records: readonly ConsumerRecord[]
  /** Nothing more of a partition is wanted. */
  drop(partition: number): void
}

export interface ReadOptions {
  readonly clock: Clock
  /** Longest time without a record, or a partition's end, in ms. */
  readonly stallMs: number
  readonly signal: AbortSignal | undefined
}

/** How long a look for records takes at most, before ends are looked at, in ms. */
const lookMs = 100
const closeTimeoutMs = 3_000

/** Yields what ranges hold, until each is at its end. Throws OperationTimeoutError when nothing comes for too long, the signal's reason, and what consuming throws. */
export async function* readRanges(
  topic: string,
  ranges: readonly Range[],
  consumerOptions: ConsumerOptions,
  options: ReadOptions,
): AsyncGenerator<Reading, void> {
  const open = new Map(ranges.filter(({ from, to }) => from < to).map(range => [range.partition, range]))
  if (open.size === 0) return
  const consumer = new Consumer(consumerOptions)
  try {
    consumer.assign([...open.values()].map(({ partition, from }) => ({ topic, partition, offset: from })))
    const drop = (partition: number): void => {
      if (open.delete(partition)) consumer.pause([{ topic, partition }])
    }
    for await (const records of polls(consumer, topic, open, options)) {
      const wanted = records.filter(({ partition, offset }) => offset < (open.get(partition)?.to ?? -1))
      yield { records: wanted, drop }
      for (const { partition, offset } of records)
        if (offset + 1 >= (open.get(partition)?.to ?? 0)) drop(partition)
    }
  } finally {
    await consumer.close({ timeoutMs: closeTimeoutMs })
  }
}

async function* polls(
  consumer: Consumer,
  topic: string,
  open: Map<number, Range>,
  { clock, stallMs, signal }: ReadOptions,
): AsyncGenerator<ConsumerRecord[], void> {
  let movedAt = clock.monotonic()
  while (open.size > 0) {
    const records = await consumer.poll({ timeoutMs: lookMs, ...(signal && { signal }) })
    if (records.length > 0) {
      yield records
      movedAt = clock.monotonic()
      continue
    }
    signal?.throwIfAborted()
    // What stands last in a partition need not be a record that is given: the end of a transaction is none.
    for (const { partition, to } of open.values()) {
      if ((consumer.position({ topic, partition }) ?? -1) < to) continue
      open.delete(partition)
      consumer.pause([{ topic, partition }])
      movedAt = clock.monotonic()
    }
    if (clock.monotonic() - movedAt >= stallMs) throw stalled(topic, [...open.values()], stallMs)
  }
}

function stalled(topic: string, [first, ...others]: readonly Range[], stallMs: number): Error {
  const rest = others.length > 0 ? ` and ${others.length} more partitions` : ''
  return new OperationTimeoutError(
    `reading ${topic}-${first!.partition}${rest}: no broker gave a record for ${stallMs} ms, and the end at offset ${first!.to} is not reached`,
  )
}
