// Every kind of client at work, each in a loop of calls that a signal can end: what is closed under faults.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  Admin,
  ClassicGroupMember,
  Consumer,
  type ConsumerOptions,
  dialLeader,
  ExactlyOnceProcessor,
  type PartitionConnection,
  Producer,
  ShareConsumer,
} from '@millrace/client'

export interface Work {
  readonly name: string
  /** How long `close` may take, in ms, whatever has become of the broker. */
  readonly closeMaxMs: number
  /** One call after the other, until it is closed. Rejects, or returns, as soon as the signal aborts, where the calls can be given up. */
  readonly run: (signal: AbortSignal) => Promise<unknown>
  /** Calls that only `close` ends. Default: the signal ends them. */
  readonly endsByClose?: true
  readonly close: () => Promise<void> | void
}

/** Where they work. */
export interface Workplace {
  readonly brokers: readonly string[]
  readonly topic: string
  /** Of groups and transactional ids: unlike those of other processes. */
  readonly prefix: string
}

/** Silence that closing takes for an answer: five seconds. The rest is for a busy machine. */
const silenceMaxMs = 10_000
/** What waits for nobody. */
const atOnceMaxMs = 2_500
const pauseMs = 20
const value = Buffer.alloc(500, 'v')

/** Calls again and again, whatever becomes of each, until the signal aborts. */
async function again(signal: AbortSignal, call: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    await call().catch(() => {})
    await sleep(pauseMs)
  }
}

export function allWorks(workplace: Workplace): Work[] {
  return [
    awaited(workplace),
    buffered(workplace),
    transactional(workplace),
    consuming(workplace, 'classic consumer', { groupProtocol: 'classic' }),
    consuming(workplace, 'KIP-848 consumer', { groupProtocol: 'consumer' }),
    handling(workplace),
    assigned(workplace),
    sharing(workplace),
    processing(workplace),
    member(workplace),
    administrating(workplace),
    dialling(workplace),
  ]
}

function awaited({ brokers, topic }: Workplace): Work {
  const producer = new Producer({ brokers })
  return {
    name: 'producer that awaits',
    closeMaxMs: silenceMaxMs,
    run: signal => again(signal, () => producer.send({ topic, value }, { signal })),
    close: () => producer.close(),
  }
}

function buffered({ brokers, topic }: Workplace): Work {
  const producer = new Producer({ brokers, onDelivery: () => {} })
  return {
    name: 'producer that fills its buffer',
    closeMaxMs: silenceMaxMs,
    run: signal =>
      again(signal, async () => {
        for (let left = 50; left > 0; left--)
          if (!producer.enqueue({ topic, value })) await producer.ready(signal)
        await producer.flush({ signal })
      }),
    close: () => producer.close(),
  }
}

function transactional({ brokers, topic, prefix }: Workplace): Work {
  const producer = new Producer({ brokers, transactionalId: `${prefix}-writer` })
  const group = `${prefix}-offsets`
  return {
    name: 'transactional producer',
    closeMaxMs: silenceMaxMs,
    run: signal =>
      again(signal, () =>
        producer.transaction(
          async transaction => {
            await transaction.send([
              { topic, value },
              { topic, value },
            ])
            await transaction.sendOffsets([{ topic, partition: 0, offset: 1 }], group)
          },
          { signal },
        ),
      ),
    close: () => producer.close(),
  }
}

function consuming(
  { brokers, topic, prefix }: Workplace,
  name: string,
  options: Partial<ConsumerOptions>,
): Work {
  const groupId = `${prefix}-${options.groupProtocol}`
  const consumer = new Consumer({
    brokers,
    groupId,
    autoOffsetReset: 'earliest',
    onWarning: () => {},
    ...options,
  })
  consumer.subscribe(topic)
  return {
    name,
    closeMaxMs: silenceMaxMs,
    run: async signal => {
      for await (const record of consumer.records({ signal })) if (record.offset % 50 === 0) await sleep(1)
    },
    close: () => consumer.close(),
  }
}

