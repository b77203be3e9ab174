// Topics for one measurement: made fresh, removed afterwards, so that no run sees the data of another.
import { Admin, OffsetSpec, throwFirst } from '@millrace/client'

export interface TopicShape {
  readonly name: string
  readonly partitions: number
  readonly configs?: Readonly<Record<string, string>>
}

const createTimeoutMs = 120_000
/** KRaft refuses a request that makes 10,000 records of metadata (POLICY_VIOLATION). */
const partitionsAtOnce = 5_000

/** Makes a topic and waits until every partition is led: Apache Kafka answers the creation before that. */
export async function createTopic(bootstrap: string, topic: TopicShape): Promise<void> {
  await using admin = new Admin({
    brokers: [bootstrap],
    requestTimeoutMs: createTimeoutMs,
    apiTimeoutMs: createTimeoutMs,
  })
  const { name } = topic
  const first = { ...topic, partitions: Math.min(topic.partitions, partitionsAtOnce) }
  throwFirst(await admin.createTopics([first], { timeoutMs: createTimeoutMs }))
  for (let count = first.partitions; count < topic.partitions; ) {
    count = Math.min(count + partitionsAtOnce, topic.partitions)
    throwFirst(await admin.createPartitions([{ topic: name, count }], { timeoutMs: createTimeoutMs }))
  }
  const partitions = Array.from({ length: topic.partitions }, (_, partition) => ({
    topic: name,
    partition,
    timestamp: OffsetSpec.latest,
  }))
  throwFirst(await admin.listOffsets(partitions))
}

export async function deleteTopic(bootstrap: string, name: string): Promise<void> {
  await using admin = new Admin({ brokers: [bootstrap] })
  throwFirst(await admin.deleteTopics([name]))
}
