// The rules of Apache Kafka's StandardAuthorizer: what access control entries say about one client, one operation, one resource.
import {
  type Acl,
  aclOperations,
  aclPatternTypes,
  aclPermissionTypes,
  aclWildcard,
  wildcardPrincipal,
} from './acl.ts'
import type { AclSet } from './acl-set.ts'

/** What decided: an entry, the client's being a super user, or that no entry said anything. */
export type Rule = Acl | 'SuperUser' | 'DefaultAllow' | 'DefaultDeny'

export interface Decision {
  readonly allowed: boolean
  readonly rule: Rule
}

/** Who asks: `User:alice` at an address as Java writes it. */
export interface Asker {
  readonly principal: string
  readonly host: string
}

export interface DecisionOptions {
  readonly superUsers: ReadonlySet<string>
  /** `allow.everyone.if.no.acl.found`: a resource that no entry of any kind applies to is open. */
  readonly allowIfNoAcl: boolean
}

const { DENY, ALLOW } = aclPermissionTypes
const { ALL, READ, WRITE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS } = aclOperations

const superUser: Decision = { allowed: true, rule: 'SuperUser' }
const defaultAllow: Decision = { allowed: true, rule: 'DefaultAllow' }
const defaultDeny: Decision = { allowed: false, rule: 'DefaultDeny' }

/**
 * Super users may do everything. Else one DENY that applies is a no, whatever is allowed; then one ALLOW is a yes; then it is a no, unless no
 * entry at all is about the resource and `allowIfNoAcl` says so (`StandardAuthorizerData.authorize`).
 */
export function decide(
  acls: AclSet,
  asker: Asker,
  operation: number,
  resourceType: number,
  resourceName: string,
  { superUsers, allowIfNoAcl }: DecisionOptions,
): Decision {
  if (superUsers.has(asker.principal)) return superUser
  let isNamed = false
  let deny: Acl | undefined
  let allow: Acl | undefined
  acls.visit(resourceType, resourceName, acl => {
    isNamed = true
    if (!appliesTo(acl, asker) || !covers(acl, operation)) return false
    if (acl.permissionType === ALLOW) allow = acl
    else deny = acl
    return deny !== undefined
  })
  if (deny) return { allowed: false, rule: deny }
  if (allow) return { allowed: true, rule: allow }
  return !isNamed && allowIfNoAcl ? defaultAllow : defaultDeny
}

function appliesTo({ principal, host }: Acl, asker: Asker): boolean {
  if (principal !== asker.principal && principal !== wildcardPrincipal) return false
  return host === aclWildcard || host === asker.host
}

/** What is allowed implies that it may be looked at; what is denied denies that alone. */
function covers(acl: Acl, operation: number): boolean {
  const { operation: named } = acl
  if (named === ALL || named === operation) return true
  if (acl.permissionType !== ALLOW) return false
  if (operation === DESCRIBE) return named === READ || named === WRITE || named === DELETE || named === ALTER
  return operation === DESCRIBE_CONFIGS && named === ALTER_CONFIGS
}

/**
 * Whether the client may do this to some resource of the type, be it one that does not exist yet (`Authorizer.authorizeByResourceType`):
 * there is an ALLOW that no DENY outweighs wholly. Implied operations do not count, as in Kafka.
 */
export function decideForType(
  acls: AclSet,
  asker: Asker,
  operation: number,
  resourceType: number,
  options: DecisionOptions,
): boolean {
  // A name that nobody uses: it finds super users, wildcards, and what is open because nothing is said.
  if (decide(acls, asker, operation, resourceType, 'hardcode', options).allowed) return true
  const allowed: Acl[] = []
  const denied = { literal: new Set<string>(), prefixed: new Set<string>() }
  for (const acl of acls.ofType(resourceType)) {
    if (!appliesTo(acl, asker) || (acl.operation !== operation && acl.operation !== ALL)) continue
    if (acl.permissionType === ALLOW) allowed.push(acl)
    else if (acl.permissionType === DENY) {
      if (isWildcard(acl)) return false
      denied[isPrefixed(acl) ? 'prefixed' : 'literal'].add(acl.resourceName)
    }
  }
  return allowed.some(
    acl =>
      isWildcard(acl) || !isOutweighed(acl.resourceName, isPrefixed(acl), denied.literal, denied.prefixed),
  )
}

const isPrefixed = ({ patternType }: Acl): boolean => patternType === aclPatternTypes.PREFIXED
const isWildcard = (acl: Acl): boolean => acl.resourceName === aclWildcard && !isPrefixed(acl)

function isOutweighed(
  name: string,
  prefixed: boolean,
  deniedNames: ReadonlySet<string>,
  deniedPrefixes: ReadonlySet<string>,
): boolean {
  if (!prefixed && deniedNames.has(name)) return true
  for (let length = 1; length <= name.length; length++) {
    if (deniedPrefixes.has(name.slice(0, length))) return true
  }
  return false
}
