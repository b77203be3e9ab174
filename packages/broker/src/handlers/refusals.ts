// What Apache Kafka says to a client that may not do what it asks for.
import { ErrorCode } from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import type { Operation, ResourceKind } from '../authorizer/authorizer.ts'
import { resourceTypes } from '../metadata/record.ts'
import type { RequestContext } from './handler.ts'

const texts = {
  [ErrorCode.TOPIC_AUTHORIZATION_FAILED]: 'Topic authorization failed.',
  [ErrorCode.GROUP_AUTHORIZATION_FAILED]: 'Group authorization failed.',
  [ErrorCode.CLUSTER_AUTHORIZATION_FAILED]: 'Cluster authorization failed.',
} as const

/** The error with Kafka's own words for it. */
export function refusal(code: keyof typeof texts): ApiError {
  return new ApiError(code, texts[code])
}

/** `refusal`, as the fields of a reply that has them at its top. */
export const clusterRefused = {
  errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
  errorMessage: texts[ErrorCode.CLUSTER_AUTHORIZATION_FAILED],
} as const

/** Why the client may not look at, or change, the settings of a resource; undefined if it may. Settings of brokers are the cluster's. */
export function configRefusal(
  context: RequestContext,
  operation: Extract<Operation, 'DESCRIBE_CONFIGS' | 'ALTER_CONFIGS'>,
  resourceType: number,
  resourceName: string,
): ApiError | undefined {
  const may = (resource: ResourceKind) => context.authorize(operation, resource, resourceName)
  switch (resourceType) {
    case resourceTypes.TOPIC:
      return may('TOPIC') ? undefined : refusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED)
    case resourceTypes.GROUP:
      return may('GROUP') ? undefined : refusal(ErrorCode.GROUP_AUTHORIZATION_FAILED)
    default:
      return context.authorize(operation, 'CLUSTER')
        ? undefined
        : refusal(ErrorCode.CLUSTER_AUTHORIZATION_FAILED)
  }
}
