// One member of a classic group.
import { violated } from '@millrace/runtime'
import type { Ticket } from '../../coordination/ticket.ts'
import type { JoinReply, MemberProtocol, SyncReply } from './events.ts'

export const noAssignment: Uint8Array = new Uint8Array(0)

export interface MemberOptions {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly rebalanceTimeoutMs: number
  readonly sessionTimeoutMs: number
  readonly protocolType: string
  readonly protocols: readonly MemberProtocol[]
  readonly assignment?: Uint8Array
}

export class GroupMember {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly protocolType: string
  rebalanceTimeoutMs: number
  sessionTimeoutMs: number
  protocols: readonly MemberProtocol[]
  assignment: Uint8Array
  /** The JoinGroup request that waits for the rebalance. */
  joining: Ticket<JoinReply> | null = null
  /** The SyncGroup request that waits for the assignment. */
  syncing: Ticket<SyncReply> | null = null
  /** From the first join until the first reply: it cannot heartbeat yet, so waiting does not count as being alive. */
  isNew = false
  /** When the session ends, on the monotonic clock. Infinity while nothing is expected of the member. */
  sessionDeadlineMs = Number.POSITIVE_INFINITY

  constructor(options: MemberOptions) {
    this.memberId = options.memberId
    this.groupInstanceId = options.groupInstanceId
    this.clientId = options.clientId
    this.clientHost = options.clientHost
    this.rebalanceTimeoutMs = options.rebalanceTimeoutMs
    this.sessionTimeoutMs = options.sessionTimeoutMs
    this.protocolType = options.protocolType
    this.protocols = options.protocols
    this.assignment = options.assignment ?? noAssignment
  }

  /** The same member under another id, with nothing that waits. */
  successor(memberId: string): GroupMember {
    return new GroupMember({
      memberId,
      groupInstanceId: this.groupInstanceId,
      clientId: this.clientId,
      clientHost: this.clientHost,
      rebalanceTimeoutMs: this.rebalanceTimeoutMs,
      sessionTimeoutMs: this.sessionTimeoutMs,
      protocolType: this.protocolType,
      protocols: this.protocols,
      assignment: this.assignment,
    })
  }

  get isStatic(): boolean {
    return this.groupInstanceId !== null
  }

  /** Whether the session may end now without harm: who waits for the group cannot heartbeat. */
  get hasSatisfiedHeartbeat(): boolean {
    return !this.isNew && (this.joining !== null || this.syncing !== null)
  }

  /** What the member says under `protocol`, which it must speak. */
  metadata(protocol: string): Uint8Array {
    const known = this.protocols.find(candidate => candidate.name === protocol)
    if (!known) violated(`member ${this.memberId} does not speak protocol ${protocol}`)
    return known.metadata
  }

  /** Whether `protocols` are the very ones the member has: then a re-join changes nothing. */
  matches(protocols: readonly MemberProtocol[]): boolean {
    return (
      protocols.length === this.protocols.length &&
      protocols.every((protocol, index) => {
        const own = this.protocols[index]!
        return protocol.name === own.name && Buffer.compare(protocol.metadata, own.metadata) === 0
      })
    )
  }
}
