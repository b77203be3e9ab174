// A topic that a pattern needs: made where it is missing, and looked at where it is there.
import { Admin, type AnyTopic, BrokerError, type ClusterOptions, type NewTopic } from '@millrace/client'

/** What is asked for where a topic has to be made. */
export type WantedTopic = Pick<AnyTopic, 'name' | 'partitions' | 'replicationFactor' | 'configs'>

/**
 * How many partitions a topic has; it is made where it is missing, unless `create` is false. `configs` are added to those of its definition. Throws what a broker
 * refuses.
 */
export async function ensureTopic(
  cluster: ClusterOptions,
  wanted: WantedTopic,
  { create, configs, signal }: EnsureOptions,
): Promise<number> {
  const admin = new Admin(cluster)
  try {
    const found = await partitionCount(admin, wanted.name, create, signal)
    if (found !== undefined) return found
    const { name, partitions, replicationFactor } = wanted
    const topic: NewTopic = {
      name,
      ...(partitions !== undefined && { partitions }),
      ...(replicationFactor !== undefined && { replicationFactor }),
      configs: { ...configs, ...wanted.configs },
    }
    const [outcome] = await admin.createTopics([topic], { signal })
    // Another instance was faster.
    if (outcome?.error && !isCode(outcome.error, 'TOPIC_ALREADY_EXISTS')) throw outcome.error
    return (await partitionCount(admin, name, false, signal))!
  } finally {
    admin.close()
  }
}

export interface EnsureOptions {
  readonly create: boolean
  readonly configs?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** Undefined for a topic that there is not, where `mayBeMissing`. */
async function partitionCount(
  admin: Admin,
  name: string,
  mayBeMissing: boolean,
  signal: AbortSignal,
): Promise<number | undefined> {
  const [described] = await admin.describeTopics([name], { signal })
  const { error, partitions } = described!
  if (!error) return partitions.length
  if (mayBeMissing && isCode(error, 'UNKNOWN_TOPIC_OR_PARTITION')) return undefined
  throw error
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof BrokerError && error.code === code
}

/** A setting of a topic; undefined where the broker does not say, or may not. */
export async function topicConfig(
  cluster: ClusterOptions,
  topic: string,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const admin = new Admin(cluster)
  try {
    const [described] = await admin.describeConfigs([{ type: 'topic', name: topic }], {
      names: [name],
      signal,
    })
    return described?.entries.find(entry => entry.name === name)?.value ?? undefined
  } finally {
    admin.close()
  }
}
