// A group of the product's own consumers: members come, go and die, and between them they must be given everything.
import { OffsetFetchApi } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import type { SimRandom } from '../../sim/index.ts'
import { DeliveryHistory } from '../delivery-history.ts'
import { type FoundRecord, formatPartition, type PartitionName } from '../history.ts'
import { OffsetHistory } from '../offset-history.ts'
import { RawClient } from '../raw-client.ts'
import { Violation } from '../violation.ts'
import { passes, untilAnswered } from './attempts.ts'
import { ClientMember } from './client-member.ts'
import type { FinalContents, ReadingClients } from './reading-clients.ts'
import { brokerPort, type Run } from './run.ts'

/** Virtual time that a group has, when all faults are over, to rebalance and read the rest. */
const catchUpMs = 300_000

/** Virtual time after which nothing of the faults is left: dead connections, sessions and rebalances have timed out. */
const settleMs = 120_000

const offsetFetchVersion = 7

export class ClientGroup implements ReadingClients {
  readonly name: string
  readonly deliveries: DeliveryHistory
  readonly offsets: OffsetHistory
  readonly #run: Run
  readonly #random: SimRandom
  readonly #members: ClientMember[] = []
  #memberNumber = 0

  constructor(run: Run, name: string) {
    this.#run = run
    this.name = name
    this.deliveries = new DeliveryHistory(name)
    this.offsets = new OffsetHistory(name)
    this.#random = run.random(name)
  }

  /** Keeps the group at about its size until faults end, replacing members now and then. */
  async start(): Promise<void> {
    const { director, scenario } = this.#run
    await this.#run.untilReady(director)
    for (let index = 0; index < scenario.groupMembers; index++) this.#join()
    while (director.clock.monotonic() < scenario.faultsUntilMs) {
      await sleep(director.clock, this.#random.exponential(scenario.faultsUntilMs / 4))
      if (this.#random.chance(0.5)) await this.#replaceOne()
    }
  }

  /** Waits until everything that it reads was given to some member, then closes the members and looks at what they committed. */
  async finish(final: FinalContents): Promise<void> {
    const { director, scenario } = this.#run
    const contents = scenario.groupReadsCommitted ? final.committed : final.contents
    const deadlineMs = director.clock.monotonic() + catchUpMs
    const lacking = () =>
      [...contents].find(([partition, records]) => this.deliveries.distinct(partition).size < records.length)
    while (lacking() && director.clock.monotonic() < deadlineMs) await sleep(director.clock, 250)
    for (const [partition, records] of contents) this.deliveries.checkFinal(partition, records)
    // Connections that died silently are noticed, and members that lost their place take it again.
    await sleep(director.clock, settleMs)
    for (const member of this.#members) await member.close()
    await this.#checkCommitted(contents)
  }

  #join(): void {
    const member = new ClientMember(this.#run, this, `${this.name}-member-${this.#memberNumber++}`)
    this.#members.push(member)
    void this.#run.actor(member.start())
  }

  async #replaceOne(): Promise<void> {
    const [member] = this.#members.splice(this.#random.between(0, this.#members.length - 1), 1)
    if (!member) return
    if (this.#random.chance(0.5)) member.kill()
    else await member.close()
    this.#join()
  }

  /** Commits that were acknowledged are there; members that commit by time have, when closed, committed all they were given. */
  async #checkCommitted(contents: ReadonlyMap<PartitionName, readonly FoundRecord[]>): Promise<void> {
    const host = this.#run.director
    const client = new RawClient(host, `${this.name}-auditor`, () => brokerPort)
    const what = `${this.name} OffsetFetch`
    for (const [partition, records] of contents) {
      const topics = [{ name: partition.topic, partitionIndexes: [partition.partition] }]
      const answer = await untilAnswered(host, what, async () => {
        const response = await client.request(
          OffsetFetchApi,
          { groupId: this.name, topics },
          offsetFetchVersion,
        )
        return passes(response.errorCode, what) ? response : undefined
      })
      const committed = answer.topics[0]?.partitions[0]?.committedOffset ?? -1
      this.offsets.seen(partition, committed, this.offsets.floor(partition))
      const last = records.at(-1)
      // Behind the last record there may be markers, and records of transactions that were aborted.
      if (last && !this.#run.scenario.groupCommitsExplicitly && committed <= last.offset) {
        const detail = `${formatPartition(partition)} has a record at ${last.offset}, and ${this.name} has ${committed} committed`
        throw new Violation('committed offsets never go back', `after orderly closing ${detail}`)
      }
    }
    client.close()
  }
}
