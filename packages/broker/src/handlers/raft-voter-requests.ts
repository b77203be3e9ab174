// What AddRaftVoter and RemoveRaftVoter have in common: the only voter there is, is this node, and no other can be (`kraft.version` 0 in Kafka's words).
import { ErrorCode, zeroUuid } from '@millrace/protocol'
import type { RequestContext } from './handler.ts'
import { clusterRefused } from './refusals.ts'

/** A voter as both requests name it. */
interface VoterRequest {
  readonly clusterId: string | null
  readonly voterId: number
  readonly voterDirectoryId: string
}

/** Fields of the reply. */
export interface VoterRefusal {
  readonly errorCode: number
  readonly errorMessage: string
}

/** Why a request for a voter is refused, as `KafkaRaftClient` and its handlers look at it, in their order. `more`: what only one of the requests has. */
export function voterRefusal(
  request: VoterRequest,
  context: RequestContext,
  doing: 'Add' | 'Remove',
  more?: string,
): VoterRefusal {
  if (!context.authorize('ALTER', 'CLUSTER')) return clusterRefused
  const { clusterId, voterId, voterDirectoryId } = request
  if (clusterId !== null && clusterId !== context.broker.clusterId) {
    return {
      errorCode: ErrorCode.INCONSISTENT_CLUSTER_ID,
      errorMessage: `The given id "${clusterId}" doesn't match the cluster id "${context.broker.clusterId}"`,
    }
  }
  if (voterId < 0 || voterDirectoryId === zeroUuid) {
    return {
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: `${doing} voter request didn't include a valid voter`,
    }
  }
  if (more !== undefined) return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: more }
  return {
    errorCode: ErrorCode.UNSUPPORTED_VERSION,
    errorMessage: `Cluster doesn't support ${doing === 'Add' ? 'adding' : 'removing'} voter because the kraft.version feature is 0`,
  }
}
