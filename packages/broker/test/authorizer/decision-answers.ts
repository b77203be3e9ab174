// What our authorizer says to the questions of a case: one character each, 1 for yes.
import { AclSet } from '../../src/authorizer/acl-set.ts'
import { decide, decideForType } from '../../src/authorizer/decision.ts'
import { javaAddress } from '../../src/authorizer/java-address.ts'
import type { DecisionCase } from './decision-cases.ts'

export function answersOf({ superUsers, allowIfNoAcl, acls, questions }: DecisionCase): string {
  const set = new AclSet()
  for (const [index, acl] of acls.entries()) set.add(String(index), acl)
  const options = { superUsers: new Set(superUsers), allowIfNoAcl }
  return questions
    .map(({ principal, host, operation, resourceType, resourceName }) => {
      const asker = { principal, host: javaAddress(host) }
      const allowed =
        resourceName === null
          ? decideForType(set, asker, operation, resourceType, options)
          : decide(set, asker, operation, resourceType, resourceName, options).allowed
      return allowed ? '1' : '0'
    })
    .join('')
}
