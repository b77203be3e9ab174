// Defects of the product that are planted one at a time, from outside and for the life of a worker process: a simulation that does not find
// them proves nothing. Nothing of this is in what is shipped.
import { TransactionMarkers } from '@millrace/broker/internal'
import { Producer } from '@millrace/client'
import { PartitionLog, type ReadResult } from '@millrace/log'
import { AbortedFile, PendingVerifications, ProducerSnapshots, ProducerStates } from '@millrace/log/internal'
import { patchSource } from './patched-source.ts'

export interface PlantedBug {
  readonly name: string
  /** What is broken, in a sentence. */
  readonly what: string
  /** The suite that has to find it. */
  readonly suite: 'log' | 'compaction' | 'broker'
  readonly plant: () => void
}

/** Replaces a method; the one in its place is given the old one to call. */
function replace<T extends object, Name extends keyof T>(
  owner: T,
  name: Name,
  make: (original: T[Name]) => T[Name],
): void {
  owner[name] = make(owner[name])
}

const logBugs: readonly PlantedBug[] = [
  {
    name: 'stable-past-open',
    what: 'the last stable offset passes open transactions',
    suite: 'log',
    plant: () => replace(ProducerStates.prototype, 'firstUnstableOffset', () => () => undefined),
  },
  {
    name: 'stable-before-durable',
    what: 'a transaction counts as decided as soon as its marker is appended, durable or not',
    suite: 'log',
    plant: () =>
      replace(ProducerStates.prototype, 'firstUnstableOffset', original => {
        return function (this: ProducerStates) {
          return original.call(this, Number.POSITIVE_INFINITY)
        }
      }),
  },
  {
    name: 'aborted-index-forgotten',
    what: 'aborted transactions are not noted in their index',
    suite: 'log',
    plant: () => replace(AbortedFile.prototype, 'add', () => () => {}),
  },
  {
    name: 'aborted-index-not-stored',
    what: 'the aborted index is in memory only, and gone after a restart',
    suite: 'log',
    plant: () => {
      replace(AbortedFile.prototype, 'store', () => () => {})
      Object.defineProperty(AbortedFile.prototype, 'stored', { get: () => true })
    },
  },
  {
    name: 'aborted-index-not-cut',
    what: 'recovery leaves entries of transactions that were lost, or notes them twice',
    suite: 'log',
    plant: () => replace(AbortedFile.prototype, 'cut', () => () => {}),
  },
  {
    name: 'old-marker-accepted',
    what: 'a marker of an older epoch, or of an older coordinator, ends a transaction',
    suite: 'log',
    plant: () =>
      replace(ProducerStates.prototype, 'check', original => {
        return function (this: ProducerStates, ...[buffer, at, options]) {
          if (options.client) original.call(this, buffer, at, options)
        }
      }),
  },
  {
    name: 'unverified-accepted',
    what: 'whoever writes a transactional batch begins a transaction',
    suite: 'log',
    plant: () =>
      replace(ProducerStates.prototype, 'check', original => {
        return function (this: ProducerStates, ...[buffer, at, options]) {
          original.call(this, buffer, at, { ...options, verification: 'off' })
        }
      }),
  },
  {
    name: 'verification-outlives-marker',
    what: 'what was verified before the marker opens a transaction after it',
    suite: 'log',
    plant: () => replace(PendingVerifications.prototype, 'end', () => () => {}),
  },
  {
    name: 'snapshot-without-transactions',
    what: 'producer snapshots forget which transactions are open',
    suite: 'log',
    plant: () =>
      replace(ProducerStates.prototype, 'snapshot', original => {
        return function (this: ProducerStates) {
          const open = [...this.entries()].map(entry => [entry, entry.currentTxnFirstOffset] as const)
          for (const [entry] of open) entry.currentTxnFirstOffset = -1
          const bytes = original.call(this)
          for (const [entry, firstOffset] of open) entry.currentTxnFirstOffset = firstOffset
          return bytes
        }
      }),
  },
  {
    name: 'retention-forgets-producers',
    what: 'what is known of producers goes with the segments that retention takes',
    suite: 'log',
    plant: () =>
      replace(ProducerSnapshots.prototype, 'rebuild', original => {
        return function (this: ProducerSnapshots, ...[offset, snapshotMax, onCompleted]) {
          this.remove(() => true)
          return original.call(this, offset, snapshotMax, onCompleted)
        }
      }),
  },
  {
    name: 'tombstones-dropped-early',
    what: 'tombstones go with what they delete, and who has not read on to them never hears of it',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'cleaner/batch-filter.ts',
        text: 'return horizonMs === undefined || now < horizonMs',
        instead: 'return horizonMs !== undefined && now < horizonMs',
      }),
  },
  {
    name: 'cleaned-past-stable',
    what: 'what is not decided yet is cleaned',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'cleaner/cleanable.ts',
        text: 'Math.min(lastStableOffset, segments.at(-1)!.baseOffset)',
        instead: 'segments.at(-1)!.baseOffset',
      }),
  },
  {
    name: 'aborted-supersede',
    what: 'records that were aborted supersede others of their key',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'cleaner/key-scan.ts',
        text: 'if (!header.isControl) return this.#transactions.onBatch(fields)',
        instead: 'if (!header.isControl) return this.#transactions.onBatch(fields) && false',
      }),
  },
  {
    name: 'aborted-kept',
    what: 'records that were aborted are not taken out, and their index is',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'cleaner/batch-filter.ts',
        text: ': this.#rules.transactions.onBatch(fieldsOf(header))',
        instead: ': this.#rules.transactions.onBatch(fieldsOf(header)) && false',
      }),
  },
  {
    name: 'older-kept',
    what: 'of two records with one key the older one is kept',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'cleaner/offset-map.ts',
        text: '    table[at + 5] = (offset + 1) | 0',
        instead: '    table[at + 5] ||= (offset + 1) | 0',
      }),
  },
  {
    name: 'lag-ignored',
    what: 'records are cleaned that are younger than min.compaction.lag.ms',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'cleaner/cleanable.ts',
        text: 'if (minCompactionLagMs > 0)',
        instead: 'if (minCompactionLagMs < 0)',
      }),
  },
  {
    name: 'cleaned-beyond-map',
    what: 'what did not fit into the map of keys counts as cleaned',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'cleaner/log-cleaning.ts',
        text: 'return cleanedOffset\n',
        instead: 'return endOffset\n',
      }),
  },
  {
    name: 'cleaned-before-durable',
    what: 'segments are cleaned that are not in their files, or not durable',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'cleaner/log-cleaning.ts',
        text: 'await this.#prepare(endOffset)',
        instead: '',
      }),
  },
  {
    name: 'swapped-without-sync',
    what: 'cleaned segments take the place of others before they are durable',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'cleaner/cleaned-segment.ts',
        text: '      this.#file.datasync(),\n',
        instead: '',
      }),
  },
  {
    name: 'swap-not-durable',
    what: 'old segments are removed before it is durable that new ones are to take their place',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'partition/segment-replacement.ts',
        text: '  await disk.syncDirectory(log.directory)\n}\n\n/** Removes',
        instead: '}\n\n/** Removes',
      }),
  },
  {
    name: 'swap-unmarked',
    what: 'nothing says that old segments may come back',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'partition/segment-replacement.ts',
        text: 'if (suffix !== segmentSuffixes.timeIndex) disk.rename',
        instead: 'if (disk.stat(`${path}${swapSuffix}`)) disk.rename',
      }),
  },
  {
    name: 'tail-kept',
    what: 'batches of before are read from memory when others have taken their place',
    suite: 'compaction',
    plant: () =>
      patchSource({
        path: 'partition/segment-replacement.ts',
        text: 'log.tail.dropFiled(segment.nextOffset)',
        instead: '',
      }),
  },
]

