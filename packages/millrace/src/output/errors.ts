// Errors of the command line and the exit code of each class of failure.

/** Exit codes by class; stable, so that scripts can tell failures apart. */
export const ExitCode = {
  ok: 0,
  /** Something failed that has no class of its own. */
  failure: 1,
  /** The command line or an input is wrong. */
  usage: 2,
  /** Not allowed: authentication or authorization. */
  denied: 3,
  /** The topic, group or partition does not exist. */
  notFound: 4,
  /** No broker answered in time. */
  unreachable: 5,
  /** It exists already, or its state forbids the change. */
  conflict: 6,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

/** A failure that is told to the user as one line plus advice, without a stack. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
  readonly exitCode: ExitCode
  /** What the user can do about it. */
  readonly advice: string | undefined

  constructor(message: string, exitCode: ExitCode, advice?: string) {
    super(message)
    this.exitCode = exitCode
    this.advice = advice
  }
}

/** The command line or an input is wrong. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError'

  constructor(message: string, advice?: string) {
    super(message, ExitCode.usage, advice)
  }
}
