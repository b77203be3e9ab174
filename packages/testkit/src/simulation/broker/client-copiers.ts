// Processes that copy a topic by the product's own exactly-once processing: they come, go and die, and each record must count once in the copy.
import { ExactlyOnceProcessor } from '@millrace/client'
import { sleep } from '@millrace/runtime'
import type { SimHost, SimRandom } from '../../sim/index.ts'
import { type FoundRecord, formatPartition } from '../history.ts'
import { formatRecordId } from '../payload.ts'
import { Violation } from '../violation.ts'
import { RawReader } from './raw-reader.ts'
import type { FinalContents, ReadingClients } from './reading-clients.ts'
import { brokerPort, type Run } from './run.ts'
import type { TopicPlan } from './scenario.ts'

/** Virtual time that copiers have, when all faults are over, to copy the rest. */
const catchUpMs = 300_000
const closeWithinMs = 120_000

interface Copier {
  readonly host: SimHost
  readonly processor: ExactlyOnceProcessor
  closing: boolean
}

/** The topic that is made of the first one. */
export function copiesOf(topics: readonly TopicPlan[]): TopicPlan {
  return { name: 'copies', partitions: topics[0]!.partitions }
}

export class ClientCopiers implements ReadingClients {
  readonly #run: Run
  readonly #random: SimRandom
  readonly #source: TopicPlan
  readonly #target: TopicPlan
  readonly #copiers: Copier[] = []
  #reads = 0

  constructor(run: Run) {
    this.#run = run
    this.#random = run.random('copiers')
    this.#source = run.scenario.topics[0]!
    this.#target = copiesOf(run.scenario.topics)
  }

  /** Keeps them at their number until faults end, replacing one now and then. */
  async start(): Promise<void> {
    const { director, scenario } = this.#run
    await this.#run.untilReady(director)
    for (let index = 0; index < scenario.copiers; index++) this.#join(index)
    while (director.clock.monotonic() < scenario.faultsUntilMs) {
      await sleep(director.clock, this.#random.exponential(scenario.faultsUntilMs / 4))
      const index = this.#random.between(0, scenario.copiers - 1)
      if (this.#random.chance(0.5)) this.#kill(this.#copiers[index]!)
      else await this.#close(this.#copiers[index]!)
      this.#join(index)
    }
  }

  /** Waits until the copy is as long as what is committed in the source, then holds the one against the other. */
  async finish({ committed }: FinalContents): Promise<void> {
    const { director } = this.#run
    const sources = [...committed].filter(([{ topic }]) => topic === this.#source.name)
    const deadlineMs = director.clock.monotonic() + catchUpMs
    for (const [{ partition }, records] of sources) {
      let copied = await this.#read(partition)
      while (copied.length < records.length && director.clock.monotonic() < deadlineMs) {
        await sleep(director.clock, 1_000)
        copied = await this.#read(partition)
      }
      this.#compare(partition, records, copied)
    }
    for (const copier of this.#copiers) await this.#close(copier)
    for (const [{ partition }, records] of sources)
      this.#compare(partition, records, await this.#read(partition))
  }

  #compare(partition: number, records: readonly FoundRecord[], copied: readonly FoundRecord[]): void {
    const at = Array.from({ length: Math.max(records.length, copied.length) }).findIndex(
      (_, index) => textOf(records[index]) !== textOf(copied[index]),
    )
    if (at === -1) return
    const name = formatPartition({ topic: this.#target.name, partition })
    throw new Violation(
      'each record counts once in a copy',
      `${name} has ${textOf(copied[at])} where ${textOf(records[at])} was to be copied (record ${at} of ${records.length}, ${copied.length} copied)`,
    )
  }

  async #read(partition: number): Promise<readonly FoundRecord[]> {
    const name = `reader-of-copies-${this.#reads++}`
    const reader = new RawReader(this.#run, name, { topic: this.#target.name, partition }, true)
    return (await reader.readAll()).records
  }

  #join(index: number): void {
    const name = `copier-${index}`
    const host = this.#run.world.spawn(name)
    const { clock, random, network } = host
    const processor = new ExactlyOnceProcessor({
      brokers: [`127.0.0.1:${brokerPort}`],
      groupId: 'copiers',
      topics: this.#source.name,
      // The same id again: who takes it over ends what the process before has left open.
      transactionalId: name,
      transactionIntervalMs: this.#random.pick([20, 100, 1_000]),
      consumer: { sessionTimeoutMs: 10_000, heartbeatIntervalMs: 1_000 },
      producer: { transactionTimeoutMs: this.#random.pick([3_000, 60_000]), batchSize: 8_000 },
      onWarning: error => this.#run.note(`${name} warns: ${error.message}`),
      eachRecord: async ({ partition, value }) => {
        if (this.#random.chance(0.05)) await sleep(clock, this.#random.exponential(100))
        this.#run.count('records copied')
        return { topic: this.#target.name, partition, value }
      },
      clock,
      random,
      network,
    })
    const copier = { host, processor, closing: false }
    this.#copiers[index] = copier
    void this.#run.actor(this.#work(copier, name))
  }

  async #work(copier: Copier, name: string): Promise<void> {
    const outcome = await copier.host.process.outcome(copier.processor.run())
    if (outcome.status !== 'rejected' || copier.closing) return
    throw new Violation('the run comes to its end', `${name} stops copying`, { cause: outcome.reason })
  }

  #kill(copier: Copier): void {
    this.#run.count('copiers killed')
    copier.host.process.kill()
  }

  async #close(copier: Copier): Promise<void> {
    this.#run.count('copiers closed')
    copier.closing = true
    const late = sleep(this.#run.director.clock, closeWithinMs).then(() => 'late' as const)
    const outcome = await Promise.race([copier.host.process.outcome(copier.processor.close()), late])
    copier.host.process.kill()
    if (outcome === 'late' || outcome.status === 'rejected') {
      const cause = outcome === 'late' ? undefined : outcome.reason
      throw new Violation('the run comes to its end', 'a copier does not close', { cause })
    }
  }
}

const textOf = (record: FoundRecord | undefined): string => (record ? formatRecordId(record.id) : 'nothing')
