// RemoveRaftVoter (key 81, version 0): takes a controller out of the voters of the metadata log (KIP-853).
import { RemoveRaftVoterApi } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { voterRefusal } from './raft-voter-requests.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(RemoveRaftVoterApi, traits, (request, context) =>
  voterRefusal(request, context, 'Remove'),
)
