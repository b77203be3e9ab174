// DescribeAcls (key 29, versions 1–3): the ACLs that a filter means, by resource.
import { DescribeAclsApi, type DescribeAclsResponseInit, ErrorCode } from '@millrace/protocol'
import { aclFilterOf, noAuthorizer, refuseUnknown } from './acl-requests.ts'
import { defineHandler } from './handler.ts'
import { clusterRefused } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Resource = NonNullable<DescribeAclsResponseInit['resources']>[number]
type Description = Resource['acls'][number]

const traits: HandlerTraits = { authorization: needs('DESCRIBE CLUSTER'), quota: 'REQUEST' }

export default defineHandler(DescribeAclsApi, traits, (request, context) => {
  const { patternTypeFilter, resourceTypeFilter, operation, permissionType } = request
  refuseUnknown('DescribeAclsRequest', patternTypeFilter, resourceTypeFilter, operation, permissionType)
  if (!context.authorize('DESCRIBE', 'CLUSTER')) return { ...clusterRefused, resources: [] }
  const { authorizer, metadata } = context.broker
  if (!authorizer) {
    return { ...noAuthorizer, errorMessage: 'No Authorizer is configured on the broker', resources: [] }
  }
  const byPattern = new Map<string, Resource & { acls: Description[] }>()
  for (const [, acl] of metadata.image.acls.matching(aclFilterOf(request))) {
    const { resourceType, resourceName, patternType } = acl
    const pattern = `${resourceType} ${patternType} ${resourceName}`
    let resource = byPattern.get(pattern)
    if (!resource) byPattern.set(pattern, (resource = { resourceType, resourceName, patternType, acls: [] }))
    resource.acls.push({
      principal: acl.principal,
      host: acl.host,
      operation: acl.operation,
      permissionType: acl.permissionType,
    })
  }
  return { errorCode: ErrorCode.NONE, errorMessage: '', resources: [...byPattern.values()] }
})
