// Names and values of OpenTelemetry's semantic conventions for messaging and Kafka, as of version 1.44, and how facts of the client become attributes.
import { isUtf8 } from 'node:buffer'
import type { ClientIdentity } from '@millrace/client'
import type { Attributes } from '@opentelemetry/api'

export const schemaUrl = 'https://opentelemetry.io/schemas/1.44.0'

export const attribute = {
  system: 'messaging.system',
  operationName: 'messaging.operation.name',
  operationType: 'messaging.operation.type',
  destination: 'messaging.destination.name',
  partition: 'messaging.destination.partition.id',
  clientId: 'messaging.client.id',
  group: 'messaging.consumer.group.name',
  messageCount: 'messaging.batch.message_count',
  offset: 'messaging.kafka.offset',
  key: 'messaging.kafka.message.key',
  tombstone: 'messaging.kafka.message.tombstone',
  errorType: 'error.type',
} as const

/** What is done to messages, and what kind of thing that is to the conventions. */
export type Operation = 'send' | 'poll' | 'process' | 'commit' | 'acknowledge'

const operationTypes: Readonly<Record<Operation, string>> = {
  send: 'send',
  poll: 'receive',
  process: 'process',
  commit: 'settle',
  acknowledge: 'settle',
}

/** What metrics and spans of an operation have in common: few values each, for metrics are kept by them. */
export function operationAttributes(
  operation: Operation,
  client: ClientIdentity | undefined,
  topic: string | undefined,
  error: unknown,
): Attributes {
  return {
    [attribute.system]: 'kafka',
    [attribute.operationName]: operation,
    [attribute.operationType]: operationTypes[operation],
    ...(topic !== undefined && { [attribute.destination]: topic }),
    ...(client?.groupId !== undefined && { [attribute.group]: client.groupId }),
    ...(error !== undefined && { [attribute.errorType]: errorTypeOf(error) }),
  }
}

/** The same with what only spans have room for. */
export function spanAttributes(
  operation: Operation,
  client: ClientIdentity | undefined,
  topic: string | undefined,
): Attributes {
  return {
    ...operationAttributes(operation, client, topic, undefined),
    ...(client && { [attribute.clientId]: client.clientId }),
  }
}

export function spanName(operation: Operation, topic: string | undefined): string {
  return topic === undefined ? operation : `${operation} ${topic}`
}

/** Kafka's name of the error (`NOT_ENOUGH_REPLICAS`) where there is one, otherwise its class. */
export function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { code } = error as Error & { readonly code?: unknown }
  return typeof code === 'string' ? code : error.name
}

/** A key as text, where it is text: other keys have no form that everybody would give them. */
export function keyText(key: unknown): string | undefined {
  if (typeof key === 'string') return key
  return key instanceof Uint8Array && isUtf8(key) ? Buffer.from(key).toString('utf8') : undefined
}