function handling({ brokers, topic, prefix }: Workplace): Work {
  const groupId = `${prefix}-handlers`
  const consumer = new Consumer({ brokers, groupId, autoOffsetReset: 'earliest', onWarning: () => {} })
  consumer.subscribe(topic)
  return {
    name: 'consumer with handlers, that commits',
    // The commit that a handler waits for is given up first, and then the group is left.
    closeMaxMs: 2 * silenceMaxMs,
    run: signal =>
      consumer.run({
        signal,
        async eachBatch() {
          await sleep(5)
          await consumer.commit(undefined, { signal }).catch(() => {})
        },
      }),
    close: () => consumer.close(),
  }
}

function assigned({ brokers, topic }: Workplace): Work {
  const consumer = new Consumer({ brokers, onWarning: () => {} })
  consumer.assign([{ topic, partition: 0, offset: 'earliest' }])
  return {
    name: 'consumer without a group, that polls and looks up offsets',
    closeMaxMs: silenceMaxMs,
    run: signal =>
      again(signal, async () => {
        await consumer.poll({ timeoutMs: 50, signal })
        await consumer.endOffsets(undefined, { signal })
      }),
    close: () => consumer.close(),
  }
}

function sharing({ brokers, topic, prefix }: Workplace): Work {
  const consumer = new ShareConsumer({ brokers, groupId: `${prefix}-share`, onWarning: () => {} })
  consumer.subscribe(topic)
  return {
    name: 'share consumer',
    // What was said is told to brokers first, and then the group is left.
    closeMaxMs: 2 * silenceMaxMs,
    run: async signal => {
      for await (const record of consumer.records({ signal })) if (record.offset % 50 === 0) await sleep(1)
    },
    close: () => consumer.close(),
  }
}

function processing({ brokers, topic, prefix }: Workplace): Work {
  const inHandMaxMs = 2_000
  const processor = new ExactlyOnceProcessor({
    brokers,
    groupId: `${prefix}-copies`,
    topics: topic,
    onWarning: () => {},
    eachRecord: record => ({ topic: `${topic}-copies`, value: record.value }),
  })
  return {
    name: 'exactly-once processor',
    // The transaction is aborted, and then the group is left.
    closeMaxMs: inHandMaxMs + 2 * silenceMaxMs,
    endsByClose: true,
    // Its signal lets it finish, as closing does, but without a limit.
    run: () => processor.run(),
    close: () => processor.close({ timeoutMs: inHandMaxMs }),
  }
}

function member({ brokers, prefix }: Workplace): Work {
  const groupMember = new ClassicGroupMember({
    brokers,
    groupId: `${prefix}-members`,
    protocolType: 'closing',
    protocols: [{ name: 'all', metadata: Buffer.alloc(0) }],
    assign: members => new Map(members.map(({ memberId }) => [memberId, Buffer.from('all')])),
    onWarning: () => {},
  })
  return {
    name: 'member of a group of another type',
    closeMaxMs: silenceMaxMs,
    run: signal =>
      again(signal, async () => {
        if (groupMember.share) groupMember.rejoin()
        // It has no signal of its own: whoever waits stops waiting.
        await Promise.race([groupMember.join(), aborted(signal)])
      }),
    close: () => groupMember.close(),
  }
}

function administrating({ brokers, topic }: Workplace): Work {
  const admin = new Admin({ brokers })
  return {
    name: 'admin',
    closeMaxMs: atOnceMaxMs,
    run: signal =>
      again(signal, async () => {
        await admin.describeTopics([topic], { signal })
        await admin.describeCluster({ signal })
        await admin.listGroups({ signal })
        await admin.describeTransactions(['nobody'], { signal })
      }),
    close: () => admin.close(),
  }
}

function dialling({ brokers, topic }: Workplace): Work {
  let connection: PartitionConnection | undefined
  let closed = false
  return {
    name: 'connection to one partition',
    closeMaxMs: atOnceMaxMs,
    run: signal =>
      again(signal, async () => {
        // Each is a client of its own: none is made behind the last one.
        if (closed) return
        connection = await dialLeader({ brokers }, topic, 0, { signal })
        try {
          while (!closed) {
            await connection.write([{ value }], { signal })
            await connection.seek('earliest', { signal })
            await connection.readBatch({ maxWaitMs: 50, signal })
          }
        } finally {
          connection.close()
        }
      }),
    close: () => {
      closed = true
      connection?.close()
    },
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  )
}
