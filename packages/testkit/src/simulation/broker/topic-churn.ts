// Creates and deletes topics by hand: what was answered has to hold across every crash.
import { CreateTopicsApi, DeleteTopicsApi, ErrorCode, MetadataApi } from '@millrace/protocol'
import { sleep } from '@millrace/runtime'
import type { SimHost, SimRandom } from '../../sim/index.ts'
import { RawClient } from '../raw-client.ts'
import { Violation } from '../violation.ts'
import { passes, untilAnswered } from './attempts.ts'
import { brokerPort, type Run } from './run.ts'
import type { TopicPlan } from './scenario.ts'

const createVersion = 7
const deleteVersion = 5
const metadataVersion = 12

export class TopicChurn {
  readonly #run: Run
  readonly #host: SimHost
  readonly #client: RawClient
  readonly #random: SimRandom
  /** Topics that stand by an acknowledged creation. */
  readonly #standing: string[] = []
  /** Topics gone by an acknowledged deletion. */
  readonly #gone = new Set<string>()

  constructor(run: Run) {
    this.#run = run
    this.#host = run.world.spawn('churn')
    this.#client = new RawClient(this.#host, 'churn', () => brokerPort)
    this.#random = run.random('churn')
  }

  /** Makes the topics whose records are checked. */
  async prepare(topics: readonly TopicPlan[], configs: Readonly<Record<string, string>>): Promise<void> {
    for (const topic of topics) await this.#create(topic, configs)
  }

  /** Creates and deletes others until the run is drained. */
  async start(): Promise<void> {
    await this.#run.untilReady(this.#host)
    for (let number = 0; !this.#run.drained; number++) {
      const name = `churn-${number}`
      await this.#create({ name, partitions: this.#random.between(1, 3) }, {})
      this.#standing.push(name)
      if (this.#standing.length > 2 || this.#random.chance(0.4)) await this.#deleteOne()
      await this.check()
      await sleep(this.#host.clock, this.#random.exponential(2000))
    }
    await this.check()
  }

  /** What stands has to be shown, and what is gone not. */
  async check(): Promise<void> {
    const what = 'Metadata'
    const body = { topics: null, allowAutoTopicCreation: false }
    const answer = await untilAnswered(this.#host, what, () =>
      this.#client.request(MetadataApi, body, metadataVersion),
    )
    const shown = new Set(answer.topics.map(({ name }) => name))
    for (const name of [...this.#standing, ...this.#run.scenario.topics.map(topic => topic.name)]) {
      if (!shown.has(name))
        throw new Violation('acknowledged topics stay, deleted ones go', `${name} is missing`)
    }
    for (const name of this.#gone) {
      if (shown.has(name)) throw new Violation('acknowledged topics stay, deleted ones go', `${name} is back`)
    }
  }

  close(): void {
    this.#client.close()
  }

  async #create(topic: TopicPlan, configs: Readonly<Record<string, string>>): Promise<void> {
    const what = `CreateTopics ${topic.name}`
    const creatable = {
      name: topic.name,
      numPartitions: topic.partitions,
      replicationFactor: 1,
      assignments: [],
      configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
    }
    await untilAnswered(this.#host, what, async attempt => {
      const body = { topics: [creatable], timeoutMs: 30_000 }
      const answer = await this.#client.request(CreateTopicsApi, body, createVersion)
      const code = answer.topics[0]!.errorCode
      // An earlier attempt may have done it without our hearing of it.
      if (code === ErrorCode.TOPIC_ALREADY_EXISTS && attempt > 0) return true
      return passes(code, what) || undefined
    })
    this.#run.count('topics created')
  }

  async #deleteOne(): Promise<void> {
    const name = this.#standing.splice(this.#random.between(0, this.#standing.length - 1), 1)[0]!
    const what = `DeleteTopics ${name}`
    await untilAnswered(this.#host, what, async attempt => {
      const body = { topicNames: [name], timeoutMs: 30_000 }
      const answer = await this.#client.request(DeleteTopicsApi, body, deleteVersion)
      const code = answer.responses[0]!.errorCode
      if (code === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION && attempt > 0) return true
      return passes(code, what) || undefined
    })
    this.#gone.add(name)
    this.#run.count('topics deleted')
  }
}
