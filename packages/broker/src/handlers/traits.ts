// What a handler needs and may do, as data beside it: the transport and the gate go by this and name no API key.

import type { LoginStep } from '../authentication/sasl/sasl-exchange.ts'
import type { Operation, ResourceKind } from '../authorizer/authorizer.ts'

/** What a client must be allowed for some part of a request: the operation on each resource of the kind that the part names. */
export interface Requirement {
  readonly operation: Operation
  readonly resource: ResourceKind
}

/** The quota that a request counts against, beside its time, which always counts (`QuotaType`). */
export type QuotaKind = 'PRODUCE' | 'FETCH' | 'REQUEST' | 'CONTROLLER_MUTATION'

export interface HandlerTraits {
  /**
   * All that `KafkaApis` asks its authorizer for while it answers this key. 'NONE' for a key that is answered whoever asks. Of an alternative
   * (CREATE on the cluster or on the topic) both are named.
   */
  readonly authorization: readonly Requirement[] | 'NONE'
  readonly quota: QuotaKind
  /** Answered before the client has authenticated: which step towards that it is. Default: none. */
  readonly beforeAuthentication?: LoginStep
  /** A request is as large as its records make it, up to `socket.request.max.bytes`. Default: up to `requestWithoutRecordsMaxBytes`. */
  readonly carriesRecords?: boolean
  /**
   * What is decoded from the request is not kept beyond the reply, so that the request need not be copied out of the memory that it was
   * received into. Worth it for large requests. Default: it is copied.
   */
  readonly borrowsFrame?: boolean
  /**
   * Requests of one connection are handled one at a time. With `overlap`, the handler does everything that others can
   * observe before it first yields and afterwards only waits (for the disk): the next request of the connection may start
   * meanwhile if its handler says the same. Replies stay in order. It lets the pipelined batches of one producer share a sync. What has to
   * wait before it can be observed says so (`RequestContext.holdNext`).
   */
  readonly overlap?: boolean
  /** What a reply that does not come at once waits for: the disk, or other clients. Default: the disk. */
  readonly waitsFor?: 'CLIENTS'
  /** The reply, of version 0, to a version that is not served. Default: the connection ends. */
  readonly unknownVersionReply?: () => unknown
}

/** `needs('READ GROUP', 'READ TOPIC')`. */
export function needs(...requirements: readonly `${Operation} ${ResourceKind}`[]): readonly Requirement[] {
  return requirements.map(requirement => {
    const [operation, resource] = requirement.split(' ') as [Operation, ResourceKind]
    return { operation, resource }
  })
}
