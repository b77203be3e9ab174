// What became of several things that one command line names: each is told, and one that failed hides no other.
import type { Outcome } from '@millrace/client'
import type { ClusterOptions, Context } from '../context.ts'
import { CommandError } from '../output/errors.ts'
import { describeFailure, exitCodeOf } from '../output/failure.ts'
import type { Column } from '../output/table.ts'
import { printJson, printRows, type Terminal } from '../output/terminal.ts'

/** What was to be done with a thing, and its fields for the table. */
type ReportedOutcome = Outcome & { readonly result: string }

/**
 * Prints a row for each outcome: its fields, with `result` "failed" and the message of the error where there is one. Throws when any has failed, with
 * the exit code of the first; the only one, and not as JSON, is its own error.
 */
export async function reportOutcomes<T extends ReportedOutcome>(
  outcomes: readonly T[],
  noun: string,
  columns: readonly Column<T>[],
  { json = false }: ClusterOptions,
  { terminal }: Context,
): Promise<void> {
  const failed = outcomes.filter(({ error }) => error)
  const [only] = outcomes
  if (only?.error && outcomes.length === 1 && !json) throw only.error
  if (json) {
    const rows = outcomes.map(outcome => ({
      ...outcome,
      result: outcome.error ? 'failed' : outcome.result,
      error: outcome.error?.message ?? null,
    }))
    await printJson(terminal, rows)
  } else {
    const result: Column<T> = {
      title: 'RESULT',
      value: ({ error, result: done }) => error?.message ?? done,
      isAlarming: ({ error }) => error !== undefined,
    }
    await printRows(terminal, outcomes, [...columns, result], false)
  }
  if (failed.length === 0) return
  const { exitCode, advice } = describeFailure(failed[0]!.error)
  throw new CommandError(`${failed.length} of ${outcomes.length} ${noun}s failed`, exitCode, advice)
}

interface Each<T> {
  readonly names: readonly string[]
  /** What a name is of, and the field of it in JSON. */
  readonly field: string
  readonly read: (name: string) => Promise<T>
  readonly show: (thing: T) => string
  readonly isJson: boolean
  readonly terminal: Terminal
  readonly signal: AbortSignal
}

/**
 * Reads and prints several things. Of one that cannot be read the reason stands on standard error (in JSON as `error` beside its name), the others are
 * printed, and it is thrown in the end, with the exit code of the first.
 */
export async function printEach<T>(each: Each<T>): Promise<void> {
  const { names, field, read, show, isJson, terminal, signal } = each
  const things: T[] = []
  const entries: unknown[] = []
  const failures: unknown[] = []
  for (const name of names) {
    try {
      const thing = await read(name)
      things.push(thing)
      entries.push(thing)
    } catch (error) {
      signal.throwIfAborted()
      failures.push(error)
      entries.push({ [field]: name, error: describeFailure(error).message })
    }
  }
  // Nothing but one failure is that failure.
  if (names.length === 1 && failures.length === 1) throw failures[0]
  if (isJson) await printJson(terminal, entries)
  else if (things.length > 0) await terminal.write(`${things.map(show).join('\n\n')}\n`)
  if (failures.length === 0) return
  const messages = failures.map(error => describeFailure(error).message)
  throw new CommandError(
    `${failures.length} of ${names.length} ${field}s failed`,
    exitCodeOf(failures[0]),
    messages.join('\n'),
  )
}
