// An error that a client is told by its Kafka code.
import { errorByCode } from '@millrace/protocol/base'

/** Thrown inside a handler for one part of a request: becomes that part's error code and message. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** Number of the error in the table of the protocol: an error code of Kafka's. */
  readonly code: number

  /** The table's own text when no message is given. */
  constructor(code: number, message?: string) {
    const { stackTraceLimit } = Error
    // It is an answer, and one request can cause a hundred thousand: to note where each was made takes longer than the rest.
    Error.stackTraceLimit = 0
    super(message ?? errorByCode(code).message)
    Error.stackTraceLimit = stackTraceLimit
    this.code = code
  }
}

/** What `pending` resolves to, or what `otherwise` makes of the `ApiError` it rejects with. Other errors pass. */
export async function orApiError<T>(pending: Promise<T>, otherwise: (error: ApiError) => T): Promise<T> {
  try {
    return await pending
  } catch (error) {
    if (error instanceof ApiError) return otherwise(error)
    throw error
  }
}
