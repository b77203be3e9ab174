// Defects of the product that are planted one at a time, from outside and for the life of a worker process: a simulation that does not find
// them proves nothing. Nothing of this is in what is shipped.
import { AbortedFile, PendingVerifications, ProducerSnapshots, ProducerStates } from '@millrace/log/internal'

export interface PlantedBug {
  readonly name: string
  /** What is broken, in a sentence. */
  readonly what: string
  /** The suite that has to find it. */
  readonly suite: 'log' | 'broker'
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

export const plantedBugs: readonly PlantedBug[] = [
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
]
