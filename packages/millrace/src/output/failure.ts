// Turns whatever was thrown into one line, advice and an exit code.
import { CommandError, ExitCode } from './errors.ts'

export interface Failure {
  readonly message: string
  readonly advice: string | undefined
  readonly exitCode: ExitCode
}

interface Coded {
  readonly code?: unknown
  readonly message: string
  readonly cause?: unknown
}

/** By the `code` of client errors (Kafka's error names and the client's own) and of Node's system errors. */
const classes: readonly (readonly [
  exitCode: ExitCode,
  advice: string | undefined,
  codes: readonly string[],
])[] = [
  [
    ExitCode.unreachable,
    'is a broker running there? "millrace up" starts one; --brokers, --context or MILLRACE_BROKERS says where it is',
    [
      'CONNECT_FAILED',
      'CONNECTION_CLOSED',
      'REQUEST_TIMEOUT',
      'OPERATION_TIMEOUT',
      'DELIVERY_TIMEOUT',
      'ECONNREFUSED',
      'ECONNRESET',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ENOTFOUND',
      'EAI_AGAIN',
      'ETIMEDOUT',
    ],
  ],
  [
    ExitCode.unreachable,
    'others of the cluster answer; "millrace cluster" shows which brokers there are',
    ['BROKER_NOT_AVAILABLE'],
  ],
  [
    ExitCode.denied,
    undefined,
    [
      'AUTHENTICATION_FAILED',
      'TOPIC_AUTHORIZATION_FAILED',
      'GROUP_AUTHORIZATION_FAILED',
      'CLUSTER_AUTHORIZATION_FAILED',
      'SASL_AUTHENTICATION_FAILED',
    ],
  ],
  [
    ExitCode.notFound,
    undefined,
    [
      'UNKNOWN_TOPIC_OR_PARTITION',
      'UNKNOWN_TOPIC_ID',
      'GROUP_ID_NOT_FOUND',
      'RESOURCE_NOT_FOUND',
      'NO_OFFSET',
      'LETTER_NOT_FOUND',
    ],
  ],
  [ExitCode.conflict, 'with --if-not-exists a topic that is there is no failure', ['TOPIC_ALREADY_EXISTS']],
  [
    ExitCode.conflict,
    undefined,
    [
      'NON_EMPTY_GROUP',
      'GROUP_SUBSCRIBED_TO_TOPIC',
      'REBALANCE_IN_PROGRESS',
      'UNKNOWN_MEMBER_ID',
      'EADDRINUSE',
      'DIRECTORY_LOCKED',
      'LETTER_DONE',
      'PROGRESS_FULL',
      'REDRIVE_FENCED',
    ],
  ],
  [
    ExitCode.usage,
    undefined,
    [
      'CONFIG_INVALID',
      'INVALID_CONFIG',
      'INVALID_PARTITIONS',
      'INVALID_REPLICATION_FACTOR',
      'INVALID_TOPIC_EXCEPTION',
      'INVALID_REQUEST',
      'UNACCEPTABLE_CREDENTIAL',
      'OFFSET_OUT_OF_RANGE',
      'RECORD_TOO_LARGE',
      'MESSAGE_TOO_LARGE',
    ],
  ],
]

function codeOf(error: unknown): string | undefined {
  const { code, cause } = (error ?? {}) as Coded
  if (typeof code !== 'string') return undefined
  // What a retry gave up on says more than that it gave up.
  const gaveUp = code === 'OPERATION_TIMEOUT' || code === 'DELIVERY_TIMEOUT'
  return (gaveUp ? codeOf(cause) : undefined) ?? code
}

/** The class of an error by its code; `failure` for one that has none. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.exitCode
  const code = codeOf(error)
  return classes.find(([, , codes]) => code !== undefined && codes.includes(code))?.[0] ?? ExitCode.failure
}

export function describeFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof CommandError) return { message, advice: error.advice, exitCode: error.exitCode }
  const code = codeOf(error)
  const known = classes.find(([, , codes]) => code !== undefined && codes.includes(code))
  // An error without a code is a defect of ours: its stack is what a report needs.
  if (code === undefined && error instanceof Error && !isConfigError(error)) {
    return {
      message,
      advice: error.stack?.split('\n').slice(1).join('\n  ').trim(),
      exitCode: ExitCode.failure,
    }
  }
  return {
    message,
    advice: known?.[1],
    exitCode: isConfigError(error) ? ExitCode.usage : (known?.[0] ?? ExitCode.failure),
  }
}

/** The broker's and the client's errors about settings, told by their name: they come from two packages. */
function isConfigError(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConfigError'
}
