// Runs one seed of one suite, with the alarms armed, and says what came of it.
import { formatTraceLine, StalledError, Trace, TripwireError, withTripwires } from '../sim/index.ts'
import type { Mutation, RunFigures, Suite } from './suite.ts'
import { Violation } from './violation.ts'

interface SeedFailure {
  /** The guarantee that was broken, or the kind of error. */
  readonly check: string
  readonly message: string
  readonly stack: string
  readonly lastEvents: readonly string[]
}

export interface SeedResult {
  readonly suite: string
  readonly seed: number
  /** Trace hash: equal for equal code and seed. */
  readonly hash: string
  readonly lines: number
  readonly figures: RunFigures
  readonly failure?: SeedFailure
}

export interface RunSeedOptions {
  readonly mutation?: Mutation
  /** Prints each event as it happens. */
  readonly print?: (line: string) => void
  /** Events shown with a failure. Default 60. */
  readonly lastEvents?: number
}

export async function runSeed(suite: Suite, seed: number, options: RunSeedOptions = {}): Promise<SeedResult> {
  const { mutation, print } = options
  const trace = new Trace({
    keepLines: options.lastEvents ?? 60,
    ...(print ? { onLine: line => print(formatTraceLine(line)) } : {}),
  })
  const result = (figures: RunFigures, failure?: SeedFailure): SeedResult => ({
    suite: suite.name,
    seed,
    hash: trace.hash,
    lines: trace.count,
    figures,
    ...(failure ? { failure } : {}),
  })
  const unheard: unknown[] = []
  const hear = (reason: unknown) => {
    if (!isOfTheDead(reason)) unheard.push(reason)
  }
  process.on('unhandledRejection', hear)
  process.on('uncaughtException', hear)
  try {
    const run = () => suite.run({ seed, trace, ...(mutation ? { mutation } : {}) })
    const figures = await withTripwires(run)
    if (unheard.length > 0) throw unheard[0]
    return result(figures)
  } catch (error) {
    // What nobody caught came first, and is why the rest went wrong.
    return result({}, describeFailure(unheard.length > 0 ? asViolation(unheard[0]) : error, trace))
  } finally {
    process.off('unhandledRejection', hear)
    process.off('uncaughtException', hear)
  }
}

/** An actor of the simulation may tell of a broken guarantee where nobody listens. */
function asViolation(cause: unknown): Violation {
  if (cause instanceof Violation) return cause
  return new Violation('no process dies of an exception', describe(cause), { cause })
}

/** Code of a process that was killed may end in any way: nobody is there to see it. */
function isOfTheDead(reason: unknown): boolean {
  for (let error = reason; error instanceof Error; error = error.cause)
    if (error.name === 'KilledError') return true
  return false
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

function describeFailure(error: unknown, trace: Trace): SeedFailure {
  const causes: string[] = []
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    causes.push(cause.stack ?? describe(cause))
  return {
    check: checkOf(error),
    message: describe(error),
    stack: causes.join('\ncaused by ') || String(error),
    lastEvents: trace.last().map(formatTraceLine),
  }
}

function checkOf(error: unknown): string {
  if (error instanceof Violation) return error.guarantee
  if (error instanceof StalledError) return 'the run comes to its end'
  if (error instanceof TripwireError) return 'same seed, same run'
  return 'the simulation itself works'
}
