// How the calls of an event store end other than as they should.
import { KafkaError } from '@millrace/client'

/** What an append expects of its stream: a version, any, or that there is one. */
export type ExpectedVersion = number | 'any' | 'existing'

/** Code `CONCURRENCY_CONFLICT`: the stream is not at the version that was expected, and nothing was appended. Load it, decide anew. Retriable in that sense. */
export class ConcurrencyError extends KafkaError {
  override readonly name = 'ConcurrencyError'
  /** The stream. */
  readonly stream: string
  /** What was expected. */
  readonly expectedVersion: ExpectedVersion
  /** The version that it is at. */
  readonly actualVersion: number

  /** @internal Made by `EventStore.append`. */
  constructor(stream: string, expectedVersion: ExpectedVersion, actualVersion: number) {
    const at = actualVersion === 0 ? 'does not exist' : `is at version ${actualVersion}`
    const wanted =
      expectedVersion === 0
        ? 'not to exist'
        : expectedVersion === 'existing'
          ? 'to exist'
          : `to be at version ${expectedVersion}`
    super('CONCURRENCY_CONFLICT', `stream "${stream}" ${at}, and was expected ${wanted}`, { retriable: true })
    this.stream = stream
    this.expectedVersion = expectedVersion
    this.actualVersion = actualVersion
  }
}

/** Code `APPEND_TIMEOUT`: the append had no outcome in time. `isInDoubt` says whether it may have been written all the same: load the stream to know. */
export class AppendTimeoutError extends KafkaError {
  override readonly name = 'AppendTimeoutError'
  /** Whether it may be written, or be written yet. */
  readonly isInDoubt: boolean

  /** @internal Made by `EventStore.append`. */
  constructor(stream: string, timeoutMs: number, isInDoubt: boolean, cause: unknown) {
    const what = isInDoubt ? 'it may have been written, or may be yet' : 'nothing of it was written'
    super('APPEND_TIMEOUT', `appending to stream "${stream}" took longer than ${timeoutMs} ms: ${what}`, {
      retriable: !isInDoubt,
      ...(cause !== undefined && { cause }),
    })
    this.isInDoubt = isInDoubt
  }
}

/** Code `STREAM_TRUNCATED`: events of the stream that were asked for are not in the log any more: its retention ends. A snapshot behind them would do. */
export class StreamTruncatedError extends KafkaError {
  override readonly name = 'StreamTruncatedError'
  /** The stream. */
  readonly stream: string
  /** The first version that is missing. */
  readonly version: number

  /** @internal Made by `EventStore.load`. */
  constructor(stream: string, version: number, topic: string) {
    super(
      'STREAM_TRUNCATED',
      `stream "${stream}" lacks version ${version}: "${topic}" has lost it; an event topic needs retention.ms=-1, retention.bytes=-1 and no compaction`,
    )
    this.stream = stream
    this.version = version
  }
}

/** Code `STORE_BUSY`: more appends wait than the options allow. Retriable. */
export class StoreBusyError extends KafkaError {
  override readonly name = 'StoreBusyError'

  /** @internal Made by `EventStore.append`. */
  constructor(message: string) {
    super('STORE_BUSY', message, { retriable: true })
  }
}
