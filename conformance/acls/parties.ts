// A broker that ACLs are compared on: a super user makes them, alice, who has logged in, asks.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Api,
  CreateAclsApi,
  CreateTopicsApi,
  DeleteAclsApi,
  DescribeAclsApi,
  ErrorCode,
  MetadataApi,
  SaslAuthenticateApi,
  SaslHandshakeApi,
} from '@millrace/protocol'
import type { Acl } from '../../packages/broker/src/authorizer/acl.ts'
import { standardAuthorizerClass } from '../../packages/broker/src/authorizer/open-authorizer.ts'
import { TestClient } from '../../packages/broker/test/test-client.ts'
import { type Engine, type EngineName, type EngineOptions, freePorts } from '../harness/engine.ts'

export const alice = 'User:alice'
export const password = 'alice-secret'
const patienceMs = 30_000
/** No answer is an answer, too. */
const answerTimeoutMs = 10_000

const everyAcl = {
  resourceTypeFilter: 1,
  resourceNameFilter: null,
  patternTypeFilter: 1,
  principalFilter: null,
  hostFilter: null,
  operation: 1,
  permissionType: 1,
}

/** A connection that is made again when the broker has ended it. */
class Asker {
  readonly #connect: () => Promise<TestClient>
  #client: TestClient

  private constructor(connect: () => Promise<TestClient>, client: TestClient) {
    this.#connect = connect
    this.#client = client
  }

  static async open(connect: () => Promise<TestClient>): Promise<Asker> {
    return new Asker(connect, await connect())
  }

  send: TestClient['send'] = (api, version, request) => this.#client.send(api, version, request)

  /** The answer; that the connection was closed is one, too. */
  async ask(api: Api, version: number, body: unknown): Promise<unknown> {
    const late = new AbortController()
    const timeout = sleep(answerTimeoutMs, undefined, { signal: late.signal }).then(() => {
      throw new Error('no answer')
    })
    // It is ended, or has nobody to tell.
    timeout.catch(() => {})
    try {
      return await Promise.race([this.#client.send(api, version, body), timeout])
    } catch (error) {
      this.close()
      this.#client = await this.#connect()
      return (error as Error).message
    } finally {
      late.abort()
    }
  }

  close(): void {
    this.#client.socket.destroy()
  }
}

export class Party {
  readonly engine: Engine
  readonly #admin: Asker
  readonly #alice: Asker

  private constructor(engine: Engine, admin: Asker, asker: Asker) {
    this.engine = engine
    this.#admin = admin
    this.#alice = asker
  }

  /** Starts a broker in `dir` with a plain listener, whose clients are super users, and one with logins. */
  static async start(
    name: EngineName,
    create: (options: EngineOptions) => Promise<Engine>,
    dir: string,
  ): Promise<Party> {
    const [plain, sasl, controller] = (await freePorts(3)) as [number, number, number]
    const engine = await create({ dir, properties: propertiesWithAcls(name, plain, sasl, controller) })
    await engine.start()
    const admin = await Asker.open(() => TestClient.connect(plain))
    return new Party(engine, admin, await Asker.open(() => connectAlice(sasl)))
  }

  async stop(): Promise<void> {
    this.#admin.close()
    this.#alice.close()
    await this.engine.stop()
  }

  /** Makes a topic of one partition, and returns its id once everybody knows it. */
  async createTopic(name: string): Promise<string> {
    const topics = [{ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }]
    await this.#admin.send(CreateTopicsApi, 7, { topics, timeoutMs: 10_000, validateOnly: false })
    return patiently(`the topic ${name}`, async () => {
      const reply = await this.#admin.send(MetadataApi, 12, { topics: [{ name }] })
      const [topic] = reply.topics
      return topic?.errorCode === 0 && topic.partitions[0]?.leaderId === 1 ? topic.topicId : undefined
    })
  }

  /** Leaves these ACLs and no others, and returns when the authorizer has heard of it. */
  async grant(acls: readonly Acl[]): Promise<void> {
    await this.#admin.send(DeleteAclsApi, 3, { filters: [everyAcl] })
    if (acls.length > 0) {
      const creations = acls.map(({ patternType: resourcePatternType, ...rest }) => ({
        ...rest,
        resourcePatternType,
      }))
      const { results } = await this.#admin.send(CreateAclsApi, 3, { creations })
      for (const { errorCode, errorMessage } of results) {
        if (errorCode !== 0) throw new Error(`CreateAcls: ${errorMessage}`)
      }
    }
    await patiently('the ACLs', async () => {
      const { resources } = await this.#admin.send(DescribeAclsApi, 3, everyAcl)
      const count = resources.reduce((sum, resource) => sum + resource.acls.length, 0)
      return count === acls.length ? count : undefined
    })
  }

  /** The answer to the super user. */
  asAdmin(api: Api, version: number, body: unknown): Promise<unknown> {
    return this.#admin.ask(api, version, body)
  }

  /** The answer to alice. */
  ask(api: Api, version: number, body: unknown): Promise<unknown> {
    return this.#alice.ask(api, version, body)
  }
}

/** Properties of a broker with ACLs: a plain listener, whose clients are super users, and one where alice logs in. */
export function propertiesWithAcls(
  name: EngineName,
  plain: number,
  sasl: number,
  controller: number,
): Record<string, string> {
  const clients = `PLAINTEXT://127.0.0.1:${plain},SASL_PLAINTEXT://127.0.0.1:${sasl}`
  const protocols = 'PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT'
  const isKafka = name === 'apache'
  return {
    listeners: isKafka ? `${clients},CONTROLLER://127.0.0.1:${controller}` : clients,
    'advertised.listeners': clients,
    'listener.security.protocol.map': isKafka ? `${protocols},CONTROLLER:PLAINTEXT` : protocols,
    ...(isKafka && { 'controller.quorum.voters': `1@127.0.0.1:${controller}` }),
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256',
    'listener.name.sasl_plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="${password}";`,
    'listener.name.sasl_plaintext.scram-sha-256.sasl.jaas.config':
      'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    'authorizer.class.name': standardAuthorizerClass,
    'super.users': 'User:ANONYMOUS',
    'delegation.token.secret.key': 'secret',
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.num.partitions': '1',
  }
}

async function connectAlice(port: number): Promise<TestClient> {
  const client = await TestClient.connect(port)
  const handshake = await client.send(SaslHandshakeApi, 1, { mechanism: 'PLAIN' })
  if (handshake.errorCode !== ErrorCode.NONE) throw new Error(`SaslHandshake: ${handshake.errorCode}`)
  const authBytes = Buffer.from(`\0alice\0${password}`)
  const login = await client.send(SaslAuthenticateApi, 2, { authBytes })
  if (login.errorCode !== ErrorCode.NONE) throw new Error(`SaslAuthenticate: ${login.errorMessage}`)
  return client
}

/** Asks until there is an answer. */
async function patiently<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const untilMs = performance.now() + patienceMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > untilMs) throw new Error(`${what} did not come to be in ${patienceMs} ms`)
    await sleep(5)
  }
}
