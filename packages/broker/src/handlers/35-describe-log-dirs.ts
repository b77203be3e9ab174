// DescribeLogDirs (key 35, versions 1–5): what each partition takes of the disk. There is one directory.
import { DescribeLogDirsApi, type DescribeLogDirsResponseInit, ErrorCode } from '@millrace/protocol'
import type { TopicImage } from '../metadata/image.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Directory = NonNullable<DescribeLogDirsResponseInit['results']>[number]
type Topic = NonNullable<Directory['topics']>[number]

/** First version that tells the size of the volume and what is free of it. */
const spaceVersionMin = 4

const traits: HandlerTraits = { authorization: needs('DESCRIBE CLUSTER'), quota: 'REQUEST' }

export default defineHandler(DescribeLogDirsApi, traits, (request, context) => {
  const { broker, apiVersion } = context
  if (!context.authorize('DESCRIBE', 'CLUSTER')) {
    return { errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED, results: [] }
  }
  const { image } = broker.metadata
  const topics: Topic[] = []
  if (request.topics === null) {
    for (const topic of image.topics()) {
      topics.push(describe(topic, [...topic.partitions.keys()], context))
    }
  } else {
    for (const { topic: name, partitions } of request.topics) {
      const topic = image.topic(name)
      if (topic) topics.push(describe(topic, partitions, context))
    }
  }
  const space = apiVersion >= spaceVersionMin ? broker.logs.space : undefined
  return {
    errorCode: ErrorCode.NONE,
    results: [{ errorCode: ErrorCode.NONE, logDir: broker.dataDir, topics, ...space }],
  }
})

function describe(topic: TopicImage, indexes: readonly number[], { broker }: RequestContext): Topic {
  return {
    name: topic.name,
    partitions: indexes.flatMap(partitionIndex => {
      const log = broker.partition(topic.name, partitionIndex)
      return log ? [{ partitionIndex, partitionSize: log.sizeInBytes, offsetLag: 0, isFutureKey: false }] : []
    }),
  }
}
