// Answers that say less about the thing asked for than about the broker: it is the wrong one, or does not know yet.
import { ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../cluster/cluster.ts'
import { BrokerError } from '../errors/index.ts'

const wrongBroker: ReadonlySet<number> = new Set([
  ErrorCode.NOT_CONTROLLER,
  ErrorCode.NOT_COORDINATOR,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.LEADER_NOT_AVAILABLE,
])

/** Whether an item says that another broker, or the same one a little later, would have taken the request. */
export function isWrongBroker(errorCode: number): boolean {
  return wrongBroker.has(errorCode)
}

/**
 * Throws when an item says that another broker, or the same one a little later, would have taken the request: the call is then tried again
 * as a whole. Items that were done before answer "exists already" the second time, as they do in Java's admin client.
 */
export function checkBroker(errorCodes: Iterable<number>, what: string): void {
  for (const errorCode of errorCodes) if (isWrongBroker(errorCode)) throw new BrokerError(errorCode, what)
}

/** Throws when a broker does not know a topic that this client has just created: the call is tried again until it does. */
export function checkFresh(
  cluster: Cluster,
  topics: Iterable<{ readonly name: string | null; readonly errorCode: number }>,
  what: string,
): void {
  for (const { name, errorCode } of topics) {
    const isUnknown = errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    if (isUnknown && name !== null && cluster.freshTopics.has(name, 0)) throw new BrokerError(errorCode, what)
  }
}
