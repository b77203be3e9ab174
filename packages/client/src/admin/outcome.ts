// How operations on several things report: each thing has its own outcome, so that one that fails hides none of the others.
import { ErrorCode } from '@millrace/protocol'
import {
  BrokerError,
  ConnectionError,
  KafkaError,
  OperationTimeoutError,
  ProtocolError,
  RequestTimeoutError,
} from '../errors/index.ts'

/** What became of one thing of several. */
export interface Outcome {
  /** Why it was not done: a BrokerError with the broker's code, or why its broker could not be asked. Undefined when it was done. */
  readonly error: KafkaError | undefined
}

/** The error of one item, or undefined for code 0. */
export function outcomeError(
  errorCode: number,
  what: string,
  message?: string | null,
): BrokerError | undefined {
  return errorCode === ErrorCode.NONE ? undefined : new BrokerError(errorCode, what, message)
}

/**
 * Throws the first error among the outcomes, and returns them when there is none: for callers who want all or an exception.
 *
 * @example
 * throwFirst(await admin.createTopics([{ name: 'orders', partitions: 3 }]))
 */
export function throwFirst<O extends Outcome>(outcomes: readonly O[]): readonly O[] {
  for (const { error } of outcomes) if (error) throw error
  return outcomes
}

/**
 * Runs a call for each entry, all at once. An entry whose call fails gets what `failed` makes of it. Throws what concerns more than the
 * entry, and the first error when no broker has said anything about any of them.
 */
export async function settleEach<T, R>(
  entries: readonly T[],
  run: (entry: T) => Promise<R>,
  failed: (entry: T, error: KafkaError) => R,
): Promise<R[]> {
  const settled = await Promise.allSettled(entries.map(run))
  const errors = settled.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []))
  const foreign = errors.find(error => !concernsOneEntry(error))
  if (foreign !== undefined) throw foreign
  const isUnheard = errors.length === entries.length && !errors.some(error => error instanceof BrokerError)
  if (errors.length > 0 && isUnheard) throw errors[0]
  return settled.map((result, index) =>
    result.status === 'fulfilled' ? result.value : failed(entries[index]!, result.reason as KafkaError),
  )
}

/** Whether an error says something of the thing that was asked for, or of the one broker that knows it. Closing or aborting does not. */
export function concernsOneEntry(error: unknown): error is KafkaError {
  return (
    error instanceof BrokerError ||
    error instanceof ConnectionError ||
    error instanceof RequestTimeoutError ||
    error instanceof OperationTimeoutError ||
    error instanceof ProtocolError
  )
}
