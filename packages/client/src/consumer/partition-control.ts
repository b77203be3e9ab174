// Where a consumer stands in its partitions, and where and whether it goes on: position, lag, seek, pause and resume.
import type { TopicPartition } from '../cluster/topic-partition.ts'
import { argumentChecks as check, type WaitOptions } from './call-arguments.ts'
import { checkStart } from './check-offset.ts'
import type { ConsumerCore } from './consumer-core.ts'
import type { OffsetTarget, PartitionState } from './partition-state.ts'
import { StateError } from '../errors/index.ts'

/** Where a consumer stands in a partition and how far it has to go, as of the last fetch: nothing is asked of a broker for it. */
export interface PartitionLag extends TopicPartition {
  /** The offset of the next record that will be handed out; undefined while it is looked up. */
  readonly position: number | undefined
  /** The last offset that this consumer committed or started from; undefined where it knows of none. */
  readonly committed: number | undefined
  /** The end of the log: the last stable offset with `read_committed`, else the high watermark. Undefined before the first fetch. */
  readonly endOffset: number | undefined
  /** The first offset that the log still has; undefined before the first fetch, and from brokers that do not tell. */
  readonly logStartOffset: number | undefined
  /** Offsets between `position` and `endOffset` (`records-lag`): records that are not handed out yet, those fetched ahead among them. */
  readonly lag: number | undefined
}

/** How a partition comes to be one that can be spoken of. */
const adviceFor = {
  none: ': subscribe or assign first',
  subscribed:
    ' at present: the hook onAssigned is told of each that is, before any record of it is handed out',
  assigned: ': it has those that assign named last',
} as const

/** What is asked for by a call of the consumer; `place` names its argument, as in `seek: partition`. Throws StateError. */
export class PartitionControl {
  readonly #core: ConsumerCore<unknown, unknown>

  constructor(core: ConsumerCore<unknown, unknown>) {
    this.#core = core
  }

  /** All partitions that the consumer has. */
  all(): TopicPartition[] {
    return [...this.#core.assignment].map(nameOf)
  }

  position(place: string, partition: TopicPartition): number | undefined {
    return this.#own(place, partition).position
  }

  lag(place: string, partition: TopicPartition): number | undefined {
    return this.#lagOf(this.#own(place, partition)).lag
  }

  lags(place: string, partitions: readonly TopicPartition[]): PartitionLag[] {
    return this.#ownAll(place, partitions).map(state => this.#lagOf(state))
  }

  #lagOf(state: PartitionState): PartitionLag {
    const { topic, partition, position, committed, logStartOffset } = state
    const known = (offset: number) => (offset < 0 ? undefined : offset)
    const endOffset = known(state.logEnd(this.#core.options.readCommitted))
    return {
      topic,
      partition,
      position,
      committed: known(committed),
      endOffset,
      logStartOffset: known(logStartOffset),
      lag: position === undefined || endOffset === undefined ? undefined : Math.max(0, endOffset - position),
    }
  }

  async awaitPosition(
    place: string,
    partition: TopicPartition,
    { timeoutMs = this.#core.cluster.options.apiTimeoutMs, signal }: WaitOptions,
  ): Promise<number> {
    return this.#core.positions.find(this.#own(place, partition), timeoutMs, signal)
  }

  seek(place: string, partition: TopicPartition, to: number | OffsetTarget): void {
    const { assignment } = this.#core
    const state = this.#own(place, partition)
    checkStart(state.name, to, ['earliest', 'latest'])
    assignment.start(state, to)
    this.#core.start()
  }

  pause(place: string, partitions: readonly TopicPartition[]): void {
    for (const state of this.#ownAll(place, partitions)) state.paused = true
  }

  resume(place: string, partitions: readonly TopicPartition[]): void {
    const { assignment, handout, fetcher } = this.#core
    for (const state of this.#ownAll(place, partitions)) {
      state.paused = false
      assignment.list(state)
    }
    handout.wake()
    fetcher.wake()
  }

  paused(): TopicPartition[] {
    return [...this.#core.assignment].filter(({ paused }) => paused).map(nameOf)
  }

  #own(place: string, named: TopicPartition): PartitionState {
    check.partition(place, named)
    const { topic, partition } = named
    const state = this.#core.assignment.find(topic, partition)
    if (state) return state
    throw new StateError(
      `${topic}-${partition} is not assigned to this consumer${adviceFor[this.#core.mode]}`,
    )
  }

  /** All are looked at before anything is done to one. */
  #ownAll(place: string, named: readonly TopicPartition[]): PartitionState[] {
    check.partitions(place, named)
    return named.map(partition => this.#own(place, partition))
  }
}

function nameOf({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition }
}
