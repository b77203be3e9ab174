// Admin: delete access control entries.
import { DeleteAclsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { listOf, optionsWith } from '../../config/arguments.ts'
import { type Acl, type AclFilter, aclOf, checkAclFilter, filterOf } from './acl.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { checkBroker } from '../wrong-broker.ts'

/** What became of one filter. */
export interface DeletedAcls extends Outcome {
  /** The filter as it was given. */
  readonly filter: AclFilter
  /** The entries that it meant, each with its own outcome. */
  readonly acls: readonly (Outcome & { readonly acl: Acl })[]
}

const checkFilters = listOf(checkAclFilter)
const checkOptions = optionsWith()

/** Deletes the entries that any of the filters means. A filter that means none is no error. */
export async function deleteAcls(
  cluster: Cluster,
  filters: readonly AclFilter[],
  options: AdminCallOptions = {},
): Promise<DeletedAcls[]> {
  checkFilters('deleteAcls: filters', filters)
  checkOptions('deleteAcls: options', options)
  const what = 'deleting ACLs'
  const { filterResults } = await cluster.call(
    DeleteAclsApi,
    { filters: filters.map(filterOf) },
    {
      ...callOptions(options),
      what,
      to: 'controller',
      check: response =>
        checkBroker(
          response.filterResults.map(({ errorCode }) => errorCode),
          what,
        ),
    },
  )
  return filters.map((filter, index) => {
    const { errorCode = -1, errorMessage = null, matchingAcls = [] } = filterResults[index] ?? {}
    return {
      filter,
      acls: matchingAcls.map(match => ({
        acl: aclOf(match, match),
        error: outcomeError(match.errorCode, what, match.errorMessage),
      })),
      error: outcomeError(errorCode, what, errorMessage),
    }
  })
}
