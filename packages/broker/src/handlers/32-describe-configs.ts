// DescribeConfigs (key 32, versions 1–4): every setting of topics, brokers and groups with where it comes from. v3+: type and documentation.
import {
  DescribeConfigsApi,
  type DescribeConfigsRequest,
  type DescribeConfigsResponseInit,
  ErrorCode,
} from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import {
  type DescribedConfig,
  describeBrokerConfigs,
  describeClientMetrics,
  describeClusterDefaults,
  describeGroupConfigs,
  describeTopicConfigs,
} from '../config/describe.ts'
import type { BrokerCore } from '../core.ts'
import { resourceTypes } from '../metadata/record.ts'
import { topicNameFault } from '../metadata/topic-name.ts'
import { describeLoggers } from './broker-loggers.ts'
import { defineHandler } from './handler.ts'
import { configRefusal } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Resource = DescribeConfigsRequest['resources'][number]
type Result = NonNullable<DescribeConfigsResponseInit['results']>[number]

const traits: HandlerTraits = {
  authorization: needs('DESCRIBE_CONFIGS CLUSTER', 'DESCRIBE_CONFIGS TOPIC', 'DESCRIBE_CONFIGS GROUP'),
  quota: 'REQUEST',
}

export default defineHandler(DescribeConfigsApi, traits, (request, context) => ({
  results: request.resources.map(resource => {
    const { resourceType, resourceName } = resource
    try {
      const refused = configRefusal(context, 'DESCRIBE_CONFIGS', resourceType, resourceName)
      if (refused) throw refused
      const configs = describe(context.broker, resource).map(config => ({
        ...config,
        synonyms: request.includeSynonyms ? config.synonyms : [],
        documentation: request.includeDocumentation ? config.documentation : null,
      }))
      return { errorCode: ErrorCode.NONE, errorMessage: null, resourceType, resourceName, configs } as Result
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return { errorCode: error.code, errorMessage: error.message, resourceType, resourceName, configs: [] }
    }
  }),
}))

function describe(broker: BrokerCore, resource: Resource): readonly DescribedConfig[] {
  const { resourceType, resourceName, configurationKeys } = resource
  // An empty list asks for all, too, as with Apache Kafka.
  const names = configurationKeys?.length ? new Set(configurationKeys) : undefined
  if (resourceType === resourceTypes.TOPIC) {
    const fault = topicNameFault(resourceName)
    if (fault) throw new ApiError(ErrorCode.INVALID_TOPIC_EXCEPTION, fault)
    const topic = broker.metadata.image.topic(resourceName)
    if (!topic) throw new ApiError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
    return describeTopicConfigs(topic.configs, broker.config, names)
  }
  if (resourceType === resourceTypes.BROKER) {
    if (resourceName === '') {
      return describeClusterDefaults(broker.metadata.image.configs(resourceTypes.BROKER, ''), names)
    }
    if (!/^-?\d+$/.test(resourceName)) {
      throw new ApiError(
        ErrorCode.INVALID_REQUEST,
        `Broker id must be an integer, but it is: ${resourceName}`,
      )
    }
    if (resourceName !== String(broker.nodeId)) {
      throw new ApiError(
        ErrorCode.INVALID_REQUEST,
        `Unexpected broker id, expected ${broker.nodeId} or empty string, but received ${resourceName}`,
      )
    }
    return describeBrokerConfigs(broker.config, names)
  }
  if (resourceType === resourceTypes.GROUP) {
    if (resourceName === '') throw new ApiError(ErrorCode.INVALID_REQUEST, 'Group name must not be empty')
    return describeGroupConfigs(
      broker.metadata.image.configs(resourceType, resourceName),
      broker.config,
      names,
    )
  }
  if (resourceType === resourceTypes.CLIENT_METRICS) {
    if (resourceName === '')
      throw new ApiError(ErrorCode.INVALID_REQUEST, 'Client metrics subscription name must not be empty')
    return describeClientMetrics(broker.metadata.image.configs(resourceType, resourceName), names)
  }
  if (resourceType === resourceTypes.BROKER_LOGGER) return describeLoggers(broker, resourceName, names)
  throw new ApiError(ErrorCode.INVALID_REQUEST, `Resource type ${resourceType} has no configuration here.`)
}
