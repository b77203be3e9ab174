// How long a consuming command waits for a broker: `--timeout`, kept.
import { CommandError, ExitCode } from '../output/errors.ts'
import type { Session } from './connect.ts'

/**
 * For a command that ends by itself nothing may come for so long at most; one that follows waits for records without end, and for brokers as
 * long as the command line says, if it does.
 */
export function stallLimit(session: Session, hasEnd: boolean): (waitedMs: number) => Error | undefined {
  const { timeoutMs, isTimeoutGiven } = session.target
  return waitedMs => {
    const lateMs = hasEnd ? waitedMs : isTimeoutGiven ? session.watch.silentMs() : 0
    if (lateMs < timeoutMs) return undefined
    const problem = session.watch.problem ?? 'nothing came'
    return new CommandError(
      `${problem}; gave up after ${timeoutMs / 1000} s (--timeout)`,
      ExitCode.unreachable,
      'what was printed is what came until then; --timeout says how long to wait',
    )
  }
}
