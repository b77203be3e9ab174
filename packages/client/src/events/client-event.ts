// What a client tells of itself while it works: one kind of event for each thing that an operator may want to know.
import { AuthenticationError, KafkaError } from '../errors/index.ts'

/** How much an event matters, from what only a search for a fault needs to what keeps records from moving. */
export type EventLevel = 'debug' | 'info' | 'warn' | 'error'

interface EventBase {
  readonly level: EventLevel
  /** What happened and what the client does about it, for people: `connection to 127.0.0.1:9093 lost (ECONNREFUSED), trying again`. */
  readonly message: string
  /** What it is about: a broker's address `host:port`, a topic, a partition `topic-0`, or what a call does. */
  readonly subject: string
}

/** A broker cannot be connected to, or did not get through the handshake. The client tries again while something needs it, but for a login or a
 * certificate that is refused (`AuthenticationError`, level `error`): calls that need the broker fail with it. */
export interface ConnectionFailed extends EventBase {
  readonly type: 'connection.failed'
  /** Attempts that failed in a row, from 1 on. */
  readonly attempts: number
  readonly error: Error
}

/** An open connection ended, and not because this client closed it. */
export interface ConnectionLost extends EventBase {
  readonly type: 'connection.lost'
  /** Requests that had no answer: they fail or go again. The level is `info` where there were none. */
  readonly unanswered: number
  readonly error: Error
}

/** A broker that could not be reached, or whose connection was lost, is connected to again. */
export interface ConnectionRestored extends EventBase {
  readonly type: 'connection.restored'
}

/** A topic in use is unknown to the cluster, and has been for a second. */
export interface TopicUnknown extends EventBase {
  readonly type: 'topic.unknown'
  readonly topic: string
}

/** A topic in use was there and is no more. */
export interface TopicGone extends EventBase {
  readonly type: 'topic.gone'
  readonly topic: string
}

/** A topic in use was deleted and made anew: the same name, another id, offsets from 0. */
export interface TopicRecreated extends EventBase {
  readonly type: 'topic.recreated'
  readonly topic: string
}

/** A topic in use does not have a partition that is asked for. */
export interface PartitionUnknown extends EventBase {
  readonly type: 'partition.unknown'
  readonly topic: string
  readonly partition: number
}

/** Partitions of a topic in use have had no leader for a second: nothing can be written to them or read from them. */
export interface PartitionLeaderless extends EventBase {
  readonly type: 'partition.leaderless'
  readonly topic: string
  readonly partitions: readonly number[]
}

/** A batch was not written and goes again. */
export interface BatchRetried extends EventBase {
  readonly type: 'batch.retried'
  readonly topic: string
  readonly partition: number
  /** Times it was sent so far. */
  readonly attempts: number
  readonly error: Error
}

/** A call failed and is tried again. */
export interface CallRetried extends EventBase {
  readonly type: 'call.retried'
  readonly error: Error
}

/** What `onEvent` hears: told apart by `type`. More kinds will come; take an unknown one by its `level` and `message`. */
export type ClientEvent =
  | ConnectionFailed
  | ConnectionLost
  | ConnectionRestored
  | TopicUnknown
  | TopicGone
  | TopicRecreated
  | PartitionUnknown
  | PartitionLeaderless
  | BatchRetried
  | CallRetried

export function connectionFailed(address: string, attempts: number, error: Error): ConnectionFailed {
  const isFinal = error instanceof AuthenticationError
  const message = `cannot connect to ${address} (${reasonOf(error)})${isFinal ? '' : ', trying again'}`
  return {
    type: 'connection.failed',
    level: isFinal ? 'error' : 'warn',
    subject: address,
    attempts,
    error,
    message,
  }
}

export function connectionLost(address: string, unanswered: number, error: Error): ConnectionLost {
  const level = unanswered > 0 ? 'warn' : 'info'
  const message = `connection to ${address} lost (${reasonOf(error)})${unanswered > 0 ? ', trying again' : ''}`
  return { type: 'connection.lost', level, subject: address, unanswered, error, message }
}

export function connectionRestored(address: string): ConnectionRestored {
  const message = `connected to ${address} again`
  return { type: 'connection.restored', level: 'info', subject: address, message }
}

export function topicUnknown(topic: string): TopicUnknown {
  const message = `topic "${topic}" does not exist, waiting for it`
  return { type: 'topic.unknown', level: 'warn', subject: topic, topic, message }
}

export function topicGone(topic: string): TopicGone {
  const message = `topic "${topic}" is gone`
  return { type: 'topic.gone', level: 'warn', subject: topic, topic, message }
}

export function topicRecreated(topic: string): TopicRecreated {
  const message = `topic "${topic}" was deleted and made anew`
  return { type: 'topic.recreated', level: 'warn', subject: topic, topic, message }
}

export function partitionUnknown(topic: string, partition: number): PartitionUnknown {
  const subject = `${topic}-${partition}`
  const message = `topic "${topic}" has no partition ${partition}, waiting for it`
  return { type: 'partition.unknown', level: 'warn', subject, topic, partition, message }
}

export function partitionLeaderless(topic: string, partitions: readonly number[]): PartitionLeaderless {
  const list = `${partitions.slice(0, 10).join(', ')}${partitions.length > 10 ? ', …' : ''}`
  const message = `no leader for ${partitions.length === 1 ? 'partition' : 'partitions'} ${list} of topic "${topic}", waiting for one`
  return { type: 'partition.leaderless', level: 'warn', subject: topic, topic, partitions, message }
}

/** `level`: a lost connection has had its own warning. */
export function batchRetried(
  topic: string,
  partition: number,
  attempts: number,
  error: Error,
  level: EventLevel,
): BatchRetried {
  const subject = `${topic}-${partition}`
  const message = `${error.message}; trying again`
  return { type: 'batch.retried', level, subject, topic, partition, attempts, error, message }
}

export function callRetried(what: string, error: Error): CallRetried {
  const message = `${what}: ${error.message}; trying again`
  return { type: 'call.retried', level: 'debug', subject: what, error, message }
}

/** A word of the system where there is one (`ECONNREFUSED`), the innermost message otherwise. */
function reasonOf(error: Error): string {
  const { cause } = error
  if (error instanceof KafkaError && cause instanceof Error) return reasonOf(cause)
  const { code } = error as Error & { code?: unknown }
  return error instanceof KafkaError || typeof code !== 'string' ? error.message : code
}