const brokerBugs: readonly PlantedBug[] = [
  {
    name: 'marker-skipped',
    what: 'of the partitions of a transaction the last one gets no marker',
    suite: 'broker',
    plant: () =>
      replace(TransactionMarkers.prototype, 'write', original => {
        return async function (this: TransactionMarkers, ...[end, partitions]) {
          const errors = await original.call(this, end, partitions.slice(0, -1))
          return [...errors, 0]
        }
      }),
  },
  {
    name: 'marker-turned',
    what: 'a transaction that its producer aborts is committed',
    suite: 'broker',
    plant: () =>
      replace(TransactionMarkers.prototype, 'write', original => {
        return function (this: TransactionMarkers, ...[end, partitions]) {
          return original.call(this, { ...end, committed: true }, partitions)
        }
      }),
  },
  {
    name: 'uncommitted-shown',
    what: 'readers of committed data are given all that is durable',
    suite: 'broker',
    plant: () =>
      void Object.defineProperty(PartitionLog.prototype, 'lastStableOffset', {
        get(this: PartitionLog) {
          return this.highWatermark
        },
      }),
  },
  {
    name: 'aborted-not-named',
    what: 'fetches do not say which transactions were aborted',
    suite: 'broker',
    plant: () =>
      replace(PartitionLog.prototype, 'read', original => {
        const unnamed = (result: ReadResult): ReadResult => ({ ...result, abortedTransactions: [] })
        return function (this: PartitionLog, ...[offset, maxBytes, options]) {
          const result = original.call(this, offset, maxBytes, options)
          return result instanceof Promise ? result.then(unnamed) : unnamed(result)
        }
      }),
  },
]

const clientBugs: readonly PlantedBug[] = [
  {
    name: 'abort-turned',
    what: 'a transaction that the client is to abort is committed',
    suite: 'broker',
    plant: () =>
      replace(Producer.prototype, 'abortTransaction', () => {
        return function (this: Producer, options) {
          return this.commitTransaction(options)
        }
      }),
  },
  {
    name: 'offsets-apart',
    what: 'the client leaves offsets out of its transactions',
    suite: 'broker',
    plant: () => replace(Producer.prototype, 'sendOffsets', () => () => Promise.resolve()),
  },
]

export const plantedBugs: readonly PlantedBug[] = [...logBugs, ...brokerBugs, ...clientBugs]
