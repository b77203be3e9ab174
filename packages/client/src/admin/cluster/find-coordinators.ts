// Admin: which broker coordinates a group, a transactional id, or a partition of a share group.
import { ErrorCode } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { type CoordinatorType, coordinatorTypes } from '../../cluster/coordinators.ts'
import type { BrokerNode } from '../../cluster/metadata.ts'
import { listOf, oneOf, optionsWith, text } from '../../config/arguments.ts'
import { BrokerError, isRetriable, KafkaError, OperationTimeoutError } from '../../errors/index.ts'
import type { AdminCallOptions } from '../call-options.ts'
import type { Outcome } from '../outcome.ts'

/** Who coordinates one key. */
export interface FoundCoordinator extends Outcome {
  /** The key as it was given. */
  readonly key: string
  /** The broker; undefined where there is an error. */
  readonly coordinator: BrokerNode | undefined
}

const checkType = oneOf(coordinatorTypes)
const checkKeys = listOf(text)
const checkOptions = optionsWith()

/** Finds the coordinator of each key, in the order asked for. Waits while it is being elected. */
export async function findCoordinators(
  cluster: Cluster,
  type: CoordinatorType,
  keys: readonly string[],
  options: AdminCallOptions = {},
): Promise<FoundCoordinator[]> {
  checkType('findCoordinators: type', type)
  checkKeys('findCoordinators: keys', keys)
  checkOptions('findCoordinators: options', options)
  const found = new Map<string, BrokerNode | KafkaError>()
  const what = (key: string) => `finding the coordinator of ${type} "${key}"`
  let open: readonly string[] = [...new Set(keys)]
  const attempt = async () => {
    const answers = await cluster.coordinatorsOf(type, open, { anew: true, signal: options.signal })
    for (const key of open) {
      found.set(key, answers.get(key) ?? new BrokerError(ErrorCode.UNKNOWN_SERVER_ERROR, what(key)))
    }
    open = open.filter(key => isRetriable(found.get(key)))
    if (open.length > 0) throw found.get(open[0]!)
  }
  try {
    if (open.length > 0) await cluster.retry(`finding coordinators of type ${type}`, attempt, options)
  } catch (error) {
    if (!(error instanceof OperationTimeoutError) || found.size === 0) throw error
  }
  return keys.map(key => {
    const outcome = found.get(key)!
    return outcome instanceof KafkaError
      ? { key, coordinator: undefined, error: outcome }
      : { key, coordinator: outcome, error: undefined }
  })
}
