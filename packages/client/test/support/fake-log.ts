// One partition's log in memory, with Kafka's rules for the sequences of producers.
import { ErrorCode, RecordBatchCursor, readBatchHeader, verifyBatchCrc } from '@millrace/protocol'

/** Kafka tells so many of a producer's last batches from new ones. */
const batchesRemembered = 5

interface Written {
  readonly first: number
  readonly last: number
  readonly baseOffset: number
}

/** A batch that arrived, whatever became of it. */
interface Arrived {
  readonly epoch: number
  readonly sequence: number
  readonly values: readonly string[]
}

const outOfOrder = { errorCode: ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, baseOffset: -1 }
const fenced = { errorCode: ErrorCode.INVALID_PRODUCER_EPOCH, baseOffset: -1 }

export class FakeLog {
  readonly values: string[] = []
  readonly batches: Arrived[] = []
  #epoch = -1
  /** The sequence that comes next; −1 while nothing is known of the producer, which may begin with any then (KIP-360). */
  #next = -1
  #known: Written[] = []

  append(bytes: Buffer): { errorCode: number; baseOffset: number } {
    const header = readBatchHeader(bytes)
    verifyBatchCrc(header)
    const { producerEpoch: epoch, baseSequence: first } = header
    const cursor = new RecordBatchCursor().open(header)
    const values: string[] = []
    while (cursor.next()) values.push(cursor.valueString() ?? '')
    this.batches.push({ epoch, sequence: first, values })
    const baseOffset = this.values.length
    if (first >= 0) {
      const last = first + values.length - 1
      if (epoch < this.#epoch) return fenced
      const known = this.#known.find(batch => batch.first === first && batch.last === last)
      if (known && epoch === this.#epoch) return { errorCode: 0, baseOffset: known.baseOffset }
      const expected = epoch === this.#epoch || this.#next === -1 ? this.#next : 0
      if (expected !== -1 && first !== expected) return outOfOrder
      if (epoch !== this.#epoch) this.#known = []
      this.#epoch = epoch
      this.#next = last + 1
      this.#known = [...this.#known, { first, last, baseOffset }].slice(-batchesRemembered)
    }
    this.values.push(...values)
    return { errorCode: 0, baseOffset }
  }

  /** Loses track of the producer: whatever comes under its epoch does not fit any more. */
  loseTrack(): void {
    this.#next = Number.MAX_SAFE_INTEGER
    this.#known = []
  }
}
