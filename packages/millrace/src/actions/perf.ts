// `millrace perf …`: what it does.
import { Consumer, Producer } from '@millrace/client'
import type { PerfConsumeOptions, PerfProduceOptions } from '../commands/perf.ts'
import type { Context } from '../context.ts'
import { printJson } from '../output/terminal.ts'
import { formatCount, formatMegabytes, formatMilliseconds } from '../output/units.ts'
import { clientOptions } from './connect.ts'
import { LatencyHistogram } from './histogram.ts'
import { Pace } from './pace.ts'
import { producerOptions } from './produce.ts'

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
  const producer = new Producer({
    ...producerOptions(options),
    ...(options.batchSize !== undefined && { batchSize: options.batchSize }),
    ...(options.linger !== undefined && { lingerMs: options.linger }),
    onDelivery: ({ error }) => {
      failure ??= error
    },
  })
  try {
    const value = makeValue(options.size)
    const pace = new Pace(options.rate)
    // The first record pays for connecting and looking the topic up; it is not measured.
    await producer.send({ topic, value })
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
      const shown = Object.entries(latencyMs).map(([name, value]) => `${name} ${formatMilliseconds(value)}`)
      await terminal.write(`${rateLine(rate)}\nlatency in ms: ${shown.join(', ')}\n`)
    }
  } finally {
    await producer.close()
  }
}

export async function perfConsume(
  topic: string,
  options: PerfConsumeOptions,
  context: Context,
): Promise<void> {
  const { terminal, signal } = context
  const consumer = new Consumer({
    ...clientOptions(options),
    groupId: options.group ?? `millrace-perf-${process.pid}-${context.now()}`,
    autoOffsetReset: 'earliest',
    autoCommit: options.group !== undefined,
  })
  consumer.subscribe(topic)
  try {
    let records = 0
    let bytes = 0
    let startedAt = performance.now()
    let shownAt = startedAt
    let caughtUp = false
    for await (const batch of consumer.batches({ signal })) {
      if (records === 0) startedAt = shownAt = performance.now()
      for (const record of batch) {
        records++
        bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0)
        if (records >= options.records) break
      }
      const now = performance.now()
      if (now - shownAt > progressEveryMs) {
        shownAt = now
        terminal.progress(rateLine(rateOf(records, bytes, startedAt)))
      }
      caughtUp = totalLag(consumer) === 0
      if (records >= options.records || caughtUp) break
    }
    const rate = rateOf(records, bytes, startedAt)
    if (options.json) await printJson(terminal, rate)
    else await terminal.write(`${rateLine(rate)}\n`)
  } finally {
    await consumer.close()
  }
}

/** Records that are still to come in what is assigned, as far as fetches have told. */
function totalLag(consumer: Consumer): number {
  return consumer.assignment.reduce((sum, entry) => sum + (consumer.lag(entry) ?? 1), 0)
}
