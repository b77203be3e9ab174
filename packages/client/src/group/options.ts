// What a member of a group needs to know, with its defaults.
import { isBytes } from '../config/kinds.ts'
import type { ClusterOptions } from '../cluster/options.ts'
import { clusterTable } from '../config/cluster-table.ts'
import type { OptionTable } from '../config/option-entry.ts'
import { readOptions } from '../config/option-table.ts'
import { show } from '../config/show.ts'
import { ConfigError } from '../errors/index.ts'

/** A way of dividing that a member offers. */
export interface GroupProtocol {
  /** All members of a group must have one name in common. */
  readonly name: string
  /** What this member tells the one that divides; a function is asked before each rebalance. */
  readonly metadata: Uint8Array | (() => Uint8Array | Promise<Uint8Array>)
}

/** A member as the leader sees it. */
export interface JoinedMember {
  /** The coordinator’s name for it. */
  readonly memberId: string
  /** Name of a static member; null for others. */
  readonly groupInstanceId: string | null
  /** What it said under the protocol that was chosen. */
  readonly metadata: Buffer
}

/** A generation of the group, as its members see it. */
export interface GroupGeneration {
  /** Its number. */
  readonly generation: number
  /** The protocol that was chosen: the one that most members put first, of those that all have. */
  readonly protocol: string
  /** The member that divides. */
  readonly leaderId: string
  /** This member. */
  readonly memberId: string
  /** Whether this member divides. */
  readonly isLeader: boolean
}

/** What a member was given by the leader of a generation. */
export interface GroupShare extends GroupGeneration {
  /** The leader's bytes for this member; empty when it had none for it. */
  readonly assignment: Buffer
}

/** How patient closing is. */
export interface GroupCloseOptions {
  /** How long to wait for `onRevoked`, in ms. Default 30,000. */
  readonly timeoutMs?: number
}

/** Options of a member. The names in brackets are Kafka's, which are accepted too. */
export interface ClassicGroupMemberOptions extends ClusterOptions {
  /** Group to join (`group.id`). */
  readonly groupId: string
  /** What the group is for: `connect`, `sr` …; all members say the same. `consumer` is for groups that a {@link Consumer} can join. */
  readonly protocolType: string
  /** What this member offers, best first. */
  readonly protocols: readonly GroupProtocol[]
  /**
   * Divides the work, on the leader only: bytes by member id; a member that is left out gets none. An error ends the leader's membership, and the group has
   * another leader then.
   */
  readonly assign: (
    members: readonly JoinedMember[],
    generation: GroupGeneration,
  ) => ReadonlyMap<string, Uint8Array> | Promise<ReadonlyMap<string, Uint8Array>>
  /** Awaited when this member has its share of a generation. The group goes on meanwhile. */
  readonly onAssigned?: (share: GroupShare) => Promise<void> | void
  /** Awaited before a rebalance (not with `cooperative`), and when the member is closed: the place to stop work. The group waits for it, `rebalanceTimeoutMs` at most. */
  readonly onRevoked?: (share: GroupShare) => Promise<void> | void
  /** Awaited when the member was put out: others may have its share already. Default: `onRevoked`. */
  readonly onLost?: (share: GroupShare) => Promise<void> | void
  /** Members keep their shares while the group rebalances, as Connect's do by `compatible` and `sessioned`: what has to be given up stands in the next share. Default false. */
  readonly cooperative?: boolean
  /** Name of a static member (`group.instance.id`): it keeps its share over a restart within the session timeout. Default: none, a member as any. */
  readonly groupInstanceId?: string
  /** Silence after which the group takes a member for dead (`session.timeout.ms`), in ms. Default 10,000, as Connect's. */
  readonly sessionTimeoutMs?: number
  /** Time between heartbeats, in ms (`heartbeat.interval.ms`); less than the session timeout. Default 3,000, or a third of a shorter session timeout. */
  readonly heartbeatIntervalMs?: number
  /** How long a rebalance waits for its members (`rebalance.timeout.ms`), in ms. Default 60,000, as Connect's. */
  readonly rebalanceTimeoutMs?: number
  /** Called with what goes wrong in the background and no call throws: what hooks throw. Default: a process warning. */
  readonly onWarning?: (error: Error) => void
  /** Called when the membership has ended with an error, and there will be no other: not allowed, for example, or another client took the `groupInstanceId`. Default: `onWarning`. */
  readonly onFailed?: (error: Error) => void
}

const memberTable: OptionTable = {
  ...clusterTable,
  groupId: { kind: 'string', kafka: ['group.id'] },
  protocolType: { kind: 'string' },
  protocols: { kind: 'any' },
  assign: { kind: 'function' },
  onAssigned: { kind: 'function' },
  onRevoked: { kind: 'function' },
  onLost: { kind: 'function' },
  cooperative: { kind: 'boolean' },
  groupInstanceId: { kind: 'string', kafka: ['group.instance.id'] },
  sessionTimeoutMs: { kind: 'int32', kafka: ['session.timeout.ms'], min: 1 },
  heartbeatIntervalMs: { kind: 'duration', kafka: ['heartbeat.interval.ms'], min: 1 },
  rebalanceTimeoutMs: { kind: 'int32', kafka: ['rebalance.timeout.ms'], min: 1 },
  onWarning: { kind: 'function' },
  onFailed: { kind: 'function' },
}

const owner = 'ClassicGroupMember'

/** Reads options under either naming, and checks what is needed and what contradicts. Throws ConfigError. */
export function readMemberOptions(given: ClassicGroupMemberOptions): ClassicGroupMemberOptions {
  const options = readOptions<ClassicGroupMemberOptions>(owner, memberTable, given)
  for (const name of ['groupId', 'protocolType'] as const)
    if (!options[name]) throw new ConfigError(`${owner}: ${name} is ${show(options[name])}: it needs a name`)
  if (typeof options.assign !== 'function')
    throw new ConfigError(`${owner}: assign is missing: any member may become the one that divides`)
  checkProtocols(options.protocols)
  const { sessionTimeoutMs, heartbeatIntervalMs } = timesOf(options)
  if (heartbeatIntervalMs >= sessionTimeoutMs)
    throw new ConfigError(
      `${owner}: heartbeatIntervalMs must be less than sessionTimeoutMs; a third of it is usual`,
    )
  return options
}

/** The times of a membership, with their defaults. */
export function timesOf(options: ClassicGroupMemberOptions): {
  readonly sessionTimeoutMs: number
  readonly heartbeatIntervalMs: number
  readonly rebalanceTimeoutMs: number
} {
  const { sessionTimeoutMs = 10_000, rebalanceTimeoutMs = 60_000 } = options
  const heartbeatIntervalMs = options.heartbeatIntervalMs ?? Math.min(3_000, sessionTimeoutMs / 3)
  return { sessionTimeoutMs, heartbeatIntervalMs, rebalanceTimeoutMs }
}

function checkProtocols(protocols: unknown): void {
  if (!Array.isArray(protocols) || protocols.length === 0)
    throw new ConfigError(
      `${owner}: protocols is ${show(protocols)}: offer at least one, [{ name, metadata }]`,
    )
  for (const [index, { name, metadata }] of (protocols as Partial<GroupProtocol>[]).entries()) {
    if (typeof name !== 'string' || name === '')
      throw new ConfigError(`${owner}: protocols[${index}].name is ${show(name)}: it needs a name`)
    if (!isBytes(metadata) && typeof metadata !== 'function')
      throw new ConfigError(
        `${owner}: protocols[${index}].metadata is ${show(metadata)}: give bytes, or a function that returns them`,
      )
  }
}
