// What the broker asks before it does something for a client: may this one? Without an authorizer everybody may everything.

/** `AclOperation` of Kafka, those that requests of clients need. */
export type Operation =
  | 'READ'
  | 'WRITE'
  | 'CREATE'
  | 'DELETE'
  | 'ALTER'
  | 'DESCRIBE'
  | 'CLUSTER_ACTION'
  | 'DESCRIBE_CONFIGS'
  | 'ALTER_CONFIGS'
  | 'IDEMPOTENT_WRITE'
  | 'CREATE_TOKENS'
  | 'DESCRIBE_TOKENS'
  | 'TWO_PHASE_COMMIT'

/** `ResourceType` of Kafka. */
export type ResourceKind = 'TOPIC' | 'GROUP' | 'CLUSTER' | 'TRANSACTIONAL_ID' | 'DELEGATION_TOKEN' | 'USER'

/**
 * Why it is asked, which is what the audit log goes by (Kafka's `logIfAllowed` and `logIfDenied`): 'access' for what the client wants to do, a no is
 * news; 'filter' to leave out what it may not see, or to find out by which of two ways it may; 'description' to tell it what it could do.
 */
export type Asked = 'access' | 'filter' | 'description'

/** As much of a request as its audit needs. */
export interface AuthorizedRequest {
  readonly apiKey: number
  readonly clientId: string | null
  readonly connection: {
    readonly remoteAddress: string
    readonly endpoint: { readonly name: string }
    readonly session: { readonly principal: string }
  }
}

export interface Authorizer {
  /** Whether the client may do this to the resource of that name. Cheap: for every request. */
  authorize(
    request: AuthorizedRequest,
    operation: Operation,
    resource: ResourceKind,
    name: string,
    asked: Asked,
  ): boolean
  /** Whether the client may do this to some resource of the kind, be it one that does not exist. */
  authorizeAny(request: AuthorizedRequest, operation: Operation, resource: ResourceKind): boolean
}
