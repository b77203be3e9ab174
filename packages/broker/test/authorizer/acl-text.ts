// Access control entries written as text, for tests.
import {
  type Acl,
  aclOperations,
  aclPatternTypes,
  aclPermissionTypes,
  aclResourceTypes,
} from '../../src/authorizer/acl.ts'
import { AclSet } from '../../src/authorizer/acl-set.ts'

/** `ALLOW READ TOPIC LITERAL orders User:alice *`. */
export function aclOf(text: string): Acl {
  const [permission, operation, type, pattern, resourceName, principal, host] = text.split(' ') as string[]
  return {
    permissionType: aclPermissionTypes[permission as 'ALLOW'],
    operation: aclOperations[operation as 'READ'],
    resourceType: aclResourceTypes[type as 'TOPIC'],
    patternType: aclPatternTypes[pattern as 'LITERAL'],
    resourceName: resourceName!,
    principal: principal!,
    host: host!,
  }
}

export function aclSetOf(texts: readonly string[]): AclSet {
  const acls = new AclSet()
  for (const [index, text] of texts.entries()) acls.add(`id-${index}`, aclOf(text))
  return acls
}
