// `millrace consume`: what it does.
import { type Admin, Consumer, type ConsumerBatch, type ConsumerRecord } from '@millrace/client'
import type { Context } from '../context.ts'
import { parseOffsetPoint, parseOffsetRange } from '../format/offset-range.ts'
import type { ConsumeOptions } from '../options/consume.ts'
import { UsageError } from '../output/errors.ts'
import { consumerCloseMs } from './closing.ts'
import { Session, withSideAdmin } from './connect.ts'
import { type GroupProgress, memberProgress } from './group-progress.ts'
import { patientBatches, type Patience } from './patient-batches.ts'
import { planReadings, type Reading } from './readings.ts'
import { RecordPrinter } from './record-printer.ts'
import { regularExpression } from './regular-expression.ts'
import { stallLimit } from './stall-limit.ts'

/** How long a fetch waits for records when the command is to stop at the end. */
const exitFetchMaxWaitMs = 100

/** Joining waits for the other members of a group: a word about it would come too often. */
const groupSilenceMs = 5_000

export async function consume(
  topics: readonly string[],
  options: ConsumeOptions,
  context: Context,
): Promise<void> {
  const printer = new RecordPrinter(options, context.terminal)
  const isMember = options.group !== undefined
  const session = new Session(options, context, {
    endless: !hasEnd(options, context),
    silenceMs: isMember ? groupSilenceMs : undefined,
  })
  try {
    if (options.group === undefined) {
      const readings = await withSideAdmin(session, context, admin =>
        planReadings(admin, topics, options, context),
      )
      await consumeReadings(readings, options, session, printer, context)
    } else {
      await consumeAsMember(options.group, topics, options, session, printer, context)
    }
  } finally {
    session.watch.stop()
  }
  context.signal.throwIfAborted()
}

/** Whether the command ends by itself: then a broker that is away for long ends it, too. */
const hasEnd = ({ exit, offset }: ConsumeOptions, { now }: Context) =>
  exit === true || (offset !== undefined && parseOffsetRange(offset, now()).to !== undefined)

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
  session: Session,
  printer: RecordPrinter,
  context: Context,
): Promise<void> {
  if (options.partition.length > 0)
    throw new UsageError('--partition and --group exclude each other: the group divides the partitions')
  const start = parseOffsetPoint(options.offset ?? 'start', context.now()).kind
  if (start !== 'start' && start !== 'end')
    throw new UsageError(
      'with --group, --offset is start or end: where to begin when nothing is committed',
      `"millrace group reset ${groupId} --to …" moves what is committed`,
    )
  if (!options.regex) {
    await withSideAdmin(session, context, admin => checkTopics(admin, topics, context.signal))
  }
  let isClosing = false
  let uncommitted: Error | undefined
  const consumer = new Consumer(
    session.consumerOptions(
      {
        groupId,
        isolationLevel: options.isolation,
        autoOffsetReset: start === 'start' ? ('earliest' as const) : ('latest' as const),
        // Where the end is, the first answer tells: an idle partition gives it only after this wait.
        ...(options.exit && { fetchMaxWaitMs: exitFetchMaxWaitMs }),
      },
      error => {
        if (isClosing) uncommitted = error
        else context.terminal.note(`millrace: ${error.message}`)
      },
    ),
  )
  try {
    const progress = memberProgress(consumer, groupId)
    consumer.subscribe(options.regex ? topics.map(topic => regularExpression(topic)) : topics, progress.hooks)
    await printBatches(consumer, printer, patienceOfMember(progress, options, session, context), {
      beyond: () => false,
      endsWith: () => false,
      // What follows in the batch was not printed: only what was is committed.
      stopAt: ({ topic, partition, offset }) => consumer.commit([{ topic, partition, offset: offset + 1 }]),
    })
    if (options.exit && progress.isEmptyHanded && !context.signal.aborted)
      context.terminal.note(progress.emptyNote)
  } finally {
    isClosing = true
    await consumer.close({ timeoutMs: consumerCloseMs })
    if (uncommitted)
      context.terminal.note('what was printed last could not be committed: the group will get it again')
  }
  context.signal.throwIfAborted()
  if (uncommitted) throw uncommitted
}

function patienceOfMember(
  progress: GroupProgress,
  options: ConsumeOptions,
  session: Session,
  context: Context,
): Patience {
  return {
    signal: context.signal,
    isAtEnd: () => options.exit === true && progress.isAtEnd,
    stalled: stallLimit(session, hasEnd(options, context)),
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
  session: Session,
  printer: RecordPrinter,
  context: Context,
): Promise<void> {
  const open = new Map(
    readings
      .filter(({ from, to }) => to === undefined || from < to)
      .map(reading => [`${reading.topic}-${reading.partition}`, reading]),
  )
  if (open.size === 0) return
  const consumer = new Consumer(
    session.consumerOptions({
      isolationLevel: options.isolation,
      autoOffsetReset: 'earliest' as const,
    }),
  )
  const finish = (key: string, reading: Reading) => {
    open.delete(key)
    consumer.pause([reading])
  }
  const patience: Patience = {
    signal: context.signal,
    // What stands last in a partition need not be a record that is given: the end of a transaction is none.
    isAtEnd: () => {
      for (const [key, reading] of open) {
        const position = consumer.position(reading)
        if (reading.to !== undefined && position !== undefined && position >= reading.to) finish(key, reading)
      }
      return open.size === 0
    },
    stalled: stallLimit(session, hasEnd(options, context)),
  }
  try {
    consumer.assign(
      [...open.values()].map(({ topic, partition, from }) => ({ topic, partition, offset: from })),
    )
    await printBatches(consumer, printer, patience, {
      beyond: ({ topic, partition, offset }) => {
        const to = open.get(`${topic}-${partition}`)?.to
        return to !== undefined && offset >= to
      },
      endsWith: batch => {
        const key = `${batch.topic}-${batch.partition}`
        const reading = open.get(key)
        if (reading?.to !== undefined && batch.endOffset >= reading.to) finish(key, reading)
        return open.size === 0
      },
      stopAt: () => Promise.resolve(),
    })
  } finally {
    await consumer.close({ timeoutMs: consumerCloseMs })
  }
}

/** Prints until the count is reached, everything wanted is read, or patience is at its end. */
async function printBatches(
  consumer: Consumer,
  printer: RecordPrinter,
  patience: Patience,
  reader: Reader,
): Promise<void> {
  for await (const batch of patientBatches(consumer, patience)) {
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
}
