// Groups whose members join, leave, stand still and die under load, by each protocol and assignor. TORTURE_SECONDS=600 for the long form, TORTURE_SEED for another course.
import { test } from 'node:test'
import { Admin, type AssignorName } from '@millrace/client'
import { ConsumerGroupHeartbeatApi } from '@millrace/protocol'
import { type TestCluster, whyNot, withCluster } from '@millrace/testkit'
import { RebalanceTorture } from './torture/rebalance-torture.ts'

const seconds = Number(process.env['TORTURE_SECONDS'] ?? 5)
const seed = Number(process.env['TORTURE_SEED'] ?? 1)
const timeout = seconds * 1_000 + 180_000

/** Brokers of others take no shorter session by default. */
const sessionMs = process.env['KAFKA_URI'] ? 6_000 : 3_000
const shortSessions = { 'group.min.session.timeout.ms': sessionMs }

for (const assignor of ['range', 'roundrobin', 'sticky', 'cooperative-sticky'] as AssignorName[]) {
  test(`classic, ${assignor}: nothing is lost, repeated without need, or held up`, { timeout }, t =>
    withCluster(async cluster => {
      const consumer = { assignors: [assignor], sessionTimeoutMs: sessionMs, heartbeatIntervalMs: 300 }
      t.diagnostic(await new RebalanceTorture(cluster, { seconds, seed, consumer, sessionMs }).run())
    }, shortSessions),
  )
}

test('consumer: nothing is lost, repeated without need, or held up', { timeout }, t =>
  withCluster(async cluster => {
    const reason = await whyNot(cluster, ConsumerGroupHeartbeatApi)
    if (reason !== undefined) return t.skip(reason)
    const torture = new RebalanceTorture(cluster, {
      seconds,
      seed,
      consumer: { groupProtocol: 'consumer' },
      sessionMs: await consumerSessionMs(cluster),
    })
    t.diagnostic(await torture.run())
  }),
)

/** What the broker has decided for groups of the consumer protocol. */
async function consumerSessionMs({ brokers }: TestCluster): Promise<number> {
  await using admin = new Admin({ brokers })
  const [group] = await admin.describeConfigs([{ type: 'group', name: 'any' }])
  const entry = group?.entries?.find(({ name }) => name === 'consumer.session.timeout.ms')
  return Number(entry?.value ?? 45_000)
}
