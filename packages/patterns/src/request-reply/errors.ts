// How requests end without the replies that they wanted.
import { KafkaError } from '@millrace/client'

/** Code `REPLY_ERROR`: the replier failed, and says how. Retriable if it says so. */
export class ReplyError extends KafkaError {
  override readonly name = 'ReplyError'
  /** Name of the error's class where it was thrown. */
  readonly errorClass: string
  /** Its code there; undefined where it has none. */
  readonly replierCode: string | undefined

  /** @internal Made of what a reply says. */
  constructor(
    message: string,
    failure: { errorClass: string; code: string | undefined; retriable: boolean },
  ) {
    super('REPLY_ERROR', message, { retriable: failure.retriable })
    this.errorClass = failure.errorClass
    this.replierCode = failure.code
  }
}

/** Code `REPLY_TIMEOUT`: not all the replies that were wanted came in time. The request may have been handled. Retriable. */
export class ReplyTimeoutError extends KafkaError {
  override readonly name = 'ReplyTimeoutError'
  /** What came until then. */
  readonly replies: readonly unknown[]

  /** @internal Made by requests. */
  constructor(message: string, replies: readonly unknown[]) {
    super('REPLY_TIMEOUT', message, { retriable: true })
    this.replies = replies
  }
}

/** Code `TOO_MANY_REQUESTS`: as many requests are pending, and as many wait for a place, as the options allow. Retriable. */
export class TooManyRequestsError extends KafkaError {
  override readonly name = 'TooManyRequestsError'

  /** @internal Made by requests. */
  constructor(message: string) {
    super('TOO_MANY_REQUESTS', message, { retriable: true })
  }
}
