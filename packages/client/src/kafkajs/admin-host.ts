// What the operations of an admin client stand on, and the checks that several of them make, in KafkaJS's words.
import type { Admin as MillraceAdmin } from '../admin/admin.ts'
import type { Outcome } from '../admin/outcome.ts'
import { BrokerError } from '../errors/index.ts'
import { asText } from './as-text.ts'
import { KafkaJSNonRetriableError, KafkaJSProtocolError } from './errors.ts'
import { toKafkaJSError } from './protocol-errors.ts'
import { exhausted, isRetriable, RetryTimes, type RetrySettings } from './retry.ts'
import type { Settings } from './settings.ts'
import type { Logger } from './types/config.ts'

export interface AdminHost {
  readonly settings: Settings
  readonly retry: RetrySettings
  readonly logger: Logger
  /** Our admin client, connected. Throws KafkaJSError. */
  open(): Promise<MillraceAdmin>
}

/** Does something with our admin client. Throws KafkaJSError: what was tried again in vain as KafkaJSNumberOfRetriesExceeded, and what a broker said as it is. */
export function ask<T>(host: AdminHost, work: (admin: MillraceAdmin) => Promise<T>): Promise<T> {
  // Where none could be asked, our client has tried again for as long as that is worth it.
  return asked(host, work, error => !(error instanceof KafkaJSProtocolError))
}

/** The same for what KafkaJS tries again whatever a broker says: a topic that it does not know may come. */
export function askOften<T>(host: AdminHost, work: (admin: MillraceAdmin) => Promise<T>): Promise<T> {
  return asked(host, work, () => true)
}

async function asked<T>(
  host: AdminHost,
  work: (admin: MillraceAdmin) => Promise<T>,
  isTriedAgain: (error: Error) => boolean,
): Promise<T> {
  const admin = await host.open()
  try {
    return await work(admin)
  } catch (caught) {
    const error = toKafkaJSError(caught)
    throw error === caught || !isTriedAgain(error) ? error : givenUp(host, error)
  }
}

/** What was tried again in vain. */
export function givenUp(host: AdminHost, error: Error): Error {
  return isRetriable(error) ? exhausted(error, new RetryTimes(host.retry, host.settings.random)) : error
}

/** Throws the first error among outcomes, as KafkaJS does. */
export function throwFirst(outcomes: readonly Outcome[]): void {
  for (const { error } of outcomes) if (error) throw error
}

/** Throws KafkaJSNonRetriableError for a list of topics that is none, or that names one twice. `what`: "topics". */
export function checkTopicList(what: string, topics: readonly { readonly topic: string }[]): void {
  if (!topics || !Array.isArray(topics))
    throw new KafkaJSNonRetriableError(`Invalid ${what} array ${asText(topics)}`)
  if (topics.some(({ topic }) => typeof topic !== 'string'))
    throw new KafkaJSNonRetriableError(`Invalid ${what} array, the topic names have to be a valid string`)
  if (new Set(topics.map(({ topic }) => topic)).size < topics.length)
    throw new KafkaJSNonRetriableError(
      `Invalid ${what} array, it cannot have multiple entries for the same topic`,
    )
}

/** Throws KafkaJSNonRetriableError for what is no name of a topic. */
export function checkTopic(topic: string): void {
  if (!topic || typeof topic !== 'string') throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`)
}

/** What brokers say of one thing. */
export interface Answer {
  readonly errorCode: number
  readonly errorMessage: string | null
}

export const codesOf = (answers: readonly Answer[]): number[] => answers.map(({ errorCode }) => errorCode)

/** Throws a BrokerError for the first that was refused. */
export function throwFirstCode(answers: readonly Answer[], what: string): void {
  for (const { errorCode, errorMessage } of answers)
    if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
}
