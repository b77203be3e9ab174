// Bit fields of operations that a client may do, as replies carry them on request (KIP-430).
import { aclOperations, clusterResource } from './authorizer/acl.ts'
import type { Asked, Operation, ResourceKind } from './authorizer/authorizer.ts'

/** `AclEntry.supportedOperations` of Kafka. */
const supported = {
  TOPIC: ['READ', 'WRITE', 'CREATE', 'DELETE', 'ALTER', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
  CLUSTER: [
    'CREATE',
    'ALTER',
    'DESCRIBE',
    'CLUSTER_ACTION',
    'DESCRIBE_CONFIGS',
    'ALTER_CONFIGS',
    'IDEMPOTENT_WRITE',
  ],
  GROUP: ['READ', 'DELETE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
} as const satisfies Partial<Record<ResourceKind, readonly Operation[]>>

/** "Not asked for": Kafka's `Integer.MIN_VALUE`. */
export const operationsNotRequested = -(2 ** 31)

interface Asking {
  authorize(operation: Operation, resource: ResourceKind, name: string, asked: Asked): boolean
}

/** What the client may do to a topic or group: bits are `1 << AclOperation.code`. */
export function authorizedOperations(
  context: Asking,
  resource: keyof typeof supported,
  name: string,
): number {
  let bits = 0
  for (const operation of supported[resource]) {
    if (context.authorize(operation, resource, name, 'description')) bits |= 1 << aclOperations[operation]
  }
  return bits
}

/** What the client may do to the cluster; nothing where it may not even look at it. */
export function authorizedClusterOperations(context: Asking): number {
  return context.authorize('DESCRIBE', 'CLUSTER', clusterResource, 'access')
    ? authorizedOperations(context, 'CLUSTER', clusterResource)
    : 0
}
