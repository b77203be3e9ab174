// What both brokers are asked of metrics that clients push (KIP-714) while nobody has subscribed to any: who may ask and push, when, and what.
import { gzipSync } from 'node:zlib'
import { GetTelemetrySubscriptionsApi, PushTelemetryApi, zeroUuid } from '@millrace/protocol'
import { subscriptionFor } from '../../packages/broker/src/client-metrics/subscriptions.ts'
import { encodeMetrics } from '../../packages/client/src/telemetry/otlp.ts'
import { type Question, question } from './questions.ts'

/** The id of a client: a number of 128 bits. */
function instance(number: number): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32BE(number, 12)
  return bytes.toString('base64url')
}

/** Of a client that is asked for nothing; the rest of what is known of it does not matter then. */
function subscriptionOf(clientInstanceId: string): number {
  const unknown = {
    client_id: '',
    client_software_name: '',
    client_software_version: '',
    client_source_address: '',
    client_source_port: '',
  }
  return subscriptionFor([], { client_instance_id: clientInstanceId, ...unknown }, () => false).id
}

const metrics = encodeMetrics({
  resource: {},
  measures: [{ name: 'org.apache.kafka.producer.a.total', kind: 'sum', value: 1, attributes: {} }],
  delta: true,
  startMs: 1_700_000_000_000,
  nowMs: 1_700_000_300_000,
})
const none = 0
const gzip = 1
const zstd = 4
const unknownCodec = 5
/** Kafka's default of `telemetry.max.bytes`. */
const bytesMax = 1 << 20

const get = (name: string, clientInstanceId: string) =>
  question(GetTelemetrySubscriptionsApi, name, () => ({ clientInstanceId }))

function push(
  name: string,
  clientInstanceId: string,
  {
    subscriptionId = subscriptionOf(clientInstanceId),
    terminating = false,
    compressionType = none,
    bytes = metrics,
  } = {},
) {
  const request = { clientInstanceId, subscriptionId, terminating, compressionType, metrics: bytes }
  return question(PushTelemetryApi, name, () => request)
}

/** All questions of who asks come before those of who pushes. */
export const telemetryQuestions: readonly Question[] = [
  get('by a new client', instance(1000)),
  get('by one that has asked just now', instance(1000)),
  get('by a number that is reserved', instance(7)),
  push('by nobody', zeroUuid),
  push('by the last number that is reserved', instance(1)),
  push('by the first number that is not', instance(2)),
  push('by who has asked', instance(1000)),
  push('by who has pushed just now', instance(1000)),
  push('for the last time, though too soon', instance(1000), { terminating: true }),
  push('after the last time', instance(1000), { terminating: true }),
  push('under another subscription', instance(1001), { subscriptionId: 1 }),
  push('under another subscription, too soon', instance(1001), { subscriptionId: 1 }),
  push('by a codec that there is not', instance(1002), { compressionType: unknownCodec }),
  push('of as much as there may be', instance(1003), { bytes: Buffer.alloc(bytesMax) }),
  push('of too much', instance(1004), { bytes: Buffer.alloc(bytesMax + 1) }),
  push('of nothing', instance(1005), { bytes: Buffer.alloc(0) }),
  push('of what is no metrics', instance(1006), { bytes: Buffer.alloc(100, 0xff) }),
  push('of what is not packed', instance(1007), { compressionType: zstd }),
  push('of what is packed', instance(1008), { compressionType: gzip, bytes: gzipSync(metrics) }),
  push('of nothing, said to be packed', instance(1009), { compressionType: gzip, bytes: Buffer.alloc(0) }),
]
