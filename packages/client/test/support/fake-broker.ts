// A scripted cluster in memory: tests say what each broker answers to each request, or that it says nothing, or hangs up.
import {
  type Api,
  ApiVersionsApi,
  decodeRequestHeader,
  encodeResponseHeader,
  FindCoordinatorApi,
  InitProducerIdApi,
  MetadataApi,
  Reader,
  requestHeaderVersion,
  responseHeaderVersion,
  Writer,
} from '@millrace/protocol'
import {
  type Connection,
  type ConnectionHandlers,
  type ConnectOptions,
  deliver,
  type Network,
} from '@millrace/runtime'

export const silence = Symbol('no answer')
export const hangUp = Symbol('the connection ends')

export interface Arrival<Q> {
  readonly request: Q
  readonly version: number
  /** Port of the broker that was asked; its id is the same number. */
  readonly brokerId: number
  readonly clientId: string | null
}

type Answer = object | typeof silence | typeof hangUp
type Handler = (arrival: Arrival<never>) => Answer | Promise<Answer>

export interface FakeTopic {
  readonly topicId: string
  readonly leaders: number[]
  leaderEpoch: number
}

/** Topic ids that differ in their last letter. */
function topicIdOf(number: number): string {
  return `AAAAAAAAAAAAAAAAAAAA${String.fromCharCode(97 + number)}A`
}

