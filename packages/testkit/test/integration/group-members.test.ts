// Members of groups of another protocol type than `consumer`, against a broker: they elect a leader, share work, and hand over.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ClassicGroupMember, type ClassicGroupMemberOptions, type GroupShare } from '@millrace/client'
import { eventually, type TestCluster, withCluster } from '@millrace/testkit'

const timeout = 90_000
const inOrder = (a: string, b: string) => a.localeCompare(b)
const quick = { sessionTimeoutMs: 6_000, heartbeatIntervalMs: 200, rebalanceTimeoutMs: 10_000 }

/** A member whose leader gives every member a number, and whose share it notes. */
function member(
  { brokers }: TestCluster,
  groupId: string,
  options: Partial<ClassicGroupMemberOptions> = {},
): ClassicGroupMember & { readonly shares: GroupShare[] } {
  const shares: GroupShare[] = []
  const made = new ClassicGroupMember({
    brokers,
    groupId,
    protocolType: 'test',
    protocols: [{ name: 'v1', metadata: Buffer.from('I work') }],
    assign: members =>
      new Map(members.map(({ memberId }, index) => [memberId, Buffer.from(`${index}/${members.length}`)])),
    onAssigned: share => void shares.push(share),
    ...quick,
    ...options,
  })
  return Object.assign(made, { shares })
}

test(
  'members share what the leader divides, see one another’s metadata, and share anew when one leaves',
  { timeout },
  () =>
    withCluster(async cluster => {
      const groupId = cluster.uniqueName('work')
      const seen: string[][] = []
      const assign: ClassicGroupMemberOptions['assign'] = members => {
        seen.push(members.map(({ metadata }) => metadata.toString()).sort())
        return new Map(
          members.map(({ memberId }, index) => [memberId, Buffer.from(`${index}/${members.length}`)]),
        )
      }
      const members = ['a', 'b', 'c'].map(name =>
        member(cluster, groupId, { assign, protocols: [{ name: 'v1', metadata: Buffer.from(name) }] }),
      )
      try {
        await Promise.all(members.map(each => each.join()))
        const shares = () => members.map(({ share }) => share?.assignment.toString() ?? '').toSorted(inOrder)
        await eventually('all three have a share', () => shares().join() === '0/3,1/3,2/3')
        assert.deepEqual(seen.at(-1), ['a', 'b', 'c'])
        assert.equal(members.filter(({ isLeader }) => isLeader).length, 1)
        assert.equal(new Set(members.map(({ leaderId }) => leaderId)).size, 1)
        await members.shift()!.close()
        await eventually('two are left', () => shares().join() === '0/2,1/2')
        // A coordinator ignores others that have nothing new to say.
        const leader = members.find(({ isLeader }) => isLeader)!
        const { generation } = leader
        leader.rejoin()
        await eventually('they share anew', () => members.every(each => each.generation > generation))
      } finally {
        for (const each of members) await each.close()
      }
    }),
)

test('a member of another protocol type, or with other protocols, is refused', { timeout }, () =>
  withCluster(async cluster => {
    const groupId = cluster.uniqueName('work')
    await using first = member(cluster, groupId)
    await first.join()
    for (const options of [
      { protocolType: 'other' },
      { protocols: [{ name: 'v2', metadata: Buffer.alloc(0) }] },
    ]) {
      await using second = member(cluster, groupId, { ...options, onFailed: () => {} })
      await assert.rejects(second.join(), { code: 'INCONSISTENT_GROUP_PROTOCOL' })
    }
  }),
)

/** A process that takes part in an election: what it says line by line. */
class Elector {
  readonly child: ChildProcess
  state = ''

  constructor({ brokers }: TestCluster, groupId: string) {
    const program = fileURLToPath(new URL('programs/elector.ts', import.meta.url))
    const input = JSON.stringify({ brokers, groupId, ...quick })
    this.child = spawn(
      process.execPath,
      [...process.execArgv.filter(flag => flag.startsWith('--cond')), program, input],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    createInterface({ input: this.child.stdout! }).on('line', line => {
      this.state = line
    })
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const exit = once(this.child, 'exit')
    this.child.kill(signal)
    await exit
    this.state = 'ended'
  }
}

test('three processes elect one leader, and elect another when it is killed', { timeout }, () =>
  withCluster(async cluster => {
    const groupId = cluster.uniqueName('election')
    const electors = [1, 2, 3].map(() => new Elector(cluster, groupId))
    const leaders = () => electors.filter(({ state }) => state === 'leads')
    const followers = () => electors.filter(({ state }) => state === 'follows')
    try {
      await eventually(
        'one leads and two follow',
        () => leaders().length === 1 && followers().length === 2,
        40_000,
      )
      await leaders()[0]!.end('SIGKILL')
      await eventually('another leads', () => leaders().length === 1 && followers().length === 1, 30_000)
      await leaders()[0]!.end('SIGTERM')
      await eventually('the last one leads', () => leaders().length === 1, 30_000)
    } finally {
      for (const elector of electors) await elector.end('SIGKILL')
    }
  }),
)
