// A member of a classic group of any protocol type: what Connect's workers share work by, and schema registries elect a leader by.
import type { JoinGroupRequestInit, JoinGroupResponse } from '@millrace/protocol'
import { isBytes, isMap } from '../config/kinds.ts'
import { atMost } from '../cluster/at-most.ts'
import { Cluster } from '../cluster/cluster.ts'
import { closeTimeoutMs } from '../cluster/options.ts'
import { entry, optional, patience } from '../config/arguments.ts'
import { clusterPart } from '../config/cluster-table.ts'
import { ClassicCoordination } from '../consumer/group/classic/classic-coordination.ts'
import type { MemberAssignment } from '../consumer/group/classic/classic-membership.ts'
import { ClosedError, ConfigError, StateError } from '../errors/index.ts'
import { tell } from '../events/tell.ts'
import {
  type ClassicGroupMemberOptions,
  type GroupCloseOptions,
  type GroupGeneration,
  type GroupShare,
  readMemberOptions,
  timesOf,
} from './options.ts'

const hooksTimeoutMs = 30_000
const checkClose = entry({ timeoutMs: optional(patience) })

/**
 * A member of a classic group of any protocol type (Kafka's JoinGroup, SyncGroup, Heartbeat, LeaveGroup), for what members share beside partitions:
 *
 *     const member = new ClassicGroupMember({
 *       brokers, groupId: 'registry', protocolType: 'sr',
 *       protocols: [{ name: 'v0', metadata: Buffer.from(JSON.stringify({ host, port })) }],
 *       assign: (members, { leaderId }) => new Map(members.map(({ memberId }) => [memberId, Buffer.from(leaderId)])),
 *       onAssigned: ({ isLeader }) => (isLeader ? lead() : follow()),
 *     })
 *     await member.join()
 */
export class ClassicGroupMember implements AsyncDisposable {
  /** The door below: any request of the protocol, metadata, leaders. Closed with the member. */
  readonly cluster: Cluster
  readonly #options: ClassicGroupMemberOptions
  readonly #coordination: ClassicCoordination<Buffer | undefined>
  readonly #warn: (error: Error) => void
  /** What this member has, for the hooks that say that it is gone. */
  #share: GroupShare | undefined
  #failure: Error | undefined
  #joining: PromiseWithResolvers<void> | undefined
  #closing: Promise<void> | undefined
  #hookLimitMs: number | undefined

