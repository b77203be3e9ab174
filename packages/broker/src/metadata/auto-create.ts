// Topics that come to be because a client named them.
import { ErrorCode } from '@millrace/protocol/base'
import { ApiError, orApiError } from '../api-error.ts'
import type { BrokerCore } from '../core.ts'
import { requestRecordsMax } from '../limits.ts'
import { tooManyRecords } from './change-each.ts'
import { createTopicRecords } from './create-topic.ts'
import { internalTopicLayout } from './internal-topics.ts'
import type { MetadataRecord } from './record.ts'
import { topicNameFault } from './topic-name.ts'

/**
 * Makes the topics of `names` that may be made, all in one change. Returns an error code for each that was not; with
 * auto.create.topics.enable off that is UNKNOWN_TOPIC_OR_PARTITION for all but internal topics. Names whose topics would be more records than one
 * request can write make none at all, as in Apache Kafka: 5,000 topics of one partition are the most. `mayMake` throws `ApiError` when the client
 * has made enough partitions: to it such a topic is not there.
 */
export async function autoCreateTopics(
  broker: BrokerCore,
  names: readonly string[],
  mayMake: (partitions: number) => void = () => {},
): Promise<ReadonlyMap<string, number>> {
  const failures = new Map<string, number>()
  const enabled = broker.config.get('auto.create.topics.enable')
  const wanted = [...new Set(names)].filter(name => {
    if (topicNameFault(name)) failures.set(name, ErrorCode.INVALID_TOPIC_EXCEPTION)
    else if (!enabled && !internalTopicLayout(name, broker.config)) {
      failures.set(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
    } else return true
    return false
  })
  if (wanted.length === 0) return failures
  const made = broker.metadata.change(image => {
    const records: MetadataRecord[] = []
    for (const name of wanted) {
      if (image.topic(name)) continue
      const layout = internalTopicLayout(name, broker.config)
      const partitions = layout?.partitions ?? broker.config.get('num.partitions')
      try {
        const made = createTopicRecords(image, broker, { name, partitions, configs: layout?.configs ?? {} })
        mayMake(partitions)
        records.push(...made)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        failures.set(name, notMadeCode(error))
      }
      if (records.length > requestRecordsMax) throw tooManyRecords()
    }
    return { records, result: undefined }
  })
  await orApiError(made, ({ code }) => {
    for (const name of wanted) failures.set(name, notMadeCode({ code }))
    return undefined
  })
  return failures
}

/** To who asks for metadata, topics that were too many to be made are topics that are not there, as in Kafka. */
function notMadeCode({ code }: Pick<ApiError, 'code'>): number {
  const tooMany = code === ErrorCode.POLICY_VIOLATION || code === ErrorCode.THROTTLING_QUOTA_EXCEEDED
  return tooMany ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : code
}
