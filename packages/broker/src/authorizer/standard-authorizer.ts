// The authorizer that decides by access control entries in the metadata, as `org.apache.kafka.metadata.authorizer.StandardAuthorizer`.
import { aclOperations, aclResourceTypes } from './acl.ts'
import type { AclSet } from './acl-set.ts'
import type { AuditLog } from './audit.ts'
import type { Asked, AuthorizedRequest, Authorizer, Operation, ResourceKind } from './authorizer.ts'
import { type DecisionOptions, decideForType } from './decision.ts'
import { Decisions } from './decisions.ts'
import { javaAddress } from './java-address.ts'

export class StandardAuthorizer implements Authorizer {
  readonly #acls: AclSet
  readonly #options: DecisionOptions
  readonly #audit: AuditLog
  /** Of each session; who authenticates as somebody else gets others. */
  readonly #decisions = new WeakMap<object, Decisions>()

  constructor(acls: AclSet, options: DecisionOptions, audit: AuditLog) {
    this.#acls = acls
    this.#options = options
    this.#audit = audit
  }

  authorize(
    request: AuthorizedRequest,
    operation: Operation,
    kind: ResourceKind,
    name: string,
    asked: Asked,
  ): boolean {
    const decisions = this.#decisionsOf(request)
    const decision = decisions.of(aclOperations[operation], aclResourceTypes[kind], name)
    if (this.#audit.wants(decision, asked)) {
      this.#audit.write(request, decisions.asker, { operation, kind, name }, decision)
    }
    return decision.allowed
  }

  authorizeAny(request: AuthorizedRequest, operation: Operation, kind: ResourceKind): boolean {
    const { asker } = this.#decisionsOf(request)
    return decideForType(this.#acls, asker, aclOperations[operation], aclResourceTypes[kind], this.#options)
  }

  #decisionsOf({ connection }: AuthorizedRequest): Decisions {
    const { session } = connection
    const known = this.#decisions.get(session)
    if (known && known.asker.principal === session.principal) return known
    const asker = { principal: session.principal, host: javaAddress(connection.remoteAddress) }
    const decisions = new Decisions(this.#acls, asker, this.#options)
    this.#decisions.set(session, decisions)
    return decisions
  }
}
