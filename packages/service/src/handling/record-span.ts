// Records of a batch that nothing sets apart: tracked as one until something becomes of one of them that does not become of all. Most batches never are anything else.
import type { ConsumerRecord } from '@millrace/client'
import type { TrackedSpan } from '../concurrency/completion-tracker.ts'

export class RecordSpan implements TrackedSpan {
  readonly offset: number
  isDone = false
  turn = 0
  count = 1
  /** As of a delivery that nobody handles yet. */
  readonly state = 'new'
  /** The first one. */
  readonly record: ConsumerRecord

  constructor(first: ConsumerRecord) {
    this.offset = first.offset
    this.record = first
  }

  /** Nothing of it is claimed: what somebody remembers is looked at by itself. */
  release(): void {}
}