export class FakeCluster {
  readonly brokerIds: number[]
  readonly topics = new Map<string, FakeTopic>()
  /** Every request that arrived, by API name, in order. */
  readonly log: { readonly name: string; readonly brokerId: number; readonly version: number }[] = []
  readonly #handlers = new Map<number, { api: Api; handler: Handler }>()
  readonly #connections = new Set<FakeConnection>()
  /** Ports that refuse connections. */
  readonly down = new Set<number>()
  connects = 0
  /** What the cluster has agreed on, and how often that has changed. */
  readonly features = { epoch: 0, levels: new Map<string, number>() }
  /** Topics that a look-up would have created, had there been none. */
  readonly mayCreate = new Set<string>()
  /** Most requests of one connection that were unanswered at a time. */
  get unansweredMax(): number {
    return Math.max(0, ...[...this.#connections].map(({ unansweredMax }) => unansweredMax))
  }

  constructor(brokerIds: number[] = [1]) {
    this.brokerIds = brokerIds
    this.on(ApiVersionsApi, () => ({
      errorCode: 0,
      throttleTimeMs: 0,
      apiKeys: this.apis.map(({ key, minVersion, maxVersion }) => ({
        apiKey: key,
        minVersion,
        maxVersion,
      })),
      finalizedFeaturesEpoch: this.features.epoch,
      finalizedFeatures: [...this.features.levels].map(([name, level]) => ({
        name,
        maxVersionLevel: level,
        minVersionLevel: level,
      })),
    }))
    this.on(MetadataApi, ({ request }) => {
      const nameOf = (id: string) => [...this.topics].find(([, { topicId }]) => topicId === id)?.[0] ?? ''
      const names = request.topics?.map(({ name, topicId }) => name ?? nameOf(topicId))
      if (request.allowAutoTopicCreation) for (const name of names ?? []) this.mayCreate.add(name)
      return this.#metadata(names)
    })
    this.on(InitProducerIdApi, () => ({ throttleTimeMs: 0, errorCode: 0, producerId: 7, producerEpoch: 0 }))
    this.on(FindCoordinatorApi, ({ request }) => ({
      throttleTimeMs: 0,
      coordinators: request.coordinatorKeys.map(key => ({
        key,
        nodeId: this.brokerIds[0]!,
        host: 'fake',
        port: this.brokerIds[0]!,
        errorCode: 0,
      })),
    }))
  }

  get bootstrap(): string[] {
    return this.brokerIds.map(id => `fake:${id}`)
  }

  topic(name: string, leaders: number[]): FakeTopic {
    const topic = { topicId: topicIdOf(this.topics.size), leaders, leaderEpoch: 0 }
    this.topics.set(name, topic)
    return topic
  }

  /** Says how requests of an API are answered from now on. */
  on<Q, QI, R, RI>(
    api: Api<Q, QI, R, RI>,
    handler: (arrival: Arrival<Q>) => RI | typeof silence | typeof hangUp | Promise<RI | typeof silence>,
  ): void {
    this.#handlers.set(api.key, { api: api as unknown as Api, handler: handler as unknown as Handler })
  }

  /** What is answered at all. */
  get apis(): readonly Api[] {
    return [...this.#handlers.values()].map(({ api }) => api)
  }

  count(name: string): number {
    return this.log.filter(entry => entry.name === name).length
  }

  /** Ends all connections to a broker. */
  cut(brokerId: number): void {
    for (const connection of this.#connections) if (connection.brokerId === brokerId) connection.fail()
  }

  readonly network: Network = {
    listen: () => Promise.reject(new Error('a fake cluster does not listen')),
    connect: async ({ port }: ConnectOptions) => {
      this.connects++
      if (this.down.has(port) || !this.brokerIds.includes(port)) throw new Error(`ECONNREFUSED ${port}`)
      const connection = new FakeConnection(port, frame => this.#answer(connection, frame))
      this.#connections.add(connection)
      return connection
    },
  }

  async #answer(connection: FakeConnection, frame: Buffer): Promise<void> {
    const key = frame.readInt16BE(0)
    const version = frame.readInt16BE(2)
    const entry = this.#handlers.get(key)
    if (!entry) throw new Error(`the test did not expect API ${key}`)
    const { api, handler } = entry
    const reader = new Reader(frame)
    const { correlationId, clientId } = decodeRequestHeader(reader, requestHeaderVersion(api, version))
    const request = api.decodeRequest(reader, version) as never
    const { brokerId } = connection
    this.log.push({ name: api.name, brokerId, version })
    const answer = await handler({ request, version, brokerId, clientId })
    if (answer === hangUp) connection.fail()
    if (typeof answer === 'symbol') return
    const writer = new Writer()
    writer.int32(0)
    encodeResponseHeader(writer, { correlationId }, responseHeaderVersion(api, version))
    api.encodeResponse(writer, answer, version)
    const bytes = Buffer.concat(writer.finish())
    bytes.writeInt32BE(bytes.length - 4)
    connection.deliver(bytes)
  }

  #metadata(names: string[] | undefined): object {
    return {
      throttleTimeMs: 0,
      clusterId: 'fake',
      controllerId: this.brokerIds[0]!,
      brokers: this.brokerIds.map(id => ({ nodeId: id, host: 'fake', port: id, rack: null })),
      topics: (names ?? [...this.topics.keys()]).map(name => {
        const topic = this.topics.get(name)
        if (!topic) return { errorCode: 3, name, topicId: topicIdOf(25), isInternal: false, partitions: [] }
        const { topicId, leaders, leaderEpoch } = topic
        return {
          errorCode: 0,
          name,
          topicId,
          isInternal: false,
          partitions: leaders.map((leaderId, partitionIndex) => ({
            errorCode: leaderId === -1 ? 5 : 0,
            partitionIndex,
            leaderId,
            leaderEpoch,
            replicaNodes: [...this.brokerIds],
            isrNodes: [...this.brokerIds],
            offlineReplicas: [],
          })),
        }
      }),
    }
  }
}

/** The broker answers requests of a connection in order, whatever its handlers wait for. */
class FakeConnection implements Connection {
  readonly remoteAddress = 'fake'
  readonly remotePort: number
  readonly localPort = 1
  readonly pendingBytes = 0
  readonly brokerId: number
  readonly #onFrame: (frame: Buffer) => Promise<void>
  #handlers: ConnectionHandlers | undefined
  #received = Buffer.alloc(0)
  #turn: Promise<void> = Promise.resolve()
  #closed = false
  #unanswered = 0
  unansweredMax = 0

  constructor(brokerId: number, onFrame: (frame: Buffer) => Promise<void>) {
    this.brokerId = brokerId
    this.remotePort = brokerId
    this.#onFrame = onFrame
  }

  start(handlers: ConnectionHandlers): void {
    this.#handlers = handlers
  }

  write(chunks: readonly Uint8Array[], onWritten?: () => void): boolean {
    if (onWritten) setImmediate(onWritten)
    if (this.#closed) return true
    this.#received = Buffer.concat([this.#received, ...chunks])
    while (this.#received.length >= 4 && this.#received.length >= 4 + this.#received.readInt32BE(0)) {
      const end = 4 + this.#received.readInt32BE(0)
      const frame = this.#received.subarray(4, end)
      this.#received = this.#received.subarray(end)
      this.unansweredMax = Math.max(this.unansweredMax, ++this.#unanswered)
      this.#turn = this.#turn.then(() => (this.#closed ? undefined : this.#onFrame(frame)))
    }
    return true
  }

  deliver(bytes: Buffer): void {
    this.#unanswered--
    setImmediate(() => {
      if (!this.#closed && this.#handlers) deliver(bytes, this.#handlers, () => !this.#closed)
    })
  }

  fail(): void {
    if (this.#closed) return
    this.#closed = true
    setImmediate(() => this.#handlers?.onClose(new Error('connection reset')))
  }

  pause(): void {}
  resume(): void {}
  end(): void {
    this.destroy()
  }
  destroy(): void {
    this.#closed = true
  }
}
