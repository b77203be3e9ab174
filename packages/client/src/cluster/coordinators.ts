// Which broker coordinates a group, a transaction or a share partition: looked up once, forgotten when it says that it does not.
import type { FindCoordinatorRequestInit, FindCoordinatorResponse } from '@millrace/protocol'
import { BrokerError } from '../errors/index.ts'
import type { BrokerNode } from './metadata.ts'

/** What a broker may coordinate. */
export type CoordinatorType = 'group' | 'transaction' | 'share'

/** Whose coordinator is meant. */
export interface CoordinatorKey {
  /** What it coordinates. */
  readonly type: CoordinatorType
  /** The group’s or transaction’s id; for a share group `group:topicId:partition`. */
  readonly key: string
}

/** `FindCoordinatorRequest.CoordinatorType`. */
const keyTypes: Readonly<Record<CoordinatorType, number>> = { group: 0, transaction: 1, share: 2 }

/** All there are. */
export const coordinatorTypes = Object.keys(keyTypes) as CoordinatorType[]

/** The first version that asks for several keys in one request. */
const batchedFrom = 4

type FindCoordinatorBody = (version: number) => FindCoordinatorRequestInit

export type SendFindCoordinator = (body: FindCoordinatorBody) => Promise<FindCoordinatorResponse>

/** The request for coordinators; for the first one only where brokers take one key at a time. */
function coordinatorQuery(type: CoordinatorType, keys: readonly string[]): FindCoordinatorBody {
  const keyType = keyTypes[type]
  return version =>
    version >= batchedFrom
      ? { keyType, coordinatorKeys: [...keys] }
      : { key: keys[0]!, ...(version > 0 && { keyType }) }
}

export class Coordinators {
  readonly #send: SendFindCoordinator
  readonly #known = new Map<string, BrokerNode>()
  readonly #looking = new Map<string, Promise<BrokerNode>>()

  constructor(send: SendFindCoordinator) {
    this.#send = send
  }

  /** The coordinator, if it is known. */
  peek(coordinator: CoordinatorKey): BrokerNode | undefined {
    return this.#known.get(idOf(coordinator))
  }

  /** One attempt to find the coordinator. Throws BrokerError, `COORDINATOR_NOT_AVAILABLE` first of all. */
  find(coordinator: CoordinatorKey): Promise<BrokerNode> {
    const known = this.peek(coordinator)
    if (known) return Promise.resolve(known)
    const id = idOf(coordinator)
    let looking = this.#looking.get(id)
    if (!looking) {
      looking = this.#lookUp(coordinator).finally(() => this.#looking.delete(id))
      this.#looking.set(id, looking)
    }
    return looking
  }

  /**
   * One attempt to find the coordinators of several keys: those that are not known (`anew`: all) by one request (KIP-699), or by one each where brokers
   * are older than 3.0. A key for which there is none has the error, such as `COORDINATOR_NOT_AVAILABLE`.
   */
  async findAll(
    type: CoordinatorType,
    keys: readonly string[],
    anew = false,
  ): Promise<Map<string, BrokerNode | BrokerError>> {
    const found = new Map<string, BrokerNode | BrokerError>()
    const unknown = new Set<string>()
    for (const key of keys) {
      const known = anew ? undefined : this.peek({ type, key })
      if (known) found.set(key, known)
      else unknown.add(key)
    }
    while (unknown.size > 0) {
      const asked = [...unknown]
      for (const [key, outcome] of await this.#lookUpAll(type, asked)) {
        found.set(key, outcome)
        unknown.delete(key)
      }
      // At least one a round, whatever the broker leaves out.
      unknown.delete(asked[0]!)
    }
    return found
  }

  forget(coordinator: CoordinatorKey): void {
    this.#known.delete(idOf(coordinator))
  }

  clear(): void {
    this.#known.clear()
  }

  async #lookUp({ type, key }: CoordinatorKey): Promise<BrokerNode> {
    const [[, outcome]] = await this.#lookUpAll(type, [key])
    if (outcome instanceof BrokerError) throw outcome
    return outcome
  }

  /** What a broker says of the keys, of the first one at least. */
  async #lookUpAll(type: CoordinatorType, keys: readonly string[]): Promise<[Found, ...Found[]]> {
    const response = await this.#send(coordinatorQuery(type, keys))
    const [first = { ...response, key: keys[0]! }, ...rest] = response.coordinators
    const note = ({ key, errorCode, errorMessage, nodeId, host, port }: typeof first): Found => {
      if (errorCode !== 0) {
        return [key, new BrokerError(errorCode, `finding the coordinator of ${type} "${key}"`, errorMessage)]
      }
      const node = { id: nodeId, host, port, rack: null }
      this.#known.set(idOf({ type, key }), node)
      return [key, node]
    }
    return [note(first), ...rest.map(note)]
  }
}

/** A key with its coordinator, or with why there is none. */
type Found = [key: string, outcome: BrokerNode | BrokerError]

function idOf({ type, key }: CoordinatorKey): string {
  return `${type}/${key}`
}
