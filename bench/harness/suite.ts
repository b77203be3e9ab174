// What every suite is given, and what it gives back.
import type { ResultTable } from './report.ts'

export interface SuiteOptions {
  /** Rounds of each measurement, the sides in turn; medians are reported. */
  readonly rounds: number
  /** A run of seconds that shows that everything works; its numbers say little. */
  readonly smoke: boolean
}

export interface Suite {
  readonly name: string
  /** One line: the question it answers. */
  readonly question: string
  run(options: SuiteOptions): Promise<ResultTable[]>
}
