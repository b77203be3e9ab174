// `millrace perf …`: what it does.
import { Consumer, Producer } from '@millrace/client'
import type { PerfConsumeOptions, PerfProduceOptions } from '../commands/perf.ts'
import type { Context } from '../context.ts'
import { CommandError, ExitCode } from '../output/errors.ts'
import { printJson, type Terminal } from '../output/terminal.ts'
import { formatCount, formatMegabytes, formatMilliseconds } from '../output/units.ts'
import { announceSilence, clientOptions, withAdmin, withClusterSettings } from './connect.ts'
import { LatencyHistogram } from './histogram.ts'
import { Pace } from './pace.ts'
import { producerOptions } from './produce.ts'
import { planReadings, type Reading } from './readings.ts'
import { watchEnd } from './watch-end.ts'

const progressEveryMs = 1000
/** The clock is read for one record in this many: a latency sample, not a cost for each record. */
const sampleEvery = 64

/** A value that does not compress to nothing. */
function makeValue(sizeBytes: number): Buffer {
  const value = Buffer.alloc(sizeBytes)
  let state = 42
  for (let index = 0; index < sizeBytes; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    value[index] = 32 + ((state >>> 16) % 95)
  }
  return value
}

interface Rate {
  readonly records: number
  readonly seconds: number
  readonly recordsPerSecond: number
  readonly megabytesPerSecond: number
}

function rateOf(records: number, bytes: number, startedAt: number): Rate {
  const seconds = (performance.now() - startedAt) / 1000
  return { records, seconds, recordsPerSecond: records / seconds, megabytesPerSecond: bytes / 1e6 / seconds }
}

const rateLine = (rate: Rate) =>
  `${formatCount(rate.records)} records in ${rate.seconds.toFixed(2)} s: ${formatCount(rate.recordsPerSecond)} records/s, ${formatMegabytes(rate.megabytesPerSecond * 1e6)} MB/s`

export async function perfProduce(
  topic: string,
  options: PerfProduceOptions,
  context: Context,
): Promise<void> {
  const { terminal, signal } = context
  let failure: Error | undefined
  const latency = new LatencyHistogram()
  await using producer = new Producer(
    producerOptions(options, {
      ...(options.batchSize !== undefined && { batchSize: options.batchSize }),
      ...(options.linger !== undefined && { lingerMs: options.linger }),
      onDelivery: ({ error }) => {
        failure ??= error
      },
    }),
  )
  const value = makeValue(options.size)
  const pace = new Pace(options.rate)
  // The first record pays for connecting and looking the topic up; it is not measured.
  const answered = announceSilence(options, context)
  await producer.send({ topic, value }).finally(answered)
  const startedAt = performance.now()
  let shownAt = startedAt
  let sent = 0
  while (sent < options.records && !failure && !signal.aborted) {
    const due = pace.next(signal)
    if (due) await due
    if (sent % sampleEvery === 0) {
      const at = performance.now()
      producer.send({ topic, value }).then(
        () => latency.record(performance.now() - at),
        (error: Error) => {
          failure ??= error
        },
      )
      sent++
      if (at - shownAt > progressEveryMs) {
        shownAt = at
        terminal.progress(rateLine(rateOf(sent, sent * options.size, startedAt)))
      }
    } else if (producer.enqueue({ topic, value })) sent++
    else await producer.ready()
  }
  await producer.flush()
  if (failure) throw failure
  const rate = rateOf(sent, sent * options.size, startedAt)
  const latencyMs = latency.summary()
  if (options.json) await printJson(terminal, { ...rate, latencyMs })
  else {
    const shown = Object.entries(latencyMs).map(([name, ms]) => `${name} ${formatMilliseconds(ms)}`)
    await terminal.write(`${rateLine(rate)}\nlatency in ms: ${shown.join(', ')}\n`)
  }
  signal.throwIfAborted()
}

export async function perfConsume(
  topic: string,
  options: PerfConsumeOptions,
  context: Context,
): Promise<void> {
  const { terminal, signal } = context
  const ends = await endsOf(topic, options, context)
  const total = ends.reduce((sum, { from, to }) => sum + ((to ?? from) - from), 0)
  if (total === 0) throw new CommandError(`topic "${topic}" holds no records`, ExitCode.failure)
  await using consumer = new Consumer(
    clientOptions(options, {
      autoOffsetReset: 'earliest' as const,
      ...(options.group !== undefined && { groupId: options.group }),
    }),
  )
  if (options.group === undefined)
    consumer.assign(ends.map(({ partition, from }) => ({ topic, partition, offset: from })))
  else consumer.subscribe(topic)
  const stop = new AbortController()
  const unwatch = watchEnd(consumer, () => stop.abort())
  const ended = AbortSignal.any([signal, stop.signal])
  const counted = await countRecords(consumer, ends, options.records, terminal, ended).finally(unwatch)
  if (options.group !== undefined) await consumer.commit()
  const rate = rateOf(counted.records, counted.bytes, counted.startedAt)
  if (options.json) await printJson(terminal, rate)
  else await terminal.write(`${rateLine(rate)}\n`)
  signal.throwIfAborted()
}

/** First and last offsets of the partitions as the measurement begins. */
function endsOf(topic: string, options: PerfConsumeOptions, context: Context): Promise<Reading[]> {
  const isolation = 'read_uncommitted' as const
  const whole = { ...withClusterSettings(options), partition: [], offset: 'start', exit: true, isolation }
  return withAdmin(whole, context, admin => planReadings(admin, [topic], whole, context))
}

/** Reads until the ends, the wanted number of records or an abort. The clock starts with the first batch. */
async function countRecords(
  consumer: Consumer,
  ends: readonly Reading[],
  recordsMax: number,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<{ records: number; bytes: number; startedAt: number }> {
  const open = new Map(
    ends.flatMap(({ partition, from, to }) =>
      to !== undefined && from < to ? [[partition, to] as const] : [],
    ),
  )
  let records = 0
  let bytes = 0
  let startedAt = performance.now()
  let shownAt = startedAt
  try {
    for await (const batch of consumer.batches({ signal })) {
      if (records === 0) startedAt = shownAt = performance.now()
      for (const record of batch) {
        records++
        bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0)
        if (records >= recordsMax) return { records, bytes, startedAt }
      }
      batch.release()
      const now = performance.now()
      if (now - shownAt > progressEveryMs) {
        shownAt = now
        terminal.progress(rateLine(rateOf(records, bytes, startedAt)))
      }
      const end = open.get(batch.partition)
      if (end !== undefined && batch.endOffset >= end) open.delete(batch.partition)
      if (open.size === 0) break
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return { records, bytes, startedAt }
}
