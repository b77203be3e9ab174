// Which broker coordinates a group, a transaction or a share partition: looked up once, forgotten when it says that it does not.
import type { FindCoordinatorRequestInit, FindCoordinatorResponse } from '@millrace/protocol'
import { BrokerError } from '../errors/index.ts'
import type { BrokerNode } from './metadata.ts'

export type CoordinatorType = 'group' | 'transaction' | 'share'

export interface CoordinatorKey {
  readonly type: CoordinatorType
  readonly key: string
}

const keyTypes: Record<CoordinatorType, number> = { group: 0, transaction: 1, share: 2 }

/** The first version that asks for several keys in one request. */
const batchedFrom = 4

export type SendFindCoordinator = (
  body: (version: number) => FindCoordinatorRequestInit,
) => Promise<FindCoordinatorResponse>

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

  forget(coordinator: CoordinatorKey): void {
    this.#known.delete(idOf(coordinator))
  }

  clear(): void {
    this.#known.clear()
  }

  async #lookUp(coordinator: CoordinatorKey): Promise<BrokerNode> {
    const { type, key } = coordinator
    const response = await this.#send(version =>
      version >= batchedFrom
        ? { keyType: keyTypes[type], coordinatorKeys: [key] }
        : { key, ...(version > 0 && { keyType: keyTypes[type] }) },
    )
    const { errorCode, errorMessage, nodeId, host, port } = response.coordinators[0] ?? response
    if (errorCode !== 0) {
      throw new BrokerError(errorCode, `finding the coordinator of ${type} "${key}"`, errorMessage)
    }
    const node = { id: nodeId, host, port, rack: null }
    this.#known.set(idOf(coordinator), node)
    return node
  }
}

function idOf({ type, key }: CoordinatorKey): string {
  return `${type}/${key}`
}
