// The partitions that a member has: taken over with what the group has committed, given up with what is done.
import type { CommittedOffset, Consumer, RebalanceHooks, TopicPartition } from '@millrace/client'
import { type Clock, type Random, sleep } from '@millrace/runtime'
import { decodeOffsetMap } from '../concurrency/offset-map.ts'
import { exponential } from '../failure/backoff.ts'
import type { EventDoor } from '../observe/event-door.ts'
import type { ServiceMetrics } from '../observe/metrics.ts'
import type { Ledger } from './ledger.ts'
import { PartitionWork, type Restored } from './partition-work.ts'
import type { Station } from './station.ts'

export interface AssignmentsOptions {
  readonly service: string
  readonly group: string
  readonly consumer: Consumer
  readonly ledger: Ledger
  readonly clock: Clock
  readonly random: Random
  readonly events: EventDoor
  readonly metrics: ServiceMetrics
  readonly stations: ReadonlyMap<string, Station>
  readonly revokeTimeoutMs: number
  readonly metadataMaxChars: number
  readonly onAdded: () => void
  /** What was fetched of it is no more. */
  readonly onDropped: (work: PartitionWork) => void
}

/** How long partitions that go wait for their last commit, in ms. */
const commitWaitMs = 5_000
const lookUpBackoff = exponential({ initialMs: 100, maxMs: 5_000 })

export class Assignments {
  readonly #options: AssignmentsOptions
  readonly #works = new Map<string, PartitionWork>()
  /** Whether the group has said what is ours. */
  hasJoined = false

  constructor(options: AssignmentsOptions) {
    this.#options = options
  }

  get works(): Iterable<PartitionWork> {
    return this.#works.values()
  }

  find({ topic, partition }: TopicPartition): PartitionWork | undefined {
    return this.#works.get(keyOf(topic, partition))
  }

  readonly hooks: RebalanceHooks = {
    onAssigned: async partitions => {
      this.#tell('partitions.assigned', partitions)
      await this.#restore(partitions)
      this.hasJoined = true
    },
    onRevoked: async partitions => {
      const works = this.#of(partitions)
      await this.finish(works, this.#options.revokeTimeoutMs)
      this.#tell('partitions.revoked', partitions)
    },
    onLost: partitions => {
      this.#abandon(this.#of(partitions), new Error('the group has given the partition to another member'))
      this.#tell('partitions.lost', partitions)
    },
  }

  #of(partitions: readonly TopicPartition[]): PartitionWork[] {
    return partitions.flatMap(partition => this.find(partition) ?? [])
  }

