// The topics that a service needs for what failed, and those that it declares: made where they are missing.
import { Admin, type AnyTopic, BrokerError, type ClusterOptions, type NewTopic } from '@millrace/client'
import type { ResolvedHandleOptions } from '../handling/options.ts'
import { deadLetterTopic, retryTopics } from '../failure/topic-names.ts'

/** Which topics a service makes: those for what failed, also those that its handlers read, or none. */
export type TopicCreation = 'own' | 'all' | 'none'

/** A topic that is read, with what is to be done about what fails. */
export interface ReadTopic {
  readonly topic: AnyTopic
  readonly options: ResolvedHandleOptions
}

/** Names of the topics for what fails of a topic: by delay, and for good. */
export function ownTopicsOf({ topic, options }: ReadTopic): {
  readonly retries: readonly string[]
  readonly deadLetter: string | undefined
} {
  const { naming, group, plan, deadLetter } = options
  const retries = [...retryTopics(naming, topic.name, group, plan.tierDelaysMs).values()]
  const letters = plan.deadLetter
    ? (deadLetter.topic ?? deadLetterTopic(naming, topic.name, group))
    : undefined
  return { retries: [...new Set(retries)], deadLetter: letters }
}

/**
 * Makes missing topics. Those for what failed have as many partitions as the topic itself. Returns how many partitions each of them has, as far as that is known. Throws
 * what a broker refuses.
 */
export async function ensureTopics(
  cluster: ClusterOptions,
  topics: readonly ReadTopic[],
  creation: TopicCreation,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const admin = new Admin(cluster)
  try {
    return await ensure(admin, topics, creation, signal)
  } finally {
    admin.close()
  }
}

async function ensure(
  admin: Admin,
  topics: readonly ReadTopic[],
  creation: TopicCreation,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  if (creation === 'all') {
    const declared = new Map(
      topics.map(({ topic }) => [topic.name, newTopic(topic.name, topic, topic.partitions)]),
    )
    await create(admin, [...declared.values()], signal)
  }
  const sources = await partitionCounts(admin, new Set(topics.map(({ topic }) => topic.name)), signal)
  const own = new Map<string, NewTopic>()
  for (const read of topics) {
    const { topic } = read
    const { retries, deadLetter } = ownTopicsOf(read)
    const count = sources.get(topic.name) ?? topic.partitions
    for (const name of deadLetter === undefined ? retries : [...retries, deadLetter])
      own.set(name, newTopic(name, { replicationFactor: topic.replicationFactor }, count))
  }
  if (creation !== 'none') await create(admin, [...own.values()], signal)
  return partitionCounts(admin, own.keys(), signal)
}

function newTopic(
  name: string,
  { replicationFactor, configs }: Partial<Pick<AnyTopic, 'replicationFactor' | 'configs'>>,
  partitions: number | undefined,
): NewTopic {
  return {
    name,
    ...(partitions !== undefined && { partitions }),
    ...(replicationFactor !== undefined && { replicationFactor }),
    ...(configs !== undefined && { configs }),
  }
}

async function create(admin: Admin, topics: readonly NewTopic[], signal: AbortSignal): Promise<void> {
  if (topics.length === 0) return
  const existing = await partitionCounts(
    admin,
    topics.map(({ name }) => name),
    signal,
  )
  const missing = topics.filter(({ name }) => !existing.has(name))
  if (missing.length === 0) return
  for (const { error } of await admin.createTopics(missing, { signal })) {
    // Another instance was faster.
    if (error && !(error instanceof BrokerError && error.code === 'TOPIC_ALREADY_EXISTS')) throw error
  }
}

async function partitionCounts(
  admin: Admin,
  names: Iterable<string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const wanted = [...names]
  const counts = new Map<string, number>()
  if (wanted.length === 0) return counts
  for (const { name, partitions, error } of await admin.describeTopics(wanted, { signal })) {
    if (!error) counts.set(name, partitions.length)
    else if (!(error instanceof BrokerError && error.code === 'UNKNOWN_TOPIC_OR_PARTITION')) throw error
  }
  return counts
}
