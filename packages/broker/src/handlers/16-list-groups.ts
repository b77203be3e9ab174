// ListGroups (key 16, versions 0–5): all groups, from v4 those in some states, from v5 those of some types.
import { ErrorCode, ListGroupsApi, type ListGroupsResponseInit } from '@millrace/protocol'
import { groupCoordinator } from '../groups/coordinator.ts'
import { orError } from '../groups/coordinator-error.ts'
import { defineHandler } from './handler.ts'

const classicType = 'classic'

export default defineHandler(ListGroupsApi, (request, { broker }) => {
  const states = new Set(request.statesFilter.map(state => state.trim().toLowerCase()))
  const types = new Set(request.typesFilter.map(type => type.toLowerCase()))
  return orError<ListGroupsResponseInit>(
    async () => {
      const groups = await broker.service(groupCoordinator).admin.list()
      return {
        errorCode: ErrorCode.NONE,
        groups: groups
          .filter(({ state }) => states.size === 0 || states.has(state.toLowerCase()))
          .filter(() => types.size === 0 || types.has(classicType))
          .map(({ groupId, protocolType, state }) => ({
            groupId,
            protocolType: protocolType ?? '',
            groupState: state,
            groupType: classicType,
          })),
      }
    },
    errorCode => ({ errorCode, groups: [] }),
  )
})
