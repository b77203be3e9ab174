// What a seed decides about a run of the broker simulation, drawn before anything runs.
import type { AssignorName } from '@millrace/client'
import type { StorageLimits } from '@millrace/log'
import { type NetworkProfile, SimRandom } from '../../sim/index.ts'

export interface TopicPlan {
  readonly name: string
  readonly partitions: number
}

/** How often each fault strikes: mean virtual milliseconds between two, Infinity for never. */
interface FaultPlan {
  readonly killMeanMs: number
  readonly powerLossMeanMs: number
  readonly crashInWriteMeanMs: number
  readonly cleanRestartMeanMs: number
  readonly connectionResetMeanMs: number
  readonly stallMeanMs: number
  readonly fullDiskMeanMs: number
  readonly slowDiskMeanMs: number
}

export interface Scenario {
  readonly seed: number
  readonly topics: readonly TopicPlan[]
  /** `never` acknowledges after the write: such a run has no losses of power. */
  readonly fsync: 'group' | 'never'
  /** Small enough to be reached: journals, retirements, checkpoints, few open files. */
  readonly storageLimits: Partial<StorageLimits>
  readonly segmentBytes: number
  readonly rawProducers: number
  readonly idempotentProducers: number
  readonly plainProducers: number
  readonly transactionalProducers: number
  /** Transactional producers of the product, too. */
  readonly transactors: number
  /** Processes that copy the first topic exactly once. */
  readonly copiers: number
  /** Level of `transaction.version`. */
  readonly transactionVersion: 1 | 2
  /** Members are given what is committed only. */
  readonly groupReadsCommitted: boolean
  readonly groupMembers: number
  readonly assignor: AssignorName
  /** Members commit by hand instead of by time. */
  readonly groupCommitsExplicitly: boolean
  /** No request is ever sent twice on account of the network: connections break only with the broker. */
  readonly reliableNetwork: boolean
  readonly committers: number
  readonly churnsTopics: boolean
  /** Records of each producer. */
  readonly recordsPerProducer: number
  readonly valueBytesMax: number
  /** Faults strike until then; afterwards everything may finish in peace. */
  readonly faultsUntilMs: number
  readonly faults: FaultPlan
  readonly network: NetworkProfile
}

/** Every kind of fault is absent from about half of the seeds, so that each is also seen alone. */
export function drawScenario(seed: number): Scenario {
  const random = new SimRandom(seed).fork('scenario')
  const clients = new SimRandom(seed).fork('scenario of clients')
  const fsync = random.chance(0.15) ? 'never' : 'group'
  const faultsUntilMs = random.between(5_000, 40_000)
  const gap = (probability: number) =>
    random.chance(probability) ? (faultsUntilMs / 6) * (0.3 + random.float() * 2) : Number.POSITIVE_INFINITY
  const topics = Array.from({ length: random.between(1, 3) }, (_, index) => ({
    name: `topic-${index}`,
    partitions: random.between(1, 4),
  }))
  const powerLossMeanMs = gap(0.6)
  const silentDeathChance = random.pick([0, 0.2])
  const connectionResetMeanMs = gap(0.6)
  const stallMeanMs = gap(0.4)
  return {
    seed,
    topics,
    fsync,
    storageLimits: {
      directFilesMax: random.pick([0, 1, 2, 8]),
      directFilesUnsyncedMax: random.pick([0, 2, 8]),
      journalMaxBytes: random.pick([3_000, 50_000, 1_000_000]),
      journalIdleMs: random.pick([50, 1_000]),
      recoveryBytesMax: random.pick([2_000, 50_000, 1_000_000]),
      openFilesMax: random.pick([10, 100]),
      tailMaxBytes: 200_000,
      reserveBytes: 20_000,
    },
    segmentBytes: random.pick([12_000, 64_000, 1_000_000]),
    rawProducers: random.between(1, 2),
    idempotentProducers: random.between(0, 2),
    plainProducers: random.between(0, 1),
    transactionalProducers: random.pick([0, 1, 2]),
    transactors: clients.pick([0, 1, 2]),
    copiers: clients.pick([0, 0, 1, 2]),
    transactionVersion: clients.pick([1, 2, 2]),
    groupReadsCommitted: random.chance(0.5),
    groupMembers: random.between(0, 3),
    assignor: random.pick(['range', 'roundrobin', 'sticky', 'cooperative-sticky']),
    groupCommitsExplicitly: random.chance(0.5),
    reliableNetwork:
      silentDeathChance === 0 && !Number.isFinite(Math.min(connectionResetMeanMs, stallMeanMs)),
    committers: random.between(0, 1),
    churnsTopics: random.chance(0.5),
    recordsPerProducer: random.between(20, 200),
    valueBytesMax: random.pick([20, 200, 2_000]),
    faultsUntilMs,
    faults: {
      killMeanMs: gap(0.5),
      powerLossMeanMs: fsync === 'never' ? Number.POSITIVE_INFINITY : powerLossMeanMs,
      crashInWriteMeanMs: gap(0.6),
      cleanRestartMeanMs: gap(0.3),
      connectionResetMeanMs,
      stallMeanMs,
      fullDiskMeanMs: gap(0.25),
      slowDiskMeanMs: gap(0.3),
    },
    network: {
      latencyMinMs: 0.05,
      latencyMeanMs: random.pick([0.1, 1, 10]),
      segmentBytesMax: random.pick([100, 1_500, 65_536]),
      silentDeathChance,
      silenceMaxMs: 20_000,
    },
  }
}