  /** Takes partitions over, with what is done behind the committed offsets. */
  async #restore(partitions: readonly TopicPartition[]): Promise<void> {
    if (partitions.length === 0) return
    const committed = await this.#committed(partitions)
    for (const [index, partition] of partitions.entries()) this.#add(partition, committed[index])
    this.#options.onAdded()
  }

  #add({ topic, partition }: TopicPartition, committed: CommittedOffset | undefined): PartitionWork {
    const { group, stations, metrics, metadataMaxChars } = this.#options
    const work = new PartitionWork(
      { topic, partition, group },
      metrics.consumed.cell({ topic, partition, consumer_group: group }),
      stations.get(topic)!.handler,
      committed && this.#read(topic, partition, committed),
      metadataMaxChars,
    )
    this.#works.set(keyOf(topic, partition), work)
    return work
  }

  #read(topic: string, partition: number, { offset, metadata }: CommittedOffset): Restored {
    const { events, service, group } = this.#options
    const decoded = decodeOffsetMap(offset, metadata)
    if ('problem' in decoded && events.active) {
      const { problem } = decoded
      const subject = `${topic}-${partition}`
      const message = `the metadata of ${subject}, offset ${offset}, of group "${group}" is ${problem}: what is done behind it is not known, and comes again`
      events.emit({
        type: 'metadata.ignored',
        level: 'warn',
        subject,
        service,
        group,
        topic,
        partition,
        problem,
        message,
      })
    }
    return { offset, ranges: decoded.ranges }
  }

  /** What the group has committed; nothing, when that cannot be found out in time: then more comes again. */
  async #committed(partitions: readonly TopicPartition[]): Promise<readonly (CommittedOffset | undefined)[]> {
    const { consumer, clock, random } = this.#options
    for (let failures = 1; failures <= 3; failures++) {
      try {
        return await consumer.committed(partitions)
      } catch (error) {
        this.#retried('looking up committed offsets', error)
        await sleep(clock, lookUpBackoff(failures, random))
      }
    }
    return []
  }

  /** The same partition anew: the client goes on elsewhere in it. */
  renew(work: PartitionWork): PartitionWork {
    this.#abandon([work], new Error('the consumer had to go on elsewhere in the partition'))
    return this.#add(work, undefined)
  }

  /**
   * Waits until what runs of these partitions is done, for so long at most, commits, and gives up the rest. Resolves with whether the commit was answered: brokers that say nothing hold nobody up, and
   * what is not committed comes again, at whoever has it then.
   */
  async finish(works: readonly PartitionWork[], timeoutMs: number): Promise<boolean> {
    const { clock, stations, ledger } = this.#options
    for (const work of works) {
      work.isClosing = true
      stations.get(work.topic)!.dropWaiting(work)
    }
    const waits = works.map(work => stations.get(work.topic)!.idle(work))
    const timer = new AbortController()
    await Promise.race([Promise.all(waits), sleep(clock, timeoutMs, timer.signal).catch(() => {})])
    timer.abort()
    const patience = new AbortController()
    const isAnswered = await Promise.race([
      works.length === 0 || ledger.commit(works).then(() => true),
      sleep(clock, commitWaitMs, patience.signal).then(
        () => false,
        () => false,
      ),
    ])
    patience.abort()
    this.#abandon(works, new Error('the partition was given up before the handler returned'))
    return isAnswered
  }

  #abandon(works: readonly PartitionWork[], reason: Error): void {
    const { stations, onDropped, events, service, group } = this.#options
    let count = 0
    for (const work of works) {
      if (work.isGone) continue
      onDropped(work)
      count += stations.get(work.topic)!.drop(work, reason)
      work.abandon(reason)
      if (this.find(work) === work) this.#works.delete(keyOf(work.topic, work.partition))
    }
    if (count === 0 || !events.active) return
    const message = `${count} records were being handled when their partitions went: they come again, at whoever has them now`
    events.emit({ type: 'records.abandoned', level: 'warn', subject: group, service, group, count, message })
  }

  /** Back to what is committed. */
  async reload(reason: Error): Promise<void> {
    const works = [...this.#works.values()]
    const committed = await this.#committed(works)
    this.#abandon(works, reason)
    const { consumer } = this.#options
    const assigned = new Set(consumer.assignment.map(({ topic, partition }) => keyOf(topic, partition)))
    for (const [index, { topic, partition, startOffset }] of works.entries()) {
      // A rebalance may have come in between: its hooks have seen to it.
      if (!assigned.has(keyOf(topic, partition)) || this.find({ topic, partition })) continue
      this.#add({ topic, partition }, committed[index])
      const offset = committed[index]?.offset ?? startOffset
      if (offset !== undefined) consumer.seek({ topic, partition }, offset)
      consumer.resume([{ topic, partition }])
    }
  }

  #tell(
    type: 'partitions.assigned' | 'partitions.revoked' | 'partitions.lost',
    partitions: readonly TopicPartition[],
  ): void {
    const { events, metrics, service, group } = this.#options
    const what = type.slice('partitions.'.length)
    if (partitions.length > 0) metrics.rebalances.add({ consumer_group: group, what })
    if (!events.active || partitions.length === 0) return
    const names = partitions.slice(0, 10).map(({ topic, partition }) => `${topic}-${partition}`)
    const message = `${what}: ${names.join(', ')}${partitions.length > 10 ? `, and ${partitions.length - 10} more` : ''}`
    const level = type === 'partitions.lost' ? 'warn' : 'info'
    events.emit({ type, level, subject: group, service, group, partitions, message })
  }

  #retried(what: string, error: unknown): void {
    const { events, service, group } = this.#options
    if (!events.active) return
    const message = `${what} failed (${(error as Error).message}); trying again`
    events.emit({ type: 'work.retried', level: 'warn', subject: group, service, error, message })
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}-${partition}`
}
