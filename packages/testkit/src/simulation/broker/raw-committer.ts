// A group without members that commits growing offsets by hand and asks for them again.
import { OffsetCommitApi, OffsetFetchApi } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import type { SimHost, SimRandom } from '../../sim/index.ts'
import { OffsetHistory } from '../offset-history.ts'
import { RawClient } from '../raw-client.ts'
import { Violation } from '../violation.ts'
import { passes, untilAnswered } from './attempts.ts'
import { brokerPort, type Run } from './run.ts'

const commitVersion = 8
const fetchVersion = 7

export class RawCommitter {
  readonly #run: Run
  readonly #host: SimHost
  readonly #group: string
  readonly #client: RawClient
  readonly #random: SimRandom
  readonly #offsets: OffsetHistory

  constructor(run: Run, group: string) {
    this.#run = run
    this.#host = run.world.spawn(group)
    this.#group = group
    this.#random = run.random(group)
    this.#client = new RawClient(this.#host, group, () => brokerPort)
    this.#offsets = new OffsetHistory(group)
  }

  async start(): Promise<void> {
    await this.#run.untilReady(this.#host)
    for (let offset = 1; !this.#run.drained; offset++) {
      await this.#commit(offset)
      await sleep(this.#host.clock, this.#random.float() * 500)
      if (this.#random.chance(0.5)) await this.check()
    }
    await this.check()
    this.#client.close()
  }

  /** What is committed must not be older than what was acknowledged. */
  async check(): Promise<void> {
    const what = `${this.#group} OffsetFetch`
    const floors = this.#run.partitions.map(partition => this.#offsets.floor(partition))
    const topics = this.#run.scenario.topics.map(({ name, partitions }) => ({
      name,
      partitionIndexes: Array.from({ length: partitions }, (_, index) => index),
    }))
    const answer = await untilAnswered(this.#host, what, async () => {
      const response = await this.#client.request(
        OffsetFetchApi,
        { groupId: this.#group, topics },
        fetchVersion,
      )
      return passes(response.errorCode, what) ? response : undefined
    })
    this.#run.partitions.forEach((partition, index) => {
      const topic = answer.topics.find(({ name }) => name === partition.topic)
      const found = topic?.partitions.find(({ partitionIndex }) => partitionIndex === partition.partition)
      if (!found)
        throw new Violation('committed offsets never go back', `${what} leaves out ${partition.topic}`)
      this.#offsets.seen(partition, found.committedOffset, floors[index]!)
    })
  }

  async #commit(offset: number): Promise<void> {
    const what = `${this.#group} OffsetCommit`
    for (const partition of this.#run.partitions) this.#offsets.sent(partition, offset)
    const topics = this.#run.scenario.topics.map(({ name, partitions }) => ({
      name,
      partitions: Array.from({ length: partitions }, (_, partitionIndex) => ({
        partitionIndex,
        committedOffset: offset,
        committedMetadata: '',
      })),
    }))
    const body = { groupId: this.#group, generationIdOrMemberEpoch: -1, memberId: '', topics }
    let repeated = false
    await untilAnswered(this.#host, what, async attempt => {
      repeated = attempt > 0
      const answer = await this.#client.request(OffsetCommitApi, body, commitVersion)
      const codes = answer.topics.flatMap(topic => topic.partitions.map(({ errorCode }) => errorCode))
      return codes.every(code => passes(code, what)) ? answer : undefined
    })
    for (const partition of this.#run.partitions) this.#offsets.acknowledged(partition, offset, repeated)
    this.#run.count('commits acknowledged')
  }
}
