// What other clients call the options that are known here under another name: so that an error can say what to write.
import { nearestName } from '@millrace/runtime'

interface Translation {
  /** What stands for it here. The translation counts where all of these are known. */
  readonly names: readonly string[]
  /** What else there is to say. */
  readonly hint?: string
}

/** Options by the names that KafkaJS, node-rdkafka and @platformatic/kafka have for them. */
const options: Readonly<Record<string, Translation>> = {
  ssl: { names: ['tls'] },
  retry: { names: ['retryBackoffMs', 'retryBackoffMaxMs', 'apiTimeoutMs'] },
  bootstrapBrokers: { names: ['brokers'] },
  bootstrapServers: { names: ['brokers'] },
  connectionTimeout: { names: ['connectTimeoutMs'] },
  connectTimeout: { names: ['connectTimeoutMs'] },
  authenticationTimeout: { names: ['connectTimeoutMs'] },
  requestTimeout: { names: ['requestTimeoutMs'] },
  initialRetryTime: { names: ['retryBackoffMs'] },
  maxRetryTime: { names: ['retryBackoffMaxMs'] },
  retryDelay: { names: ['retryBackoffMs'] },
  timeout: { names: ['requestTimeoutMs'] },
  metadataMaxAge: { names: ['metadataMaxAgeMs'] },
  logLevel: { names: ['logger'], hint: 'it has the level' },
  logCreator: { names: ['logger'], hint: 'an object with debug, info, warn and error' },
  createPartitioner: { names: ['partitioner'] },
  idempotent: { names: ['idempotence'] },
  maxInFlightRequests: { names: ['maxInFlight'] },
  linger: { names: ['lingerMs'] },
  strict: { names: ['brokers'], hint: 'unknown options are always refused' },
  group: { names: ['groupId'] },
  sessionTimeout: { names: ['sessionTimeoutMs'] },
  rebalanceTimeout: { names: ['maxPollIntervalMs'] },
  heartbeatInterval: { names: ['heartbeatIntervalMs'] },
  maxBytesPerPartition: { names: ['partitionFetchMaxBytes'] },
  minBytes: { names: ['fetchMinBytes'] },
  maxBytes: { names: ['fetchMaxBytes'] },
  maxWaitTimeInMs: { names: ['fetchMaxWaitMs'] },
  maxWaitTime: { names: ['fetchMaxWaitMs'] },
  fromBeginning: { names: ['autoOffsetReset'], hint: '"earliest" for true, "latest" for false' },
  readUncommitted: { names: ['isolationLevel'], hint: '"read_uncommitted" or "read_committed"' },
  partitionAssigners: { names: ['assignors'] },
  autocommit: { names: ['autoCommit'] },
  autoCommitInterval: { names: ['autoCommitIntervalMs'] },
  rackId: { names: ['rack'] },
}

/** Says what to write instead of a name that is none of `known`: its translation, or the nearest. Empty when there is neither. */
export function adviceFor(wrong: string, known: readonly string[]): string {
  const translation = Object.hasOwn(options, wrong) ? options[wrong]! : undefined
  if (translation?.names.every(name => known.includes(name))) {
    const names = translation.names.map(name => `"${name}"`)
    const list = names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
    return `; here that is ${list}${translation.hint ? `: ${translation.hint}` : ''}`
  }
  const near = nearestName(wrong, known)
  return near ? `; did you mean "${near}"?` : ''
}
