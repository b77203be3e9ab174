// The metrics of the messaging conventions, of facts that the client tells.
import type { ClientHooks, ClientIdentity } from '@millrace/client'
import type { Counter, Histogram, Meter } from '@opentelemetry/api'
import { operationAttributes } from './conventions.ts'

/** The conventions' advice, in seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

type Heard = Required<Pick<ClientHooks, 'onBatch' | 'onFetch' | 'onHandedOut' | 'onCommit' | 'onAcknowledge'>>

export class ClientMetrics implements Heard {
  readonly #sent: Counter
  readonly #consumed: Counter
  readonly #operation: Histogram
  readonly #process: Histogram

  constructor(meter: Meter) {
    const duration = { unit: 's', advice: { explicitBucketBoundaries: buckets } }
    this.#sent = meter.createCounter('messaging.client.sent.messages', {
      unit: '{message}',
      description: 'Number of messages a producer attempted to send to the broker.',
    })
    this.#consumed = meter.createCounter('messaging.client.consumed.messages', {
      unit: '{message}',
      description: 'Number of messages that were delivered to the application.',
    })
    this.#operation = meter.createHistogram('messaging.client.operation.duration', {
      ...duration,
      description: 'Duration of a messaging operation initiated by a producer or consumer client.',
    })
    this.#process = meter.createHistogram('messaging.process.duration', {
      ...duration,
      description: 'Duration of processing operation.',
    })
  }

  /** A batch is one operation of the client, whatever calls its records came by. */
  onBatch: Heard['onBatch'] = ({ topic, records, queueMs, wireMs, error }, client) => {
    const attributes = operationAttributes('send', client, topic, error)
    this.#sent.add(records, attributes)
    this.#operation.record((queueMs + wireMs) / 1000, attributes)
  }

  onFetch: Heard['onFetch'] = ({ ms, partitions, error }, client) => {
    const [first, ...others] = partitions
    // A fetch that brought nothing waited for data: its time says nothing of the broker.
    if (!first && !error) return
    const topic = others.every(other => other.topic === first?.topic) ? first?.topic : undefined
    this.#operation.record(ms / 1000, operationAttributes('poll', client, topic, error))
  }

  onHandedOut: Heard['onHandedOut'] = ({ topic, records }, client) => {
    if (records > 0) this.#consumed.add(records, operationAttributes('poll', client, topic, undefined))
  }

  onCommit: Heard['onCommit'] = ({ offsets, ms, error }, client) => {
    const [first, ...others] = offsets
    const topic = others.every(other => other.topic === first?.topic) ? first?.topic : undefined
    this.#operation.record(ms / 1000, operationAttributes('commit', client, topic, error))
  }

  /** Of a share group, what was said of records tells that the application had them. */
  onAcknowledge: Heard['onAcknowledge'] = (facts, client) => {
    const { topic, accepted, released, rejected, ms, error } = facts
    const had = accepted + released + rejected
    if (had > 0) this.#consumed.add(had, operationAttributes('poll', client, topic, undefined))
    this.#operation.record(ms / 1000, operationAttributes('acknowledge', client, topic, error))
  }

  processed(topic: string, ms: number, client: ClientIdentity | undefined, error: unknown): void {
    this.#process.record(ms / 1000, operationAttributes('process', client, topic, error))
  }
}
