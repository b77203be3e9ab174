// What is said of acquired records, and how requests say it: runs of offsets with their types. Pure.
import type { SharePartition } from './share-partition.ts'

/**
 * `accept`: processed. `release`: delivered again, to any member. `reject`: never delivered again, for what cannot be processed. `renew`: still being
 * worked on, and held for another lock duration (KIP-1222).
 */
export type AcknowledgeType = 'accept' | 'release' | 'reject' | 'renew'

/** As requests number them. `gap` is an offset without a record, which a broker acquires along with those around it. */
export const typeCodes = { gap: 0, accept: 1, release: 2, reject: 3, renew: 4 } as const

export type AcknowledgeCode = (typeof typeCodes)[keyof typeof typeCodes]
/** What can be said of a record. */
export type RecordCode = (typeof typeCodes)[AcknowledgeType]

export interface AcknowledgementBatch {
  readonly firstOffset: number
  readonly lastOffset: number
  /** One for all, or one for each offset. */
  readonly acknowledgeTypes: AcknowledgeCode[]
}

/** What is to be said of one partition. */
export class PartitionAcknowledgements {
  readonly partition: SharePartition
  /** Of records, by offset. */
  readonly codes = new Map<number, RecordCode>()
  /** Of runs of offsets that no record was read of: gaps, which may be long in a compacted topic, and what is damaged. */
  readonly runs: AcknowledgementBatch[] = []

  constructor(partition: SharePartition) {
    this.partition = partition
  }

  get renews(): boolean {
    for (const code of this.codes.values()) if (code === typeCodes.renew) return true
    return false
  }

  addRun(firstOffset: number, lastOffset: number, code: AcknowledgeCode): void {
    if (firstOffset <= lastOffset) this.runs.push({ firstOffset, lastOffset, acknowledgeTypes: [code] })
  }

  /** In the order of offsets, as brokers want them. */
  toBatches(): AcknowledgementBatch[] {
    return [...runsOf(this.codes), ...this.runs].sort((a, b) => a.firstOffset - b.firstOffset)
  }
}

/** Offsets that follow each other stand in one run. */
function runsOf(codes: ReadonlyMap<number, AcknowledgeCode>): AcknowledgementBatch[] {
  const batches: AcknowledgementBatch[] = []
  let run: AcknowledgeCode[] = []
  let next = -1
  const end = () => {
    if (run.length === 0) return
    const isUniform = run.every(code => code === run[0])
    const acknowledgeTypes = isUniform ? run.slice(0, 1) : run
    batches.push({ firstOffset: next - run.length, lastOffset: next - 1, acknowledgeTypes })
    run = []
  }
  for (const [offset, code] of [...codes].sort(([a], [b]) => a - b)) {
    if (offset !== next) end()
    run.push(code)
    next = offset + 1
  }
  end()
  return batches
}
