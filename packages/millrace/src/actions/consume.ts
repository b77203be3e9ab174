// `millrace consume`: what it does.
import { type Admin, Consumer, type ConsumerBatch, type ConsumerRecord } from '@millrace/client'
import type { ConsumeOptions } from '../commands/consume.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../output/errors.ts'
import { clientOptions, withAdmin, withClusterSettings } from './connect.ts'
import { planReadings, type Reading } from './readings.ts'
import { RecordPrinter } from './record-printer.ts'
import { regularExpression } from './regular-expression.ts'
import { watchEnd } from './watch-end.ts'

/** How long a fetch waits for records when the command is to stop at the end. */
const exitFetchMaxWaitMs = 100

export async function consume(
  topics: readonly string[],
  options: ConsumeOptions,
  context: Context,
): Promise<void> {
  const printer = new RecordPrinter(options, context.terminal)
  if (options.group === undefined) {
    const readings = await withAdmin(withClusterSettings(options), context, admin =>
      planReadings(admin, topics, options, context),
    )
    await consumeReadings(readings, options, printer, context)
  } else {
    await consumeAsMember(options.group, topics, options, printer, context)
  }
  context.signal.throwIfAborted()
}

/** Ends what is printed of a batch: partitions that are read to a given end, records that are handed to the next member. */
interface Reader {
  /** Whether a record lies behind the end of what is wanted of its partition. */
  beyond(record: ConsumerRecord): boolean
  /** Whether nothing is left to read after this batch. */
  endsWith(batch: ConsumerBatch): boolean
  /** Called when the wanted number is reached within a batch, with its last record. */
  stopAt(record: ConsumerRecord): Promise<void>
}

async function consumeAsMember(
  groupId: string,
  topics: readonly string[],
  options: ConsumeOptions,
  printer: RecordPrinter,
  context: Context,
): Promise<void> {
  if (options.partition.length > 0)
    throw new UsageError('--partition and --group exclude each other: the group divides the partitions')
  const start = options.offset ?? 'start'
  if (start !== 'start' && start !== 'end')
    throw new UsageError('with --group, --offset is start or end: where to begin when nothing is committed')
  if (!options.regex) {
    await withAdmin(withClusterSettings(options), context, admin =>
      checkTopics(admin, topics, context.signal),
    )
  }
  await using consumer = new Consumer(
    clientOptions(options, {
      groupId,
      isolationLevel: options.isolation,
      autoOffsetReset: start === 'start' ? ('earliest' as const) : ('latest' as const),
      // Where the end is, the first answer tells: an idle partition gives it only after this wait.
      ...(options.exit && { fetchMaxWaitMs: exitFetchMaxWaitMs }),
      onWarning: (error: Error) => context.terminal.note(`millrace: ${error.message}`),
    }),
  )
  consumer.subscribe(options.regex ? topics.map(topic => regularExpression(topic)) : topics)
  const stop = new AbortController()
  const unwatch = options.exit ? watchEnd(consumer, () => stop.abort()) : undefined
  try {
    await printBatches(consumer, printer, AbortSignal.any([context.signal, stop.signal]), {
      beyond: () => false,
      endsWith: () => false,
      // What follows in the batch was not printed: only what was is committed.
      stopAt: ({ topic, partition, offset }) => consumer.commit([{ topic, partition, offset: offset + 1 }]),
    })
  } finally {
    unwatch?.()
  }
}

/** Joining a group for a topic that does not exist would wait for it without a word. */
async function checkTopics(admin: Admin, topics: readonly string[], signal: AbortSignal): Promise<void> {
  const described = await admin.describeTopics(topics, { signal })
  const missing = described.find(topic => topic.error)
  if (missing?.error) throw missing.error
}

async function consumeReadings(
  readings: readonly Reading[],
  options: ConsumeOptions,
  printer: RecordPrinter,
  context: Context,
): Promise<void> {
  const open = new Map(
    readings
      .filter(({ from, to }) => to === undefined || from < to)
      .map(reading => [`${reading.topic}-${reading.partition}`, reading]),
  )
  if (open.size === 0) return
  await using consumer = new Consumer(
    clientOptions(options, {
      isolationLevel: options.isolation,
      autoOffsetReset: 'earliest' as const,
    }),
  )
  consumer.assign(
    [...open.values()].map(({ topic, partition, from }) => ({ topic, partition, offset: from })),
  )
  await printBatches(consumer, printer, context.signal, {
    beyond: ({ topic, partition, offset }) => {
      const to = open.get(`${topic}-${partition}`)?.to
      return to !== undefined && offset >= to
    },
    endsWith: batch => {
      const key = `${batch.topic}-${batch.partition}`
      const to = open.get(key)?.to
      if (to !== undefined && batch.endOffset >= to) {
        open.delete(key)
        consumer.pause([batch])
      }
      return open.size === 0
    },
    stopAt: () => Promise.resolve(),
  })
}

/** Prints until the count is reached, everything wanted is read, or the signal aborts. */
async function printBatches(
  consumer: Consumer,
  printer: RecordPrinter,
  signal: AbortSignal,
  reader: Reader,
): Promise<void> {
  try {
    for await (const batch of consumer.batches({ signal })) {
      printer.open(batch)
      for (const record of batch) {
        if (reader.beyond(record)) break
        printer.add(record)
        if (printer.isDone) {
          await printer.flush()
          await reader.stopAt(record)
          return
        }
        if (printer.isFull) await printer.flush()
      }
      await printer.flush()
      if (reader.endsWith(batch)) return
    }
  } catch (error) {
    // Ctrl-C, and the end that --exit waits for, are how this command ends.
    if (!signal.aborted) throw error
  }
}
