// `millrace perf produce`: what it does.
import { Producer } from '@millrace/client'
import type { Context } from '../context.ts'
import type { PerfProduceOptions } from '../options/perf.ts'
import { printJson } from '../output/terminal.ts'
import { formatMilliseconds } from '../output/units.ts'
import { producerCloseMs } from './closing.ts'
import { Session } from './connect.ts'
import { LatencyHistogram } from './histogram.ts'
import { Pace } from './pace.ts'
import { progressEveryMs, type Rate, rateLine, rateOf } from './perf-rate.ts'
import { producerOptions } from './produce.ts'

/** The clock is read for one record in this many: a latency sample, not a cost for each record. */
const sampleEvery = 64

interface Measured extends Rate {
  readonly latencyMs: ReturnType<LatencyHistogram['summary']>
}

export async function perfProduce(
  topic: string,
  options: PerfProduceOptions,
  context: Context,
): Promise<void> {
  const { terminal, signal } = context
  let failure: Error | undefined
  const session = new Session(options, context, {
    isAnswered: options.acks !== '0',
    isWaiting: () => producer.statistics.bufferedBytes > 0,
  })
  const producer = new Producer(
    producerOptions(session, options, {
      ...(options.batchSize !== undefined && { batchSize: options.batchSize }),
      ...(options.linger !== undefined && { lingerMs: options.linger }),
      onDelivery: ({ error }) => {
        failure ??= error
      },
    }),
  )
  const onAbort = () => void producer.close({ timeoutMs: producerCloseMs }).catch(() => {})
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    await warmUp(producer, topic)
    const measured = await measure(producer, topic, options, context, () => failure)
    if (failure) throw failure
    if (options.json) await printJson(terminal, measured)
    else {
      const shown = Object.entries(measured.latencyMs).map(
        ([name, ms]) => `${name} ${formatMilliseconds(ms)}`,
      )
      await terminal.write(`${rateLine(measured)}\nlatency in ms: ${shown.join(', ')}\n`)
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
    await producer.close({ timeoutMs: producerCloseMs })
    session.watch.stop()
  }
  signal.throwIfAborted()
}

/** Looks the topic up and connects to its leaders, so that neither is measured. */
async function warmUp(producer: Producer, topic: string): Promise<void> {
  const { partitions } = await producer.cluster.topic(topic)
  const connect = ({ partition }: { readonly partition: number }) =>
    producer.cluster.connectionTo({ leaderOf: { topic, partition } }, 'produce')
  // A leader that is away for a moment is the measurement's to wait for.
  await Promise.allSettled(partitions.map(connect))
}

/** Sends the records as fast as they are taken, or at the rate that is wanted, until all are delivered, one fails or the signal aborts. */
async function measure(
  producer: Producer,
  topic: string,
  options: PerfProduceOptions,
  { terminal, signal }: Context,
  failure: () => Error | undefined,
): Promise<Measured> {
  const latency = new LatencyHistogram()
  const record = { topic, value: makeValue(options.size) }
  const pace = new Pace(options.rate)
  const startedAt = performance.now()
  let shownAt = startedAt
  let sent = 0
  let sampleFailure: Error | undefined
  while (sent < options.records && !failure() && !sampleFailure && !signal.aborted) {
    const due = pace.next(signal)
    if (due) await due
    if (sent % sampleEvery === 0) {
      const at = performance.now()
      producer.send(record).then(
        () => latency.record(performance.now() - at),
        (error: Error) => {
          sampleFailure ??= error
        },
      )
      sent++
      if (at - shownAt > progressEveryMs) {
        shownAt = at
        terminal.progress(rateLine(rateOf(sent, sent * options.size, startedAt)))
      }
    } else if (producer.enqueue(record)) sent++
    else await producer.ready()
  }
  await producer.flush()
  if (sampleFailure) throw sampleFailure
  return { ...rateOf(sent, sent * options.size, startedAt), latencyMs: latency.summary() }
}

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
