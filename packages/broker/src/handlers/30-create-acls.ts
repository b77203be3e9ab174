// CreateAcls (key 30, versions 1–3): new ACLs, each with its own outcome; one that is there already is no error. In force when it is answered.
import { CreateAclsApi, type CreateAclsResponseInit, ErrorCode } from '@millrace/protocol'
import { createAclRecords } from '../metadata/alter-acls.ts'
import { changeEach } from '../metadata/change-each.ts'
import type { Decision } from '../metadata/store.ts'
import { noAuthorizer, refuseUnknown } from './acl-requests.ts'
import { defineHandler } from './handler.ts'
import { clusterRefused } from './refusals.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Result = NonNullable<CreateAclsResponseInit['results']>[number]

const traits: HandlerTraits = { authorization: needs('ALTER CLUSTER'), quota: 'REQUEST' }

export default defineHandler(CreateAclsApi, traits, async ({ creations }, context) => {
  for (const { resourcePatternType, resourceType, operation, permissionType } of creations) {
    refuseUnknown('CreatableAcls', resourcePatternType, resourceType, operation, permissionType)
  }
  if (!context.authorize('ALTER', 'CLUSTER')) return { results: creations.map(() => clusterRefused) }
  const { authorizer, metadata, random } = context.broker
  if (!authorizer) return { results: creations.map(() => noAuthorizer) }
  const asked = new Set<string>()
  const results = await changeEach(metadata, creations, {
    decide({ acls }, { resourcePatternType: patternType, ...rest }): Decision<Result> {
      const records = createAclRecords(acls, { ...rest, patternType }, { random, asked })
      return { records, result: { errorCode: ErrorCode.NONE, errorMessage: '' } }
    },
    refuse: (_, { code, message }) => ({ errorCode: code, errorMessage: message }),
  })
  return { results }
})
