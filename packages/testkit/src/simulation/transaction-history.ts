// What transactional producers asked for and were told, and what readers of committed data saw of it.
import { type FoundRecord, formatPartition, type PartitionName } from './history.ts'
import { formatRecordId, type RecordId } from './payload.ts'
import { Violation } from './violation.ts'

const guarantee = 'readers of committed data see what is decided, and of that what is committed'

/** `uncertain`: it was to be committed, and no answer says whether it was. */
export type Outcome = 'open' | 'committed' | 'aborted' | 'uncertain'

export interface Transaction {
  /** Whose it is, and which of them. */
  readonly name: string
  /** From now on readers may see it. */
  commitAsked: boolean
  outcome: Outcome
  /** Records by partition; of an aborted one perhaps not all were stored. */
  readonly records: { readonly partition: PartitionName; readonly id: RecordId }[]
}

const keyOf = (partition: PartitionName, id: RecordId): string =>
  `${formatPartition(partition)} ${formatRecordId(id)}`

export class TransactionHistory {
  readonly #all: Transaction[] = []
  readonly #byRecord = new Map<string, Transaction>()

  begin(name: string): Transaction {
    const transaction: Transaction = { name, commitAsked: false, outcome: 'open', records: [] }
    this.#all.push(transaction)
    return transaction
  }

  sent(transaction: Transaction, partition: PartitionName, id: RecordId): void {
    transaction.records.push({ partition, id })
    this.#byRecord.set(keyOf(partition, id), transaction)
  }

  /** A reader of committed data got this record. */
  seen(partition: PartitionName, id: RecordId, reader: string): void {
    const transaction = this.#byRecord.get(keyOf(partition, id))
    if (!transaction) return
    const { name, commitAsked, outcome } = transaction
    if (commitAsked && outcome !== 'aborted') return
    const fate = outcome === 'open' ? 'open' : outcome
    throw new Violation(guarantee, `${reader} got ${keyOf(partition, id)} of ${name}, which is ${fate}`)
  }

  /** Holds what readers of committed data find in the end against all that was promised: each transaction is there as a whole, or not at all. */
  checkFinal(contents: ReadonlyMap<PartitionName, readonly FoundRecord[]>): void {
    const found = new Set<string>()
    for (const [partition, records] of contents) for (const { id } of records) found.add(keyOf(partition, id))
    for (const { name, outcome, records } of this.#all) {
      const missing = records.filter(({ partition, id }) => !found.has(keyOf(partition, id)))
      const gone = missing[0]
      const there = records.length - missing.length
      if (outcome === 'committed' && gone) {
        const what = `${keyOf(gone.partition, gone.id)} of ${name} was committed and is not there`
        throw new Violation('acknowledged records are kept', what)
      }
      if (outcome === 'uncertain' && gone && there > 0) {
        throw new Violation(guarantee, `${there} of ${records.length} records of ${name} are there`)
      }
      if (outcome === 'aborted' && there > 0)
        throw new Violation(guarantee, `${there} records of ${name} are there, which was aborted`)
    }
  }
}