  /** Checks the options; connects by {@link join}. Throws ConfigError. */
  constructor(given: ClassicGroupMemberOptions) {
    const options = readMemberOptions(given)
    const { groupId, groupInstanceId = null, protocolType, cooperative = false } = options
    this.#options = options
    const listener = options.onWarning ?? ((error: Error) => process.emitWarning(error))
    this.#warn = error => tell(listener, error)
    this.cluster = new Cluster(clusterPart(options))
    const settings = {
      ...timesOf(options),
      groupId,
      groupInstanceId,
      protocolType,
      cooperative,
      maxPollIntervalMs: Number.POSITIVE_INFINITY,
    }
    this.#coordination = new ClassicCoordination<Buffer | undefined>(this.cluster, settings, {
      kind: {
        nothing: undefined,
        isNothing: assignment => assignment === undefined,
        // Bytes have no parts: something is there or not.
        subtract: (a, b) => (b === undefined ? a : undefined),
        decode: bytes => bytes,
      },
      protocols: () => this.#protocols(),
      plan: response => this.#plan(response),
      revoke: (_, lost) => this.#revoke(lost),
      assign: (_revoked, _added, all) => this.#assign(all!),
      onTick: () => false,
      onError: this.#warn,
      onFailed: error => this.#fail(error),
    })
  }

  /** The coordinator's name for this member; empty outside of the group. */
  get memberId(): string {
    return this.#coordination.identity.memberId
  }

  /** Number of the generation that this member is in; −1 outside of one. */
  get generation(): number {
    return this.#coordination.identity.generation
  }

  /** The member that divides in this generation; empty outside of one. */
  get leaderId(): string {
    return this.#coordination.leaderId
  }

  /** Whether this member divides in this generation. */
  get isLeader(): boolean {
    return this.leaderId !== '' && this.leaderId === this.memberId
  }

  /** What this member has; undefined while it has nothing. */
  get share(): GroupShare | undefined {
    return this.#share
  }

  /**
   * Joins the group. Resolves when the member has its first share and `onAssigned` has returned; brokers that cannot be reached are tried again until
   * the member is closed. Another call waits for the first. Throws what ends the membership (BrokerError, GroupError `FENCED`, AuthenticationError, what `assign` throws), ClosedError.
   */
  async join(): Promise<void> {
    if (this.#closing) throw new ClosedError('the group member')
    if (this.#failure) throw this.#failure
    if (!this.#joining) {
      this.#joining = Promise.withResolvers<void>()
      this.#coordination.start()
    }
    await this.#joining.promise
  }

  /**
   * Joins again, with what `protocols` says now: the group divides anew if this member leads it, or says something else than before; otherwise the coordinator leaves
   * everything as it is. Returns at once. Throws StateError before {@link join}, ClosedError.
   */
  rejoin(): void {
    if (this.#closing) throw new ClosedError('the group member')
    if (!this.#joining) throw new StateError('rejoin: this member is in no group: join first')
    this.#coordination.rejoin()
  }

  /**
   * Runs `onRevoked`, leaves the group and closes all connections. Waits for the hook for `timeoutMs` (default 30,000 ms), and for brokers that say nothing a few
   * seconds besides. A static member stays in the group until its session ends. Rejects for wrong options only. Another call waits for the first.
   */
  async close(options: GroupCloseOptions = {}): Promise<void> {
    checkClose('close: options', options)
    this.#closing ??= this.#close(options.timeoutMs ?? hooksTimeoutMs)
    return this.#closing
  }

  /** `await using member = …`: closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(timeoutMs: number): Promise<void> {
    this.#hookLimitMs = timeoutMs
    try {
      await atMost(this.cluster.clock, timeoutMs + closeTimeoutMs, this.#coordination.leave())
    } finally {
      this.#coordination.close()
      this.cluster.close()
      this.#joining?.promise.catch(() => {
        // Who called join hears it; nobody has to.
      })
      this.#joining?.reject(new ClosedError('the group member'))
    }
  }

  #generation(): GroupGeneration {
    const { memberId, generation } = this.#coordination.identity
    const { protocol, leaderId } = this.#coordination
    return { memberId, generation, protocol, leaderId, isLeader: leaderId === memberId }
  }

  async #protocols(): Promise<JoinGroupRequestInit['protocols']> {
    return Promise.all(
      this.#options.protocols.map(async ({ name, metadata }) => ({
        name,
        metadata: asBuffer(typeof metadata === 'function' ? await metadata() : metadata),
      })),
    )
  }

  async #plan({ members }: JoinGroupResponse): Promise<readonly MemberAssignment[]> {
    const plan: unknown = await this.#options.assign(members, this.#generation())
    if (!isMap(plan))
      throw new ConfigError('ClassicGroupMember: assign must return a Map of bytes by member id')
    const ids = new Set(members.map(({ memberId }) => memberId))
    return [...plan].map(([memberId, assignment]) => {
      if (typeof memberId !== 'string' || !ids.has(memberId))
        throw new ConfigError(
          `ClassicGroupMember: assign names a member "${String(memberId)}" that is not in the group`,
        )
      if (!isBytes(assignment))
        throw new ConfigError(
          `ClassicGroupMember: assign gives member "${memberId}" something that is no bytes`,
        )
      return { memberId, assignment: asBuffer(assignment) }
    })
  }

  async #assign(assignment: Buffer): Promise<void> {
    const share = { ...this.#generation(), assignment }
    this.#share = share
    try {
      await this.#options.onAssigned?.(share)
    } finally {
      this.#joining?.resolve()
    }
  }

  async #revoke(lost: boolean): Promise<void> {
    const share = this.#share
    this.#share = undefined
    const { onRevoked, onLost = onRevoked } = this.#options
    const done = share && (lost ? onLost : onRevoked)?.(share)
    // The group waits for who leaves no longer than it was told to.
    if (this.#hookLimitMs === undefined) await done
    else if (done) await atMost(this.cluster.clock, this.#hookLimitMs, done)
  }

  #fail(error: Error): void {
    this.#failure = error
    this.#joining?.promise.catch(() => {
      // Told below, too: the first share may have come long ago.
    })
    this.#joining?.reject(error)
    const { onFailed } = this.#options
    if (onFailed) tell(onFailed, error)
    else this.#warn(error)
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
