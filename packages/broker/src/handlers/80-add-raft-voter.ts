// AddRaftVoter (key 80, versions 0–1): makes a controller a voter of the metadata log (KIP-853). v1+: answered before the change is committed, if wanted.
import { AddRaftVoterApi } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { voterRefusal } from './raft-voter-requests.ts'
import { type HandlerTraits, needs } from './traits.ts'

/** The listener of controllers, as a single node of Apache Kafka is set up. */
const controllerListener = 'CONTROLLER'

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(AddRaftVoterApi, traits, (request, context) => {
  const isReachable = request.listeners.some(({ name }) => name === controllerListener)
  const unreachable = `Add voter request didn't include the endpoint for the default listener ${controllerListener}`
  return voterRefusal(request, context, 'Add', isReachable ? undefined : unreachable)
})
