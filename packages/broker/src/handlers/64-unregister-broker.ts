// UnregisterBroker (key 64, version 0): forgets a broker that is gone. The only one there is runs.
import { ErrorCode, UnregisterBrokerApi } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { clusterRefused } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(UnregisterBrokerApi, traits, ({ brokerId }, context) => {
  if (!context.authorize('ALTER', 'CLUSTER')) return clusterRefused
  // Apache Kafka forgets it, and serves nothing any more until it is restarted.
  if (brokerId === context.broker.nodeId) {
    return {
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: `Broker ID ${brokerId} is the only one of this cluster, and it runs`,
    }
  }
  return {
    errorCode: ErrorCode.BROKER_ID_NOT_REGISTERED,
    errorMessage: `Broker ID ${brokerId} is not currently registered`,
  }
})
