// What a client tells of itself while it works: one kind of event for each thing that an operator may want to know.
import { AuthenticationError, ConfigError, type DeserializationError, KafkaError } from '../errors/index.ts'
import { reasonFor } from '../errors/reason.ts'

/** How much an event matters, from what only a search for a fault needs to what keeps records from moving. */
export type EventLevel = 'debug' | 'info' | 'warn' | 'error'

interface EventBase {
  /** How bad it is. */
  readonly level: EventLevel
  /** What happened and what the client does about it, for people: `connection to 127.0.0.1:9093 lost (ECONNREFUSED), trying again`. */
  readonly message: string
  /** What it is about: a broker's address `host:port`, a topic, a partition `topic-0`, or what a call does. */
  readonly subject: string
}

/** A broker cannot be connected to, or did not get through the handshake. The client tries again while something needs it, but for a login or a
 * certificate that is refused (`AuthenticationError`, level `error`), and for a function of yours that gives what cannot be used (`ConfigError`, likewise): calls that need the broker fail with it. */
export interface ConnectionFailed extends EventBase {
  /** Tells it apart. */
  readonly type: 'connection.failed'
  /** Attempts that failed in a row, from 1 on. */
  readonly attempts: number
  /** Why it could not be opened. */
  readonly error: Error
}

/** An open connection ended, and not because this client closed it. */
export interface ConnectionLost extends EventBase {
  /** Tells it apart. */
  readonly type: 'connection.lost'
  /** Requests that had no answer: they fail or go again. The level is `info` where there were none. */
  readonly unanswered: number
  /** Why it has ended. */
  readonly error: Error
}

/** A broker that could not be reached, or whose connection was lost, is connected to again. */
export interface ConnectionRestored extends EventBase {
  /** Tells it apart. */
  readonly type: 'connection.restored'
}

/** What proves who the client is goes to a broker unencrypted (PLAIN or OAUTHBEARER without TLS), and not to this machine: whoever is in between can take it. Told once. */
export interface LoginExposed extends EventBase {
  /** Tells it apart. */
  readonly type: 'login.exposed'
  /** How the client logs in. */
  readonly mechanism: string
}

/** A login was to be renewed, and what it takes could not be had. It is tried again while the session holds, and is of no consequence before it ends. */
export interface LoginDelayed extends EventBase {
  /** Tells it apart. */
  readonly type: 'login.delayed'
  /** How long the session holds, in ms. */
  readonly leftMs: number
  /** Why it could not be had. */
  readonly error: Error
}

/** A token could not be renewed. The one before is still good, and goes on in use. */
export interface TokenKept extends EventBase {
  /** Tells it apart. */
  readonly type: 'token.kept'
  /** How long it is good, in ms. */
  readonly leftMs: number
  /** Why it could not be renewed. */
  readonly error: Error
}

/** Files of certificates have changed, and cannot be used. What they were before goes on in use. */
export interface CertificateKept extends EventBase {
  /** Tells it apart. */
  readonly type: 'certificate.kept'
  /** Why they cannot be used. */
  readonly error: Error
}

/** A topic in use is unknown to the cluster, and has been for a second. */
export interface TopicUnknown extends EventBase {
  /** Tells it apart. */
  readonly type: 'topic.unknown'
  /** Name of the topic. */
  readonly topic: string
}

/** A topic in use was there and is no more. */
export interface TopicGone extends EventBase {
  /** Tells it apart. */
  readonly type: 'topic.gone'
  /** Name of the topic. */
  readonly topic: string
}

/** A topic in use was deleted and made anew: the same name, another id, offsets from 0. */
export interface TopicRecreated extends EventBase {
  /** Tells it apart. */
  readonly type: 'topic.recreated'
  /** Name of the topic. */
  readonly topic: string
}

/** A topic in use does not have a partition that is asked for. */
export interface PartitionUnknown extends EventBase {
  /** Tells it apart. */
  readonly type: 'partition.unknown'
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
}

/** Partitions of a topic in use have had no leader for a second: nothing can be written to them or read from them. */
export interface PartitionLeaderless extends EventBase {
  /** Tells it apart. */
  readonly type: 'partition.leaderless'
  /** Name of the topic. */
  readonly topic: string
  /** Numbers of its partitions without a leader. */
  readonly partitions: readonly number[]
}

