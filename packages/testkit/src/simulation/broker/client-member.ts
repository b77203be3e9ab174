// One member of a consumer group: the product's consumer in a process of its own.
import { Consumer, type ConsumerRecord, KafkaError } from '@millrace/client'
import { sleep } from '@millrace/runtime'
import type { SimHost, SimRandom } from '../../sim/index.ts'
import type { Session } from '../delivery-history.ts'
import { formatPartition, type PartitionName } from '../history.ts'
import { decodePayload } from '../payload.ts'
import { Violation } from '../violation.ts'
import type { ClientGroup } from './client-group.ts'
import { brokerPort, type Run } from './run.ts'

const closeWithinMs = 120_000

export class ClientMember {
  readonly name: string
  readonly #run: Run
  readonly #group: ClientGroup
  readonly #host: SimHost
  readonly #random: SimRandom
  readonly #consumer: Consumer
  readonly #explicit: boolean
  /** Possessions of now, by partition. */
  readonly #sessions = new Map<string, Session>()
  #closing = false

  constructor(run: Run, group: ClientGroup, name: string) {
    this.name = name
    this.#run = run
    this.#group = group
    this.#host = run.world.spawn(name)
    this.#random = run.random(name)
    this.#explicit = run.scenario.groupCommitsExplicitly
    this.#consumer = new Consumer({
      brokers: [`127.0.0.1:${brokerPort}`],
      clientId: name,
      groupId: group.name,
      assignors: [run.scenario.assignor],
      autoOffsetReset: 'earliest',
      isolationLevel: run.scenario.groupReadsCommitted ? 'read_committed' : 'read_uncommitted',
      autoCommit: !this.#explicit,
      autoCommitIntervalMs: 1_000,
      sessionTimeoutMs: 10_000,
      heartbeatIntervalMs: 1_000,
      maxPollIntervalMs: 60_000,
      partitionFetchMaxBytes: this.#random.pick([100, 10_000, 1_000_000]),
      onWarning: error => run.note(`${name} warns: ${error.message}`),
      clock: this.#host.clock,
      random: this.#host.random,
      network: this.#host.network,
    })
  }

  /** Consumes until closed or killed. */
  async start(): Promise<void> {
    this.#consumer.subscribe(
      this.#run.scenario.topics.map(topic => topic.name),
      {
        onAssigned: partitions => this.#assigned(partitions),
        onRevoked: partitions => this.#revoked(partitions),
        onLost: partitions => this.#revoked(partitions),
      },
    )
    const outcome = await this.#host.process.outcome(this.#consume())
    if (outcome.status !== 'rejected' || this.#closing) return
    const { reason } = outcome
    if (reason instanceof Violation) throw reason
    throw new Violation('consumers see every record', `${this.name} stops consuming`, { cause: reason })
  }

  kill(): void {
    this.#closing = true
    this.#run.count('members killed')
    this.#host.process.kill()
  }

  async close(): Promise<void> {
    this.#closing = true
    this.#run.count('members closed')
    const late = sleep(this.#run.director.clock, closeWithinMs).then(() => 'late' as const)
    const closed = this.#host.process.outcome(this.#consumer.close())
    const outcome = await Promise.race([closed, late])
    this.#host.process.kill()
    if (outcome === 'late') {
      throw new Violation(
        'the run comes to its end',
        `${this.name} does not close within ${closeWithinMs} ms`,
      )
    }
    if (outcome.status === 'rejected') {
      throw new Violation('the run comes to its end', `${this.name} fails to close`, {
        cause: outcome.reason,
      })
    }
  }

  #assigned(partitions: readonly PartitionName[]): void {
    this.#run.note(`${this.name} is assigned ${partitions.map(formatPartition).join()}`)
    for (const { topic, partition } of partitions) {
      const name = { topic, partition }
      this.#sessions.set(formatPartition(name), this.#group.deliveries.open(this.name, name))
    }
  }

  async #revoked(partitions: readonly PartitionName[]): Promise<void> {
    this.#run.note(`${this.name} gives up ${partitions.map(formatPartition).join()}`)
    this.#run.count('partitions revoked', partitions.length)
    for (const partition of partitions) this.#sessions.delete(formatPartition(partition))
  }

  async #consume(): Promise<void> {
    if (this.#random.chance(0.5)) {
      for await (const batch of this.#consumer.batches()) {
        for (const record of batch) {
          if (!batch.isCurrent) break
          this.#take(record)
        }
        await this.#afterWork(batch, batch.endOffset)
      }
      return
    }
    for await (const record of this.#consumer) {
      this.#take(record)
      if (this.#random.chance(0.2)) await this.#afterWork(record, record.offset + 1)
    }
  }

  #take({ topic, partition, offset, value }: ConsumerRecord): void {
    const name = { topic, partition }
    const session = this.#sessions.get(formatPartition(name))
    if (!session) {
      const detail = `${this.name} is given ${formatPartition(name)} offset ${offset} without having the partition`
      throw new Violation('consumers see every record', detail)
    }
    const id = decodePayload(value)
    this.#run.records.seen(name, offset, id, this.name)
    if (id && this.#run.scenario.groupReadsCommitted) this.#run.transactions.seen(name, id, this.name)
    this.#group.deliveries.delivered(session, offset)
    this.#run.count('records consumed by groups')
  }

  async #afterWork({ topic, partition }: PartitionName, nextOffset: number): Promise<void> {
    if (this.#random.chance(0.3)) await sleep(this.#host.clock, this.#random.exponential(200))
    if (!this.#explicit || !this.#sessions.has(formatPartition({ topic, partition }))) return
    const name = { topic, partition }
    this.#group.offsets.sent(name, nextOffset)
    const offset = this.#run.mutation === 'commit-ahead' ? nextOffset + 3 : nextOffset
    try {
      await this.#consumer.commit([{ topic, partition, offset }])
    } catch (error) {
      // The group went on without us, or the broker was away for too long: what was not committed comes again, to somebody.
      if (!(error instanceof KafkaError)) throw error
      this.#run.note(`${this.name} cannot commit ${formatPartition(name)} ${nextOffset}: ${error.message}`)
      return
    }
    // The client repeats commits by itself; where answers can get lost, a copy may still be under way.
    this.#group.offsets.acknowledged(name, nextOffset, !this.#run.scenario.reliableNetwork)
    this.#run.count('group commits acknowledged')
  }
}
