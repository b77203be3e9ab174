// ListGroups (key 16, versions 0–5): all groups, from v4 those in some states, from v5 those of some types.
import { ErrorCode, ListGroupsApi, type ListGroupsResponseInit } from '@millrace/protocol'
import { clusterResource } from '../authorizer/acl.ts'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../coordination/coordinator-error.ts'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('DESCRIBE CLUSTER', 'DESCRIBE GROUP'), quota: 'REQUEST' }

export default defineHandler(ListGroupsApi, traits, (request, context) => {
  const { broker } = context
  const seesAll = context.authorize('DESCRIBE', 'CLUSTER', clusterResource, 'filter')
  const states = new Set(request.statesFilter.map(state => state.trim().toLowerCase()))
  const types = new Set(request.typesFilter.map(type => type.toLowerCase()))
  return orError<ListGroupsResponseInit>(
    async () => {
      const groups = await broker.service(groupCoordinator).admin.list()
      return {
        errorCode: ErrorCode.NONE,
        groups: groups
          .filter(({ groupId }) => seesAll || context.authorize('DESCRIBE', 'GROUP', groupId, 'filter'))
          .filter(({ state }) => states.size === 0 || states.has(state.toLowerCase()))
          .filter(({ type }) => types.size === 0 || types.has(type))
          .map(({ groupId, protocolType, state, type }) => ({
            groupId,
            protocolType: protocolType ?? '',
            groupState: state,
            groupType: type,
          })),
      }
    },
    errorCode => ({ errorCode, groups: [] }),
  )
})
