// The groups in service, whatever their kind: taken in, woken in time, let go.
import { ErrorCode } from '@millrace/protocol'
import { invariant } from '@millrace/runtime'
import { Deadlines } from '../coordination/deadlines.ts'
import { type Instant, instantOf } from '../coordination/instant.ts'
import type { BrokerCore } from '../core.ts'
import type { Group } from './group.ts'
import { type GroupDriver, type GroupShard, HostedGroup } from './group-shard.ts'

export class LiveGroups {
  readonly #core: BrokerCore
  readonly #deadlines: Deadlines<HostedGroup>

  constructor(core: BrokerCore) {
    this.#core = core
    this.#deadlines = new Deadlines<HostedGroup>({
      clock: core.clock,
      wake: hosted => hosted.driver.tick(hosted),
      failed: ({ group }, error) => {
        core.logger.log('error', 'group.wake_failed', { group: group.groupId, error: String(error) })
      },
    })
  }

  get now(): Instant {
    return instantOf(this.#core.clock)
  }

  /** The shard is in service: its groups are woken from now on. */
  begin(shard: GroupShard): void {
    for (const hosted of shard.groups.values()) this.expect(hosted)
  }

  /** Takes a group in. */
  host<G extends Group>(shard: GroupShard, group: G, driver: GroupDriver<G>): HostedGroup<G> {
    invariant(!shard.groups.has(group.groupId), 'a group id belongs to one group')
    const hosted = new HostedGroup(shard, group, driver)
    shard.groups.set(group.groupId, hosted)
    this.expect(hosted)
    return hosted
  }

  /** A deadline of the group may have moved. */
  expect({ deadline, group }: HostedGroup): void {
    this.#deadlines.set(deadline, group.wakeAtMs)
  }

  /** Ends a group and lets go of it. */
  remove(hosted: HostedGroup, errorCode: number): void {
    const { driver, deadline, shard, group } = hosted
    driver.end(hosted, errorCode)
    this.#deadlines.remove(deadline)
    shard.groups.delete(group.groupId)
  }

  /** Puts a group in the place of one of another kind that nobody is in. */
  replace<G extends Group>(
    { shard, group, deadline }: HostedGroup,
    by: G,
    driver: GroupDriver<G>,
  ): HostedGroup<G> {
    invariant(group.groupId === by.groupId, 'a group is replaced by one of its id')
    this.#deadlines.remove(deadline)
    shard.groups.delete(group.groupId)
    return this.host(shard, by, driver)
  }

  /** Takes a group in again that was removed to be deleted, unless somebody has made a new one of that id meanwhile. */
  revive({ shard, group, driver }: HostedGroup): void {
    if (!shard.groups.has(group.groupId)) this.host(shard, driver.revived(group), driver)
  }

  /** Ends every group of a shard that goes out of service. */
  endAll(shard: GroupShard): void {
    for (const hosted of shard.groups.values()) this.remove(hosted, ErrorCode.NOT_COORDINATOR)
  }

  close(): void {
    this.#deadlines.close()
  }
}
