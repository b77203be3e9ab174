// Three brokers of Apache Kafka and a controller that none of their crashes touches, for scripts that take brokers away.
import { join } from 'node:path'
import { type ApacheNode, startApache } from './apache-node.ts'
import { freePorts } from './engine.ts'

const brokerCount = 3
const controllerId = 100

export class ApacheCluster {
  /** `host:port` of each broker, by its id less one; the same after every start. */
  readonly brokers: readonly string[]
  readonly #libs: string
  readonly #folder: string
  readonly #properties: Readonly<Record<string, string>>
  readonly #controllerPort: number
  readonly #nodes = new Map<number, ApacheNode>()

  /** Starts all of it in a folder. `properties` are set on every node, on top of those of a cluster that replicates thrice. */
  static async start(
    libs: string,
    folder: string,
    properties: Readonly<Record<string, string>> = {},
  ): Promise<ApacheCluster> {
    const [controllerPort, ...ports] = await freePorts(1 + brokerCount)
    const cluster = new ApacheCluster(libs, folder, properties, controllerPort!, ports)
    const ids = [controllerId, ...cluster.ids]
    const outcomes = await Promise.allSettled(ids.map(id => cluster.startNode(id)))
    const failed = outcomes.find(({ status }) => status === 'rejected')
    if (!failed) return cluster
    await cluster.stop()
    throw (failed as PromiseRejectedResult).reason
  }

  private constructor(
    libs: string,
    folder: string,
    properties: Readonly<Record<string, string>>,
    controllerPort: number,
    ports: readonly number[],
  ) {
    this.#libs = libs
    this.#folder = folder
    this.#properties = properties
    this.#controllerPort = controllerPort
    this.brokers = ports.map(port => `127.0.0.1:${port}`)
  }

  /** Ids of the brokers. */
  get ids(): readonly number[] {
    return this.brokers.map((_, index) => index + 1)
  }

  /** Starts a broker again, at the address and with the folder that it had. */
  async startNode(id: number): Promise<void> {
    const controller = `127.0.0.1:${this.#controllerPort}`
    const isController = id === controllerId
    const own = isController ? `CONTROLLER://${controller}` : `PLAINTEXT://${this.brokers[id - 1]}`
    const node = await startApache({
      libs: this.#libs,
      dir: join(this.#folder, `node-${id}`),
      properties: {
        'node.id': String(id),
        'process.roles': isController ? 'controller' : 'broker',
        'controller.quorum.voters': `${controllerId}@${controller}`,
        listeners: own,
        'advertised.listeners': own,
        'offsets.topic.replication.factor': '3',
        'offsets.topic.num.partitions': '6',
        'transaction.state.log.replication.factor': '3',
        'transaction.state.log.min.isr': '2',
        'min.insync.replicas': '2',
        ...this.#properties,
      },
    })
    this.#nodes.set(id, node)
  }

  async kill9(id: number): Promise<void> {
    await this.#nodes.get(id)?.kill9()
    this.#nodes.delete(id)
  }

  /** Stops what still runs: the brokers, then the controller. */
  async stop(): Promise<void> {
    const nodes = [...this.#nodes]
    await Promise.all(nodes.filter(([id]) => id !== controllerId).map(([, node]) => node.stop()))
    await this.#nodes.get(controllerId)?.stop()
    this.#nodes.clear()
  }
}
