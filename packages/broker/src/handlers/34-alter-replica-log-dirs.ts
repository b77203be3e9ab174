// AlterReplicaLogDirs (key 34, versions 1–2): moves a replica to another log directory. There is one directory: a partition is there already.
import { AlterReplicaLogDirsApi, ErrorCode } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(AlterReplicaLogDirsApi, traits, (request, context) => {
  const { broker } = context
  const may = context.authorize('ALTER', 'CLUSTER')
  // As in Kafka, where a partition is named for several directories the last one counts.
  const errors = new Map<string, Map<number, number>>()
  for (const { path, topics } of request.dirs) {
    for (const { name, partitions } of topics) {
      let ofTopic = errors.get(name)
      if (!ofTopic) errors.set(name, (ofTopic = new Map()))
      for (const partition of partitions) {
        if (!may) {
          ofTopic.set(partition, ErrorCode.CLUSTER_AUTHORIZATION_FAILED)
          continue
        }
        // A directory that this broker does not have is told before a partition that it does not have.
        if (path !== broker.dataDir) ofTopic.set(partition, ErrorCode.LOG_DIR_NOT_FOUND)
        else if (!broker.partition(name, partition)) {
          ofTopic.set(partition, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
        } else ofTopic.set(partition, ErrorCode.NONE)
      }
    }
  }
  return {
    results: [...errors].map(([topicName, partitions]) => ({
      topicName,
      partitions: [...partitions].map(([partitionIndex, errorCode]) => ({ partitionIndex, errorCode })),
    })),
  }
})
