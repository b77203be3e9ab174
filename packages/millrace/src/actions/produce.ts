// `millrace produce`: what it does.
import { Producer, type ProducerOptions } from '@millrace/client'
import type { Context } from '../context.ts'
import type { ProduceOptions } from '../options/produce.ts'
import { CommandError, UsageError } from '../output/errors.ts'
import { describeFailure } from '../output/failure.ts'
import { producerCloseMs } from './closing.ts'
import { Session } from './connect.ts'
import { ProduceJob } from './produce-job.ts'

/** Silence after Ctrl-C that is worth an explanation. */
const silenceMaxMs = 1000

const acksByText = { all: 'all', '1': 1, '0': 0 } as const

/** Producer options of `produce` and `perf produce`. */
export function producerOptions(
  session: Session,
  options: Pick<ProduceOptions, 'acks' | 'compression'>,
  own: Pick<ProducerOptions, 'onDelivery' | 'batchSize' | 'lingerMs'>,
): ProducerOptions {
  return session.clientOptions({
    acks: acksByText[options.acks],
    compression: options.compression,
    // Lingering is no waiting for an answer.
    deliveryTimeoutMs: session.target.timeoutMs + (own.lingerMs ?? 0),
    ...own,
  })
}

export async function produce(
  topic: string | undefined,
  options: ProduceOptions,
  context: Context,
): Promise<void> {
  checkOptions(topic, options)
  let job: ProduceJob | undefined
  const session = new Session(options, context, {
    isAnswered: options.acks !== '0',
    isWaiting: () => (job?.undelivered ?? 0) > 0,
  })
  try {
    const producer = new Producer(
      producerOptions(session, options, { onDelivery: ({ error }) => job?.onDelivery(error) }),
    )
    const limit = limitInterruption(producer, context)
    try {
      job = new ProduceJob(producer, topic, options, context)
      await job.run()
    } finally {
      await producer.close({ timeoutMs: producerCloseMs }).finally(limit)
    }
    // After Ctrl-C the summary is told below, once.
    context.signal.throwIfAborted()
    if (!options.quiet) context.terminal.note(job.summary())
  } catch (error) {
    if (context.signal.aborted && job && !options.quiet) context.terminal.note(job.summary())
    context.signal.throwIfAborted()
    throw job && job.count > 0 ? withSummary(error, job) : error
  } finally {
    session.watch.stop()
  }
}

function checkOptions(topic: string | undefined, options: ProduceOptions): void {
  if (topic === undefined && !options.json)
    throw new UsageError('name a topic', 'or read JSON lines that name theirs with --json')
  if (options.tombstone && options.key === undefined) throw new UsageError('--tombstone needs --key')
  if (options.file.length === 0) return
  const cutting = (['json', 'format', 'delimiter', 'keyDelimiter', 'tombstone'] as const).find(
    name => options[name],
  )
  if (cutting !== undefined)
    throw new UsageError(
      `--file and --${cutting === 'keyDelimiter' ? 'key-delimiter' : cutting} exclude each other: a file is one record`,
    )
}

/** The failure, with how many records are safe all the same. */
function withSummary(error: unknown, job: ProduceJob): CommandError {
  const { message, advice, exitCode } = describeFailure(error)
  return new CommandError(message, exitCode, [job.summary(), advice].filter(Boolean).join('\n'))
}

/** After Ctrl-C what was read is still sent, for a few seconds: says so when that takes long, unless the returned function is called. */
function limitInterruption(producer: Producer, { signal, terminal }: Context): () => void {
  const timers: NodeJS.Timeout[] = []
  const onAbort = () => {
    const explain = () =>
      terminal.note(
        `sending what was read, for ${producerCloseMs / 1000} s; a second Ctrl-C ends at once, without it`,
      )
    timers.push(
      setTimeout(explain, silenceMaxMs),
      // Its own end is no failure to tell: the summary says what was not sent.
      setTimeout(() => void producer.close({ timeoutMs: 0 }).catch(() => {}), producerCloseMs),
    )
  }
  signal.addEventListener('abort', onAbort, { once: true })
  return () => {
    for (const timer of timers) clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
