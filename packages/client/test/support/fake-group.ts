// What a coordinator in memory answers: the leader's plan, farewells, committed offsets of 0; and a whole group of one member.
import {
  HeartbeatApi,
  JoinGroupApi,
  LeaveGroupApi,
  OffsetCommitApi,
  OffsetFetchApi,
  SyncGroupApi,
} from '@millrace/protocol'
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

/** Serves JoinGroup and Heartbeat for that member as well, and takes commits. */
export function serveLoneMember(fake: FakeCluster) {
  const group = {
    generation: 0,
    /** When heartbeats came, on the monotonic clock. */
    heartbeats: [] as number[],
    /** Offsets that were committed, in order. */
    committed: [] as number[],
  }
  serveGroup(fake)
  fake.on(JoinGroupApi, ({ request }) => {
    const { name, metadata } = request.protocols[0]!
    const memberId = request.memberId || 'm'
    group.generation++
    return {
      throttleTimeMs: 0,
      errorCode: 0,
      generationId: group.generation,
      protocolType: 'consumer',
      protocolName: name,
      leader: memberId,
      memberId,
      members: [{ memberId, metadata }],
    }
  })
  fake.on(HeartbeatApi, () => {
    group.heartbeats.push(performance.now())
    return { throttleTimeMs: 0, errorCode: 0 }
  })
  serveCommits(fake, group.committed)
  return group
}

/** Takes commits, and adds their offsets to a list. */
export function serveCommits(fake: FakeCluster, committed: number[]): void {
  fake.on(OffsetCommitApi, ({ request }) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex, committedOffset }) => {
        committed.push(committedOffset)
        return { partitionIndex, errorCode: 0 }
      }),
    })),
  }))
}
