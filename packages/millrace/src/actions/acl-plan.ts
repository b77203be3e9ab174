// Which ACLs a command line means: resources, principals, hosts and operations, each with each, and the shorthands of kafka-acls.
import type { AclFilter, AclOperationName, AclResourceTypeName, NewAcl } from '@millrace/client'
import type { AclResourceOptions, AclRuleOptions } from '../options/acl.ts'
import { UsageError } from '../output/errors.ts'

export interface AclResource {
  readonly resourceType: AclResourceTypeName
  readonly resourceName: string
}

/** What Kafka's authorizer ever asks for on each kind of resource; `all` goes with every one (`AclEntry.supportedOperations`). */
const operationsOf: Readonly<Record<AclResourceTypeName, readonly AclOperationName[]>> = {
  topic: ['read', 'write', 'create', 'describe', 'delete', 'alter', 'describeConfigs', 'alterConfigs'],
  group: ['read', 'describe', 'delete', 'describeConfigs', 'alterConfigs'],
  cluster: [
    'create',
    'clusterAction',
    'describeConfigs',
    'alterConfigs',
    'idempotentWrite',
    'alter',
    'describe',
  ],
  transactionalId: ['describe', 'write', 'twoPhaseCommit'],
  delegationToken: ['describe'],
  user: ['createTokens', 'describeTokens'],
}

const clusterName = 'kafka-cluster'

/** The resources that the options name. */
export function resourcesOf(options: AclResourceOptions): AclResource[] {
  const named = (resourceType: AclResourceTypeName, names: readonly string[]) =>
    names.map(resourceName => ({ resourceType, resourceName }))
  return [
    ...named('topic', options.topic),
    ...named('group', options.group),
    ...named('cluster', options.cluster ? [clusterName] : []),
    ...named('transactionalId', options.transactionalId),
    ...named('delegationToken', options.delegationToken),
    ...named('user', options.userPrincipal),
  ]
}

/** An entry without whom it is for. */
interface Right extends AclResource {
  readonly operation: AclOperationName
}

/** Throws UsageError for an operation that the kind of resource does not know: such an ACL would never do anything. */
function rightsOf(options: AclRuleOptions): Right[] {
  const resources = resourcesOf(options)
  if (options.producer || options.consumer) return shorthandRights(resources, options)
  const operations = options.operation.length > 0 ? options.operation : (['all'] as const)
  return resources.flatMap(resource =>
    operations.map(operation => {
      const known = operationsOf[resource.resourceType]
      if (operation !== 'all' && !known.includes(operation)) {
        throw new UsageError(
          `there is no operation ${operation} on a ${resource.resourceType}`,
          `there are ${['all', ...known].join(', ')}`,
        )
      }
      return { ...resource, operation }
    }),
  )
}

const shorthands: Readonly<
  Record<'producer' | 'consumer', Partial<Record<AclResourceTypeName, readonly AclOperationName[]>>>
> = {
  producer: { topic: ['write', 'describe', 'create'], transactionalId: ['write', 'describe'] },
  consumer: { topic: ['read', 'describe'], group: ['read'] },
}

/** All that a producer or consumer of these topics needs. */
function shorthandRights(resources: readonly AclResource[], options: AclRuleOptions): Right[] {
  const rights: Right[] = []
  for (const role of ['producer', 'consumer'] as const) {
    if (!options[role]) continue
    for (const resource of resources) {
      for (const operation of shorthands[role][resource.resourceType] ?? []) {
        rights.push({ ...resource, operation })
      }
    }
  }
  if (options.idempotent) {
    rights.push({ resourceType: 'cluster', resourceName: clusterName, operation: 'idempotentWrite' })
  }
  const once = new Map(
    rights.map(right => [`${right.resourceType} ${right.operation} ${right.resourceName}`, right]),
  )
  return [...once.values()]
}

interface Subject {
  readonly principal: string
  readonly host: string
  readonly permission: 'allow' | 'deny'
}

function subjectsOf(options: AclRuleOptions): Subject[] {
  const each = (permission: 'allow' | 'deny', principals: readonly string[], hosts: readonly string[]) =>
    principals.flatMap(principal => {
      checkPrincipal(principal)
      return (hosts.length > 0 ? hosts : ['*']).map(host => ({ principal, host, permission }))
    })
  return [
    ...each('allow', options.allowPrincipal, options.allowHost),
    ...each('deny', options.denyPrincipal, options.denyHost),
  ]
}

/** Throws UsageError for a name without its type. */
export function checkPrincipal(principal: string): void {
  if (principal.includes(':')) return
  throw new UsageError(`"${principal}" is no principal: it has no type`, `write User:${principal}`)
}

/** The ACLs to create. Throws UsageError when the options name none. */
export function plannedAcls(options: AclRuleOptions): Omit<NewAcl, 'patternType'>[] {
  const subjects = subjectsOf(options)
  return rightsOf(options).flatMap(right => subjects.map(subject => ({ ...right, ...subject })))
}

/** The ACLs to delete: those that the options would create, or, where they name nobody, all of the resources. */
export function plannedFilters(options: AclRuleOptions): AclFilter[] {
  const subjects = subjectsOf(options)
  if (subjects.length > 0) return plannedAcls(options)
  if (options.operation.length === 0 && !options.producer && !options.consumer) return resourcesOf(options)
  return rightsOf(options)
}
