// DeleteTopics (key 20, versions 1–6). v6+: by name or by id. The topics leave the metadata in one change; their files go in the background.
import {
  DeleteTopicsApi,
  type DeleteTopicsRequest,
  type DeleteTopicsResponseInit,
  ErrorCode,
  zeroUuid,
} from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import { clusterResource } from '../authorizer/acl.ts'
import { changeEach } from '../metadata/change-each.ts'
import type { MetadataImage, TopicImage } from '../metadata/image.ts'
import type { Decision } from '../metadata/store.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { refusal } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Result = NonNullable<DeleteTopicsResponseInit['responses']>[number]
interface Target {
  readonly name: string | null
  readonly topicId: string
}

/** From here on clients know THROTTLING_QUOTA_EXCEEDED. */
const throttledVersionMin = 5

const traits: HandlerTraits = {
  authorization: needs('DELETE CLUSTER', 'DELETE TOPIC', 'DESCRIBE TOPIC'),
  quota: 'CONTROLLER_MUTATION',
}

export default defineHandler(DeleteTopicsApi, traits, async (request, context) => {
  const { broker, apiVersion } = context
  const targets = targetsOf(request, apiVersion)
  if (!broker.config.get('delete.topic.enable')) {
    const errorCode = apiVersion < 3 ? ErrorCode.INVALID_REQUEST : ErrorCode.TOPIC_DELETION_DISABLED
    return { responses: targets.map(target => ({ ...target, errorCode })) }
  }
  const mayAll = context.authorize('DELETE', 'CLUSTER', clusterResource, 'filter')
  const seen = new Set<TopicImage>()
  const mutations = broker.quotas?.mutations(context, apiVersion >= throttledVersionMin)
  const responses = await changeEach(broker.metadata, targets, {
    decide(image, target): Decision<Result> {
      const topic = mayAll ? find(image, target) : findDeletable(image, target, context)
      if (seen.has(topic)) throw new ApiError(ErrorCode.INVALID_REQUEST, 'Duplicate topic.')
      seen.add(topic)
      mutations?.record(topic.partitions.length)
      const { name, topicId } = topic
      return {
        records: [{ type: 'removeTopic', topicId }],
        result: { name, topicId, errorCode: ErrorCode.NONE },
      }
    },
    refuse: (target, error) => ({
      ...target,
      ...(error instanceof NamedRefusal && { name: error.topic }),
      errorCode: error.code,
      errorMessage: error.message,
    }),
  })
  mutations?.settle()
  return { responses }
})

/** Who may not delete a topic but see it is told its name, also where it has asked by id. */
class NamedRefusal extends ApiError {
  readonly topic: string

  constructor(topic: string) {
    super(ErrorCode.TOPIC_AUTHORIZATION_FAILED, refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED).message)
    this.topic = topic
  }
}

/** `find` for a client that may not delete whatever there is. Whether a topic exists is not told to who may not see it. */
function findDeletable(image: MetadataImage, target: Target, context: RequestContext): TopicImage {
  const name = target.name ?? image.topicById(target.topicId)?.name
  if (name === undefined) return find(image, target)
  if (!context.authorize('DESCRIBE', 'TOPIC', name)) throw refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED)
  const topic = find(image, target)
  if (!context.authorize('DELETE', 'TOPIC', name)) throw new NamedRefusal(name)
  return topic
}

function targetsOf(request: DeleteTopicsRequest, apiVersion: number): Target[] {
  if (apiVersion < 6) return request.topicNames.map(name => ({ name, topicId: zeroUuid }))
  return request.topics.map(({ name, topicId }) => ({ name, topicId }))
}

function find(image: MetadataImage, { name, topicId }: Target): TopicImage {
  if (name !== null && topicId !== zeroUuid) {
    throw new ApiError(ErrorCode.INVALID_REQUEST, 'Topic name and topic id cannot both be given.')
  }
  const topic = name === null ? image.topicById(topicId) : image.topic(name)
  if (topic) return topic
  throw new ApiError(name === null ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
}
