// What a coordinator in memory answers beside JoinGroup and Heartbeat: the leader's plan, farewells, and committed offsets of 0.
import { LeaveGroupApi, OffsetFetchApi, SyncGroupApi } from '@millrace/protocol'
import type { FakeCluster } from './fake-broker.ts'

/** Serves a group of one member, which is its leader. */
export function serveGroup(fake: FakeCluster): void {
  const none = { throttleTimeMs: 0, errorCode: 0 }
  fake.on(SyncGroupApi, ({ request }) => ({
    ...none,
    assignment: request.assignments[0]?.assignment ?? Buffer.alloc(0),
  }))
  fake.on(LeaveGroupApi, () => ({ ...none, members: [] }))
  fake.on(OffsetFetchApi, ({ request }) => ({
    ...none,
    groups: request.groups.map(({ groupId, topics }) => ({
      groupId,
      topics: (topics ?? []).map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map(partitionIndex => ({
          partitionIndex,
          committedOffset: 0,
          errorCode: 0,
          metadata: '',
        })),
      })),
    })),
  }))
}
