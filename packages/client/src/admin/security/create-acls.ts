// Admin: create access control entries.
import { CreateAclsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { listOf, optionsWith } from '../../config/arguments.ts'
import { checkNewAcl, completeAcl, creationOf, type NewAcl } from './acl.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { type Outcome, outcomeError } from '../outcome.ts'
import { checkBroker } from '../wrong-broker.ts'

/** What became of one entry. */
export interface CreatedAcl extends Outcome {
  /** The entry with its defaults. */
  readonly acl: Required<NewAcl>
}

const checkAcls = listOf(checkNewAcl)
const checkOptions = optionsWith()

/** Creates entries, each with its own outcome. One that is there already is no error. */
export async function createAcls(
  cluster: Cluster,
  acls: readonly NewAcl[],
  options: AdminCallOptions = {},
): Promise<CreatedAcl[]> {
  checkAcls('createAcls: acls', acls)
  checkOptions('createAcls: options', options)
  const complete = acls.map(completeAcl)
  const what = `creating ${acls.length === 1 ? 'an ACL' : `${acls.length} ACLs`}`
  const { results } = await cluster.call(
    CreateAclsApi,
    { creations: complete.map(creationOf) },
    {
      ...callOptions(options),
      what,
      to: 'controller',
      check: response =>
        checkBroker(
          response.results.map(({ errorCode }) => errorCode),
          what,
        ),
    },
  )
  return complete.map((acl, index) => {
    const { errorCode = -1, errorMessage = null } = results[index] ?? {}
    const whatOne = `creating the ACL of ${acl.principal} on ${acl.resourceType} "${acl.resourceName}"`
    return { acl, error: outcomeError(errorCode, whatOne, errorMessage) }
  })
}
