// Every operation of `Admin` against a broker: ours, or the one KAFKA_URI names. An operation without a case fails.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Admin, throwFirst } from '@millrace/client'
import { type TestCluster, withCluster } from '@millrace/testkit'
import type { AdminCase, Operation, World } from './admin-case.ts'
import { brokerGroupCases } from './broker-group-cases.ts'
import { clusterCases } from './cluster-cases.ts'
import { configCases } from './config-cases.ts'
import { groupCases } from './group-cases.ts'
import { partitionCases } from './partition-cases.ts'
import { securityCases } from './security-cases.ts'
import { topicCases } from './topic-cases.ts'
import { transactionCases } from './transaction-cases.ts'

const cases: Readonly<Record<Operation, AdminCase>> = {
  ...clusterCases,
  ...topicCases,
  ...partitionCases,
  ...configCases,
  ...groupCases,
  ...brokerGroupCases,
  ...transactionCases,
  ...securityCases,
}

/** Everybody may do everything, and there is somebody who says so. */
const withAcls = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': 'User:ANONYMOUS',
}

/** Methods of the classes that `Admin` is put together of. Its own prototype also has what other clients call things. */
function operations(): string[] {
  const names: string[] = ['clientInstanceId']
  let prototype = Object.getPrototypeOf(Admin.prototype) as object
  while (prototype !== Object.prototype) {
    names.push(...Object.getOwnPropertyNames(prototype).filter(name => name !== 'constructor'))
    prototype = Object.getPrototypeOf(prototype) as object
  }
  return names.sort()
}

/** Topics are made by the client that looks at them: it waits where a broker does not know of one yet. */
function worldOf(cluster: TestCluster, admin: Admin): World {
  return {
    ...cluster,
    admin,
    async createTopic(options = {}) {
      const name = cluster.uniqueName('topic')
      throwFirst(await admin.createTopics([{ name, ...options }]))
      return name
    },
  }
}

test('every operation has a case', () => {
  assert.deepEqual(Object.keys(cases).sort(), operations())
})

test('every operation does on this broker what it says', { timeout: 600_000 }, t =>
  withCluster(async cluster => {
    await using admin = new Admin({ brokers: cluster.brokers })
    for (const [name, run] of Object.entries(cases)) {
      await t.test(name, { timeout: 90_000 }, () => run(worldOf(cluster, admin)))
    }
  }, withAcls),
)
