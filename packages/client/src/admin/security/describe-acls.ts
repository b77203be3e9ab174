// Admin: which access control entries there are.
import { DescribeAclsApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { optionsWith } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type Acl, type AclFilter, aclOf, checkAclFilter, filterOf } from './acl.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'

const checkOptions = optionsWith()

/** The entries that the filter means, sorted by what they are about and whom they are for. */
export async function describeAcls(
  cluster: Cluster,
  filter: AclFilter = {},
  options: AdminCallOptions = {},
): Promise<Acl[]> {
  checkAclFilter('describeAcls: filter', filter)
  checkOptions('describeAcls: options', options)
  const what = 'describing ACLs'
  const { errorCode, errorMessage, resources } = await cluster.call(DescribeAclsApi, filterOf(filter), {
    ...callOptions(options),
    what,
    to: 'any',
    check: response => checkBroker([response.errorCode], what),
  })
  if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
  return resources
    .flatMap(resource => resource.acls.map(description => aclOf(resource, description)))
    .map(acl => ({ acl, order: Object.values(acl).join('\0') }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ acl }) => acl)
}
