// DescribeCluster (key 60, versions 0–2): this node and the id of its cluster. v1+: asked of controllers, a broker says it is none.
import { DescribeClusterApi, ErrorCode } from '@millrace/protocol'
import { authorizedClusterOperations, operationsNotRequested } from '../authorized-operations.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const endpointTypes = { BROKER: 1, CONTROLLER: 2 } as const

const traits: HandlerTraits = { authorization: needs('DESCRIBE CLUSTER'), quota: 'REQUEST' }

export default defineHandler(DescribeClusterApi, traits, (request, context) => {
  const { broker, connection, apiVersion } = context
  if (apiVersion >= 1 && request.endpointType !== endpointTypes.BROKER) {
    return {
      errorCode:
        request.endpointType === endpointTypes.CONTROLLER
          ? ErrorCode.MISMATCHED_ENDPOINT_TYPE
          : ErrorCode.UNSUPPORTED_ENDPOINT_TYPE,
      errorMessage: 'The request was sent to an endpoint of the wrong type.',
      endpointType: endpointTypes.BROKER,
      clusterId: '',
      brokers: [],
    }
  }
  return {
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    endpointType: endpointTypes.BROKER,
    clusterId: broker.clusterId,
    controllerId: broker.nodeId,
    brokers: [
      {
        brokerId: broker.nodeId,
        host: connection.endpoint.host,
        port: connection.endpoint.port,
        rack: broker.config.get('broker.rack'),
      },
    ],
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? authorizedClusterOperations(context)
      : operationsNotRequested,
  }
})
