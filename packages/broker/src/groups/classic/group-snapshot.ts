// A classic group as it is stored: what GroupMetadataValue holds.

export interface GroupSnapshot {
  /** Empty for a group that nobody has joined yet. */
  readonly protocolType: string
  readonly generation: number
  readonly protocol: string | null
  readonly leader: string | null
  /** Wall-clock milliseconds of the last change of state, -1 for unknown. */
  readonly currentStateTimestamp: number
  readonly members: readonly MemberSnapshot[]
}

interface MemberSnapshot {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  /** Milliseconds; -1 in records of old versions: the session timeout then. */
  readonly rebalanceTimeout: number
  readonly sessionTimeout: number
  /** The member's metadata for the chosen protocol. */
  readonly subscription: Uint8Array
  readonly assignment: Uint8Array
}
