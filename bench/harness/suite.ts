// What every suite is given, and what it gives back.
import type { ResultTable } from './report.ts'

export interface SuiteOptions {
  /** Rounds of each measurement, the sides in turn; medians are reported. */
  readonly rounds: number
  /** A run of seconds that shows that everything works; its numbers say little. */
  readonly smoke: boolean
  /** Whether a table of this title is to be measured; suites of one table measure it always. */
  readonly wanted: (title: string) => boolean
  /** Takes each table as soon as it is there, so that a run which is ended keeps what it has measured. */
  readonly keep: (table: ResultTable) => void
}

export interface Suite {
  readonly name: string
  /** One line: the question it answers. */
  readonly question: string
  /** It asks `wanted` before each table, and gives each to `keep`: a part of it can be run. */
  readonly parts?: boolean
  run(options: SuiteOptions): Promise<ResultTable[]>
}
