// What handlers throw to say what is to become of a record, and what the framework throws itself.

/** What an error means for the record: another attempt may work, none will, or the record itself cannot be read. */
export type FailureKind = 'retriable' | 'fatal' | 'poison'

/** Another attempt may work: the default for errors that say nothing else. */
export class RetriableError extends Error {
  override readonly name: string = 'RetriableError'
  /** Not before so many ms from now, whatever the backoff says; undefined: as the backoff says. */
  readonly afterMs: number | undefined

  constructor(message: string, options: ErrorOptions & { readonly afterMs?: number } = {}) {
    super(message, options)
    this.afterMs = options.afterMs
  }
}

/** No attempt will work: the record goes to the dead letter topic at once. */
export class FatalError extends Error {
  override readonly name: string = 'FatalError'
}

/** The record cannot be read, or is not what the topic is for: to the dead letter topic at once. */
export class PoisonError extends Error {
  override readonly name: string = 'PoisonError'
}

/** An event whose type the topic does not have: sender and receiver do not agree on what the topic is for. */
export class UnknownEventTypeError extends PoisonError {
  override readonly name: string = 'UnknownEventTypeError'
  /** The type. */
  readonly type: string

  constructor(type: string, known: readonly string[]) {
    super(`there is no event type "${type}"; there are ${known.join(', ')}`)
    this.type = type
  }
}

/** A handler took longer than its `timeoutMs`. Another attempt may work. */
export class HandlerTimeoutError extends RetriableError {
  override readonly name: string = 'HandlerTimeoutError'

  constructor(timeoutMs: number) {
    super(`the handler did not return within ${timeoutMs} ms`)
  }
}

/** One event of a batch that failed. */
export interface BatchFailure {
  /** Its place in the batch, from 0 on. */
  readonly index: number
  /** Why. */
  readonly error: unknown
}

/**
 * Thrown by a handler of batches that knows which of its events failed: the others are done, and only these are tried again or set aside.
 *
 * @example
 * const failures = results.flatMap((result, index) => (result.ok ? [] : [{ index, error: result.error }]))
 * if (failures.length > 0) throw new BatchError(failures)
 */
export class BatchError extends Error {
  override readonly name: string = 'BatchError'
  /** Those that failed. */
  readonly failures: readonly BatchFailure[]

  constructor(failures: readonly BatchFailure[]) {
    super(`${failures.length} events of the batch failed`, { cause: failures[0]?.error })
    this.failures = failures
  }
}
