// What a relay needs of an outbox, whichever database it is in.
import type { SqlRunner } from '../sql/runner.ts'
import type { LeaseTable } from './lease-table.ts'
import type { OutboxTable } from './outbox-table.ts'

export interface OutboxSource extends SqlRunner {
  readonly table: OutboxTable
  readonly leases: LeaseTable
  /**
   * Calls `wake` when something may have been committed, until `signal` aborts; tells of what fails, and goes on. Undefined where the database tells nobody: then it is looked at from time to time.
   */
  readonly listen:
    | ((wake: () => void, onRetried: (error: unknown) => void, signal: AbortSignal) => Promise<void>)
    | undefined
}
