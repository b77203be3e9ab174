// What an admin client does with access control lists.
import { CreateAclsApi, DeleteAclsApi, DescribeAclsApi } from '@millrace/protocol'
import { checkBroker } from '../admin/wrong-broker.ts'
import { asText } from './as-text.ts'
import { type AdminHost, ask, codesOf, throwFirstCode } from './admin-host.ts'
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ResourcePatternTypes,
} from './enumerations.ts'
import { KafkaJSNonRetriableError } from './errors.ts'
import type { AclEntry, AclFilter, Admin, DeleteAclResponse, DescribeAclResponse } from './types/admin.ts'

type Numbered = Pick<AclFilter, 'operation' | 'resourcePatternType' | 'permissionType' | 'resourceType'>

const enumerations: readonly (readonly [keyof Numbered, string, readonly number[]])[] = [
  ['operation', 'operation type', Object.values(AclOperationTypes)],
  ['resourcePatternType', 'resource pattern type', Object.values(ResourcePatternTypes)],
  ['permissionType', 'permission type', Object.values(AclPermissionTypes)],
  ['resourceType', 'resource type', Object.values(AclResourceTypes)],
]

/** Throws KafkaJSNonRetriableError for a number that means nothing. */
function checkNumbers(acls: readonly Numbered[], showsEntry: boolean): void {
  for (const [field, name, values] of enumerations) {
    const wrong = acls.find(acl => !values.includes(acl[field]))
    if (!wrong) continue
    const filter = !showsEntry && field === 'resourcePatternType' ? 'resource pattern filter type' : name
    throw new KafkaJSNonRetriableError(
      `Invalid ${filter} ${wrong[field]}${showsEntry ? `: ${JSON.stringify(wrong)}` : ''}`,
    )
  }
}

const texts = ['principal', 'host', 'resourceName'] as const

function checkTexts(what: string, acls: readonly (AclEntry | AclFilter)[], mayLack: boolean): void {
  for (const field of texts) {
    const isWrong = (acl: AclEntry | AclFilter) =>
      typeof acl[field] !== 'string' && !(mayLack && acl[field] === undefined)
    if (acls.some(isWrong))
      throw new KafkaJSNonRetriableError(`Invalid ${what} array, the ${field}s have to be a valid string`)
  }
}

function checkList(what: string, acls: readonly unknown[]): void {
  if (!acls || !Array.isArray(acls))
    throw new KafkaJSNonRetriableError(`Invalid ${what} array ${asText(acls)}`)
  if (acls.length === 0) throw new KafkaJSNonRetriableError(`Empty ${what} array`)
}

export const createAcls =
  (host: AdminHost): Admin['createAcls'] =>
  async ({ acl }) => {
    checkList('ACL', acl)
    checkTexts('ACL', acl, false)
    checkNumbers(acl, true)
    const what = 'creating ACLs'
    return ask(host, async ({ cluster }) => {
      const creations = acl.map(entry => ({ ...entry }))
      const { results } = await cluster.call(
        CreateAclsApi,
        { creations },
        { what, to: 'controller', check: answer => checkBroker(codesOf(answer.results), what) },
      )
      throwFirstCode(results, what)
      return true
    })
  }

/** A filter in the protocol's words. */
function filterOf({ resourceType, resourceName, resourcePatternType, ...filter }: AclFilter) {
  return {
    resourceTypeFilter: resourceType,
    resourceNameFilter: resourceName ?? null,
    patternTypeFilter: resourcePatternType,
    principalFilter: filter.principal ?? null,
    hostFilter: filter.host ?? null,
    operation: filter.operation,
    permissionType: filter.permissionType,
  }
}

export const describeAcls =
  (host: AdminHost): Admin['describeAcls'] =>
  async filter => {
    for (const field of texts)
      if (typeof filter[field] !== 'string' && filter[field] !== undefined)
        throw new KafkaJSNonRetriableError(`Invalid ${field}, the ${field} have to be a valid string`)
    checkNumbers([filter], false)
    const what = 'describing ACLs'
    return ask(host, async ({ cluster }) => {
      const answered = await cluster.call(DescribeAclsApi, filterOf(filter), {
        what,
        to: 'controller',
        check: answer => checkBroker(codesOf([answer]), what),
      })
      throwFirstCode([answered], what)
      const { resources } = answered
      const described = resources.map(({ resourceType, resourceName, patternType, acls }) => ({
        resourceType,
        resourceName,
        resourcePatternType: patternType,
        acls: acls.map(({ principal, host: from, operation, permissionType }) => ({
          principal,
          host: from,
          operation,
          permissionType,
        })),
      }))
      // As KafkaJS returns it, whose types have more beside.
      return { resources: described } as unknown as DescribeAclResponse
    })
  }

export const deleteAcls =
  (host: AdminHost): Admin['deleteAcls'] =>
  async ({ filters }) => {
    checkList('ACL Filter', filters)
    checkTexts('ACL Filter', filters, true)
    checkNumbers(filters, true)
    const what = 'deleting ACLs'
    return ask(host, async ({ cluster }) => {
      const { filterResults } = await cluster.call(
        DeleteAclsApi,
        { filters: filters.map(filterOf) },
        { what, to: 'controller', check: answer => checkBroker(codesOf(answer.filterResults), what) },
      )
      throwFirstCode(
        filterResults.flatMap(result => [result, ...result.matchingAcls]),
        what,
      )
      const filterResponses = filterResults.map(({ errorCode, errorMessage, matchingAcls }) => ({
        errorCode,
        errorMessage,
        matchingAcls: matchingAcls.map(({ patternType, ...matching }) => ({
          ...matching,
          resourcePatternType: patternType,
        })),
      }))
      // As KafkaJS returns it, whose types have more beside.
      return { filterResponses } as unknown as DeleteAclResponse
    })
  }
