// The audit log: who asked for what, from where, and was allowed or not. One event, `authorizer.audit`, a line a decision.
//
// Denials are written, of one client so many a second, and the others counted: a single request can be denied a hundred thousand times. What was
// allowed is written in the share that `authorizer.audit.allowed.ratio` says, evenly spread: 0.01 is every hundredth. What only filters a listing, or tells a client what it could do, is no access and is not written when it is denied.
import { apiVersions } from '@millrace/protocol'
import type { BurstFilter } from '../burst-filter.ts'
import type { LogFields, Logger } from '../logger.ts'
import { aclOperations, aclPatternTypes, aclPermissionTypes, codeName } from './acl.ts'
import type { Asked, AuthorizedRequest, Operation, ResourceKind } from './authorizer.ts'
import type { Asker, Decision, Rule } from './decision.ts'

/** Names and ids are the client's words, of any length. */
const textMax = 256

export interface Resource {
  readonly operation: Operation
  readonly kind: ResourceKind
  readonly name: string
}

export class AuditLog {
  readonly #logger: Logger
  readonly #burstFilter: BurstFilter
  readonly #allowedRatio: () => number
  /** What is due of the next line about something allowed. */
  #due = 0

  constructor(logger: Logger, burstFilter: BurstFilter, allowedRatio: () => number) {
    this.#logger = logger
    this.#burstFilter = burstFilter
    this.#allowedRatio = allowedRatio
  }

  /** Whether this decision is written. Counts it. */
  wants({ allowed }: Decision, asked: Asked): boolean {
    if (asked === 'description') return false
    if (!allowed) return asked === 'access'
    const ratio = this.#allowedRatio()
    if (ratio === 0) return false
    this.#due += ratio
    if (this.#due < 1) return false
    this.#due -= 1
    return true
  }

  write(request: AuthorizedRequest, asker: Asker, resource: Resource, decision: Decision): void {
    const { allowed } = decision
    const { principal, host } = asker
    const source = { principal, allowed, host, listener: request.connection.endpoint.name }
    if (allowed) {
      this.#logger.log('info', 'authorizer.audit', { ...source, ...fieldsOf(request, resource, decision) })
      return
    }
    this.#burstFilter.log('info', 'authorizer.audit', source, () => fieldsOf(request, resource, decision))
  }
}

function fieldsOf(
  { apiKey, clientId }: AuthorizedRequest,
  { operation, kind, name }: Resource,
  { rule }: Decision,
): LogFields {
  return {
    operation,
    resourceType: kind,
    resourceName: name.slice(0, textMax),
    clientId: clientId?.slice(0, textMax) ?? null,
    request: apiVersions.get(apiKey)?.name ?? String(apiKey),
    rule: ruleText(rule),
  }
}

function ruleText(rule: Rule): string {
  if (typeof rule === 'string') return rule
  const { patternType, resourceName, principal, host, operation, permissionType } = rule
  const permission = codeName(aclPermissionTypes, permissionType)
  const pattern = codeName(aclPatternTypes, patternType)
  return `${permission} ${codeName(aclOperations, operation)} ${pattern}:${resourceName} ${principal} from ${host}`
}
