// What a seed decides about a run of the log simulation.
import { SimRandom } from '../../sim/index.ts'

export interface LogScenario {
  readonly fsync: 'group' | 'never'
  readonly partitions: number
  readonly steps: number
  readonly segmentBytes: number
  readonly indexIntervalBytes: number
  readonly valueBytesMax: number
  /** Limits of the storage, small enough to be reached. */
  readonly limits: {
    readonly tailMaxBytes: number
    readonly pendingMaxBytes: number
    readonly journalMaxBytes: number
    readonly journalIdleMs: number
    readonly directFilesMax: number
    readonly directFilesUnsyncedMax: number
    readonly recoveryBytesMax: number
    readonly openFilesMax: number
    readonly indexCacheMaxBytes: number
    readonly reserveBytes: number
  }
  /** Chances of each event at a step. */
  readonly chances: {
    readonly kill: number
    readonly powerLoss: number
    readonly crashInWrite: number
    readonly cleanRestart: number
    readonly fullDisk: number
    readonly failedSync: number
    readonly deletePartition: number
    readonly deleteRecords: number
    readonly retention: number
    /** That a batch is a transactional one, or a marker. */
    readonly transaction: number
    /** After each clean stop, before the next start. */
    readonly powerLossAfterStop: number
  }
}

export function drawLogScenario(seed: number): LogScenario {
  const random = new SimRandom(seed).fork('log scenario')
  const fsync = random.chance(0.2) ? 'never' : 'group'
  const now = (probability: number, chance: number) => (random.chance(probability) ? chance : 0)
  return {
    fsync,
    partitions: random.pick([1, 3, 12, 30]),
    steps: random.between(50, 500),
    segmentBytes: random.pick([6_000, 20_000, 1_000_000]),
    indexIntervalBytes: random.pick([100, 1_000, 4_096]),
    valueBytesMax: random.pick([10, 100, 1_000]),
    limits: {
      tailMaxBytes: random.pick([2_000, 40_000, 1_000_000]),
      pendingMaxBytes: random.pick([500, 10_000, 1_000_000]),
      journalMaxBytes: random.pick([2_000, 30_000, 1_000_000]),
      journalIdleMs: random.pick([10, 1_000]),
      directFilesMax: random.pick([0, 1, 3, 8]),
      directFilesUnsyncedMax: random.pick([0, 1, 3, 8]),
      recoveryBytesMax: random.pick([1_000, 30_000, 1_000_000]),
      openFilesMax: random.pick([8, 40, 1_000]),
      indexCacheMaxBytes: random.pick([200, 100_000]),
      reserveBytes: 20_000,
    },
    chances: {
      kill: now(0.5, 0.01),
      powerLoss: now(0.7, 0.015),
      crashInWrite: now(0.6, 0.02),
      cleanRestart: now(0.4, 0.01),
      fullDisk: now(0.3, 0.01),
      failedSync: fsync === 'group' ? now(0.3, 0.01) : 0,
      deletePartition: now(0.4, 0.01),
      deleteRecords: now(0.4, 0.02),
      retention: now(0.5, 0.03),
      transaction: now(0.7, random.pick([0.2, 0.7])),
      powerLossAfterStop: now(0.7, 0.5),
    },
  }
}