/** A record could not be read and was passed over, as `onPoison` says. */
export interface RecordPoisoned extends EventBase {
  /** Tells it apart. */
  readonly type: 'record.poisoned'
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** Place of the record in the partition. */
  readonly offset: number
  /** What cannot be read. */
  readonly part: 'key' | 'value' | 'header'
  /** Name of the header, where it is one. */
  readonly header: string | undefined
  /** Records of the partition that this consumer passed over so far. */
  readonly count: number
  /** Why. */
  readonly error: Error
}

/** A batch was not written and goes again. */
export interface BatchRetried extends EventBase {
  /** Tells it apart. */
  readonly type: 'batch.retried'
  /** Name of the topic. */
  readonly topic: string
  /** Number of the partition, from 0 on. */
  readonly partition: number
  /** Times it was sent so far. */
  readonly attempts: number
  /** What the last attempt failed with. */
  readonly error: Error
}

/** A call failed and is tried again. */
export interface CallRetried extends EventBase {
  /** Tells it apart. */
  readonly type: 'call.retried'
  /** What the last attempt failed with. */
  readonly error: Error
}

/** What `onEvent` hears: told apart by `type`. More kinds will come; take an unknown one by its `level` and `message`. */
export type ClientEvent =
  | ConnectionFailed
  | ConnectionLost
  | ConnectionRestored
  | LoginExposed
  | LoginDelayed
  | TokenKept
  | CertificateKept
  | TopicUnknown
  | TopicGone
  | TopicRecreated
  | PartitionUnknown
  | PartitionLeaderless
  | RecordPoisoned
  | BatchRetried
  | CallRetried

export function connectionFailed(address: string, attempts: number, error: Error): ConnectionFailed {
  const isFinal = error instanceof AuthenticationError || error instanceof ConfigError
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

export function loginExposed(address: string, mechanism: string): LoginExposed {
  const what = mechanism === 'PLAIN' ? 'the password' : 'the token'
  const message = `${what} goes to ${address} unencrypted (${mechanism} without TLS): whoever is in between can take it`
  return { type: 'login.exposed', level: 'warn', subject: address, mechanism, message }
}

export function loginDelayed(address: string, leftMs: number, error: Error): LoginDelayed {
  const message = `not logged in to ${address} again yet (${error.message}), trying again; the session holds for ${Math.round(leftMs)} ms`
  return { type: 'login.delayed', level: 'warn', subject: address, leftMs, error, message }
}

/** `source`: where tokens come from. */
export function tokenKept(source: string, leftMs: number, error: Error): TokenKept {
  const message = `${error.message}; the token before is good for ${Math.round(leftMs)} ms`
  return { type: 'token.kept', level: 'warn', subject: source, leftMs, error, message }
}

export function certificateKept(address: string, error: Error): CertificateKept {
  const message = `${error.message}; connecting to ${address} with what was there before`
  return { type: 'certificate.kept', level: 'warn', subject: address, error, message }
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

/** `count`: of the partition, so far. */
export function recordPoisoned(error: DeserializationError, count: number): RecordPoisoned {
  const { topic, partition, offset, part, header, reason } = error
  const subject = `${topic}-${partition}`
  const what = header === undefined ? part : `${part} "${header}"`
  const message = `passed over ${subject} at offset ${offset}, whose ${what} cannot be read (${reason}); ${count} of the partition so far`
  return {
    type: 'record.poisoned',
    level: 'warn',
    subject,
    topic,
    partition,
    offset,
    part,
    header,
    count,
    error,
    message,
  }
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
  const message = `${what}: ${reasonFor(what, error)}; trying again`
  return { type: 'call.retried', level: 'debug', subject: what, error, message }
}

/** A word of the system where there is one (`ECONNREFUSED`), the innermost message otherwise. */
function reasonOf(error: Error): string {
  const { cause } = error
  if (error instanceof KafkaError && cause instanceof Error) return reasonOf(cause)
  const { code } = error as Error & { code?: unknown }
  return error instanceof KafkaError || typeof code !== 'string' ? error.message : code
}
