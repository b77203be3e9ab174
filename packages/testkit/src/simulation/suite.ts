// What can be simulated: suites that turn a seed into a run.
import type { Trace } from '../sim/index.ts'

/** Deliberate defects. A simulation that does not find them proves nothing: tests switch them on and expect a violation. */
export const mutations = [
  /** `datasync` says done and did nothing. */
  'datasync-lies',
  /** `datasync` answers before the data is safe. */
  'datasync-early',
  /** The broker answers without waiting for its commit. */
  'acknowledge-early',
  /** A producer that claims idempotence sends unanswered batches again as if they were new. */
  'resend-as-new',
  /** A member commits offsets of records it has not been given yet. */
  'commit-ahead',
  /** A byte changes on the platter while nobody looks. */
  'bit-flip',
] as const

/** Of the list, or a planted bug. */
export type Mutation = (typeof mutations)[number] | (string & {})

export interface SuiteOptions {
  readonly seed: number
  readonly trace: Trace
  readonly mutation?: Mutation
}

/** What a run did: figures for the report. */
export type RunFigures = Readonly<Record<string, number>>

export interface Suite {
  readonly name: string
  /** Resolves when every check held; throws a `Violation` otherwise. */
  run(options: SuiteOptions): Promise<RunFigures>
}
