// What a seed decides about a run of the compaction simulation.
import { defaultCleanerSettings, type CleanerSettings, type LogConfig, defaultLogConfig } from '@millrace/log'
import { type CompressionName, codecs } from '@millrace/protocol'
import { SimRandom } from '../../sim/index.ts'
import { drawLogScenario, type LogScenario } from '../log/log-scenario.ts'

/** Longest time for which a log rests that could not be cleaned. */
export const restMaxMs = 600_000

export interface CompactionScenario {
  readonly fsync: LogScenario['fsync']
  readonly limits: LogScenario['limits']
  readonly partitions: number
  readonly steps: number
  /** Different keys of a partition, the first ones more often. */
  readonly keys: number
  readonly codec: CompressionName
  readonly config: LogConfig
  readonly cleaner: CleanerSettings
  /** Chances of each event at a step. */
  readonly chances: {
    readonly kill: number
    readonly powerLoss: number
    readonly crashInClean: number
    readonly cleanRestart: number
    readonly fullDisk: number
    readonly failedSync: number
    readonly clean: number
    readonly retention: number
    readonly deleteRecords: number
    readonly transaction: number
    readonly tombstone: number
  }
}

export function drawCompactionScenario(seed: number): CompactionScenario {
  const random = new SimRandom(seed).fork('compaction scenario')
  const { limits } = drawLogScenario(seed)
  const fsync = random.chance(0.2) ? 'never' : 'group'
  const now = (probability: number, chance: number) => (random.chance(probability) ? chance : 0)
  return {
    fsync,
    limits,
    partitions: random.pick([1, 1, 2, 5]),
    steps: random.between(50, 300),
    keys: random.pick([2, 5, 20]),
    // Small batches: larger compressed ones would be unpacked on threads that no seed decides about.
    codec: random.pick(Object.keys(codecs) as CompressionName[]),
    config: {
      ...defaultLogConfig,
      cleanupCompact: true,
      cleanupDelete: random.chance(0.3),
      segmentBytes: random.pick([400, 1_500, 6_000]),
      indexIntervalBytes: random.pick([100, 1_000]),
      minCleanableDirtyRatio: random.pick([0, 0, 0.3]),
      minCompactionLagMs: random.pick([0, 0, 300]),
      maxCompactionLagMs: random.pick([Number.POSITIVE_INFINITY, 500]),
      deleteRetentionMs: random.pick([0, 500, 3_600_000]),
      retentionMs: -1,
      fileDeleteDelayMs: random.pick([0, 1_000]),
    },
    cleaner: {
      ...defaultCleanerSettings,
      dedupeBufferBytes: random.pick([24 * 6, 24 * 30, 1_000_000]),
      ioMaxBytesPerSecond: random.pick([Number.POSITIVE_INFINITY, 100_000]),
      // By itself in between, or only when it is asked for.
      backoffMs: random.pick([20, restMaxMs]),
    },
    chances: {
      kill: now(0.5, 0.01),
      // Without syncs a loss of power takes what it likes: the log simulation looks at that.
      powerLoss: fsync === 'group' ? now(0.7, 0.015) : 0,
      crashInClean: now(0.8, 0.4),
      cleanRestart: now(0.4, 0.01),
      fullDisk: now(0.3, 0.01),
      failedSync: fsync === 'group' ? now(0.3, 0.01) : 0,
      clean: random.pick([0.05, 0.15]),
      retention: now(0.4, 0.02),
      deleteRecords: now(0.4, 0.02),
      transaction: now(0.7, random.pick([0.2, 0.6])),
      tombstone: random.pick([0, 0.1, 0.3]),
    },
  }
}
