// `millrace produce`: what it does.
import { Producer, type ProducerOptions } from '@millrace/client'
import type { ProduceOptions } from '../commands/produce.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../output/errors.ts'
import { announceSilence, clientOptions } from './connect.ts'
import { ProduceJob } from './produce-job.ts'

/** Records wait at least so long for a broker that is away for a moment, whatever `--timeout` says. */
const deliveryTimeoutMinMs = 30_000

/** Silence after Ctrl-C that is worth an explanation. */
const silenceMaxMs = 1000

const acksByText = { all: 'all', '1': 1, '0': 0 } as const

/** Producer options of `produce` and `perf produce`. */
export function producerOptions(
  options: Pick<ProduceOptions, 'brokers' | 'set' | 'timeout' | 'acks' | 'compression'>,
  own: Pick<ProducerOptions, 'onDelivery' | 'batchSize' | 'lingerMs'>,
): ProducerOptions {
  return clientOptions(options, {
    acks: acksByText[options.acks],
    compression: options.compression,
    deliveryTimeoutMs: Math.max(options.timeout, deliveryTimeoutMinMs),
    ...own,
  })
}

export async function produce(
  topic: string | undefined,
  options: ProduceOptions,
  context: Context,
): Promise<void> {
  if (topic === undefined && !options.json)
    throw new UsageError('name a topic', 'or read JSON lines that name theirs with --json')
  if (options.tombstone && options.key === undefined) throw new UsageError('--tombstone needs --key')
  let failure: Error | undefined
  let answered: (() => void) | undefined
  await using producer = new Producer(
    producerOptions(options, {
      onDelivery: ({ error }) => {
        answered?.()
        failure ??= error
      },
    }),
  )
  const job = new ProduceJob(producer, topic, options, context, () => {
    answered ??= announceSilence(options, context)
  })
  const unexplained = explainInterruption(context)
  try {
    if (options.tombstone) await job.send({ key: null, value: null, headers: [] })
    else await job.sendAll(() => failure)
    await job.finish()
    if (failure) throw failure
  } finally {
    unexplained()
    answered?.()
  }
  if (!options.quiet) context.terminal.note(job.summary())
  context.signal.throwIfAborted()
}

/** After Ctrl-C what was read is still sent: says so when that takes long, unless the returned function is called. */
function explainInterruption({ signal, terminal }: Context): () => void {
  let timer: NodeJS.Timeout | undefined
  const onAbort = () => {
    timer = setTimeout(
      () => terminal.note('sending what was read; a second Ctrl-C ends at once, without it'),
      silenceMaxMs,
    )
  }
  signal.addEventListener('abort', onAbort, { once: true })
  return () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
