// Brokers and batches for tests.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import {
  type Codec,
  CreateTopicsApi,
  ErrorCode,
  FetchApi,
  type FetchRequestInit,
  type FetchResponse,
  MetadataApi,
  ProduceApi,
  type ProduceResponse,
  RecordBatchWriter,
  toRecords,
} from '@millrace/protocol'
import { RunningBroker } from '../src/running-broker.ts'
import type { LogFields, Logger } from '../src/logger.ts'
import type { BrokerOptions } from '../src/options.ts'
import { TestClient } from './test-client.ts'

const cleanups = new WeakMap<TestContext, (() => unknown)[]>()

/** Runs `clean` when the test is over; what was set up last goes first. */
function cleanUp(context: TestContext, clean: () => unknown): void {
  const stack = cleanups.get(context)
  if (stack) {
    stack.push(clean)
    return
  }
  const made = [clean]
  cleanups.set(context, made)
  context.after(async () => {
    for (const run of made.reverse()) await run()
  })
}

/** A directory that goes away with the test. */
export function temporaryDirectory(context: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'millrace-test-'))
  cleanUp(context, () => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Log lines of a broker, kept. */
export class LineCollector implements Logger {
  readonly lines: { level: string; event: string; fields: LogFields }[] = []

  log(level: string, event: string, fields: LogFields = {}): void {
    this.lines.push({ level, event, fields })
  }

  events(): string[] {
    return this.lines.map(line => line.event)
  }
}

/** A broker on a free port that is closed with the test; nothing is synced unless the test asks for it. */
export async function startBroker(context: TestContext, options: BrokerOptions = {}): Promise<RunningBroker> {
  const broker = await RunningBroker.start({
    port: 0,
    ...options,
    config: { 'log.fsync': 'never', ...options.config },
  })
  cleanUp(context, () => broker.close())
  return broker
}

export async function connect(
  context: TestContext,
  broker: RunningBroker,
  clientId?: string | null,
): Promise<TestClient> {
  const client = await TestClient.connect(broker.port, clientId)
  cleanUp(context, () => client.close())
  return client
}

export interface BatchOptions {
  readonly keys?: readonly (string | null)[]
  readonly timestamp?: number
  readonly codec?: Codec
  readonly producerId?: number
  readonly producerEpoch?: number
  readonly baseSequence?: number
  readonly transactional?: boolean
  readonly control?: boolean
}

/** A batch with one record per value. */
export function batchOf(values: readonly string[], options: BatchOptions = {}): Buffer {
  const writer = new RecordBatchWriter()
  const { keys, timestamp = Date.now(), ...finish } = options
  for (const [index, value] of values.entries()) writer.append(timestamp, keys?.[index] ?? null, value)
  return Buffer.from(writer.finish(finish))
}

export async function createTopic(
  client: TestClient,
  name: string,
  numPartitions = 1,
  configs: Readonly<Record<string, string>> = {},
): Promise<void> {
  const reply = await client.send(CreateTopicsApi, 5, {
    topics: [
      {
        name,
        numPartitions,
        replicationFactor: 1,
        assignments: [],
        configs: Object.entries(configs).map(([key, value]) => ({ name: key, value })),
      },
    ],
    timeoutMs: 10_000,
    validateOnly: false,
  })
  const error = reply.topics[0]!
  if (error.errorCode !== ErrorCode.NONE) throw new Error(`${name}: ${error.errorCode} ${error.errorMessage}`)
}

export async function topicIdOf(client: TestClient, name: string): Promise<string> {
  const reply = await client.send(MetadataApi, 12, {
    topics: [{ name }],
    allowAutoTopicCreation: false,
    includeTopicAuthorizedOperations: false,
  })
  return reply.topics[0]!.topicId
}

type Produced = ProduceResponse['responses'][number]['partitionResponses'][number]

/** Produces one batch to one partition and returns what the reply says of it. */
export async function produce(
  client: TestClient,
  topic: string,
  batch: Uint8Array | null,
  { partition = 0, acks = -1, version = 9 }: { partition?: number; acks?: number; version?: number } = {},
): Promise<Produced> {
  const reply = await client.send(ProduceApi, version, {
    transactionalId: null,
    acks,
    timeoutMs: 5_000,
    topicData: [
      { name: topic, partitionData: [{ index: partition, records: batch === null ? null : [batch] }] },
    ],
  })
  return reply.responses[0]!.partitionResponses[0]!
}

export type FetchOptions = Partial<
  Omit<FetchRequestInit, 'topics'> & { version: number; partition: number; partitionMaxBytes: number }
>

/** Fetches one partition by name, without a session unless asked for. */
export function fetchFrom(
  client: TestClient,
  topic: string,
  fetchOffset: number,
  options: FetchOptions = {},
): Promise<FetchResponse> {
  const { version = 11, partition = 0, partitionMaxBytes = 1 << 20, ...rest } = options
  return client.send(FetchApi, version, {
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 50 << 20,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [{ topic, partitions: [{ partition, fetchOffset, partitionMaxBytes }] }],
    ...rest,
  })
}

export type FetchedPartition = FetchResponse['responses'][number]['partitions'][number]

export function onlyPartition(reply: FetchResponse): FetchedPartition {
  const partition = reply.responses[0]?.partitions[0]
  if (!partition) throw new Error(`the fetch reply has no partition; error ${reply.errorCode}`)
  return partition
}

/** Values of the records of a fetched partition, `offset:value`. */
export function valuesOf(partition: FetchedPartition): string[] {
  const bytes = Buffer.concat([...(partition.records ?? [])])
  return toRecords(bytes).map(record => `${record.offset}:${record.value?.toString() ?? 'null'}`)
}
