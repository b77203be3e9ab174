// Bit fields of operations that a client may do, as replies carry them on request (KIP-430). Without an authorizer: all.

/** Bits are `1 << AclOperation.code`. */
const operationBits = {
  READ: 1 << 3,
  WRITE: 1 << 4,
  CREATE: 1 << 5,
  DELETE: 1 << 6,
  ALTER: 1 << 7,
  DESCRIBE: 1 << 8,
  CLUSTER_ACTION: 1 << 9,
  DESCRIBE_CONFIGS: 1 << 10,
  ALTER_CONFIGS: 1 << 11,
  IDEMPOTENT_WRITE: 1 << 12,
} as const

const all = (...operations: (keyof typeof operationBits)[]) =>
  operations.reduce((bits, operation) => bits | operationBits[operation], 0)

/** "Not asked for": Kafka's `Integer.MIN_VALUE`. */
export const operationsNotRequested = -(2 ** 31)
export const topicOperations = all(
  'READ',
  'WRITE',
  'CREATE',
  'DELETE',
  'ALTER',
  'DESCRIBE',
  'DESCRIBE_CONFIGS',
  'ALTER_CONFIGS',
)
export const clusterOperations = all(
  'CREATE',
  'ALTER',
  'DESCRIBE',
  'CLUSTER_ACTION',
  'DESCRIBE_CONFIGS',
  'ALTER_CONFIGS',
  'IDEMPOTENT_WRITE',
)
export const groupOperations = all('READ', 'DELETE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS')
