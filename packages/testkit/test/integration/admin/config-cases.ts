// What `Admin` does with settings, on whichever broker.
import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import { type ConfigResource, throwFirst } from '@millrace/client'
import { type AdminCase, codeOf, type Operation, settles, type World } from './admin-case.ts'

const topicNamed = (name: string): ConfigResource => ({ type: 'topic', name })

async function valueOf({ admin }: World, resource: ConfigResource, name: string): Promise<string | null> {
  const [described] = throwFirst(await admin.describeConfigs([resource], { names: [name] }))
  return described!.entries[0]!.value
}

export const configCases = {
  async describeConfigs({ admin, createTopic, uniqueName }) {
    const topic = await createTopic({ configs: { 'cleanup.policy': 'compact' } })
    const { brokers } = await admin.describeCluster()
    const broker = { type: 'broker', name: String(brokers[0]!.id) } as const
    const resources = [topicNamed(uniqueName('missing')), topicNamed(topic), broker]
    const [missing, ofTopic, ofBroker] = await admin.describeConfigs(resources)
    assert.deepEqual([missing!.entries, codeOf(missing)], [[], 'UNKNOWN_TOPIC_OR_PARTITION'])
    const policy = ofTopic!.entries.find(({ name }) => name === 'cleanup.policy')
    assert.ok(policy)
    assert.deepEqual(
      [policy.value, policy.source, policy.isDefault, policy.type, policy.synonyms],
      ['compact', 'topic', false, 'list', []],
    )
    const retention = ofTopic!.entries.find(({ name }) => name === 'retention.ms')
    assert.deepEqual([retention?.value, retention?.isDefault, retention?.type], ['604800000', true, 'long'])
    const nodeId = ofBroker!.entries.find(({ name }) => name === 'node.id')
    assert.deepEqual([nodeId?.value, nodeId?.isReadOnly], [broker.name, true])

    const options = { names: ['cleanup.policy'], includeSynonyms: true, includeDocumentation: true }
    const [whole] = throwFirst(await admin.describeConfigs([topicNamed(topic)], options))
    assert.deepEqual(
      whole!.entries.map(({ name }) => name),
      ['cleanup.policy'],
    )
    const { synonyms, documentation } = whole!.entries[0]!
    assert.deepEqual(synonyms[0], { name: 'cleanup.policy', value: 'compact', source: 'topic' })
    assert.deepEqual(synonyms.at(-1), {
      name: 'log.cleanup.policy',
      value: 'delete',
      source: 'default',
    })
    assert.match(documentation ?? '', /retention|compact/i)

    const loggers = { type: 'brokerLogger', name: broker.name } as const
    const [levels] = throwFirst(await admin.describeConfigs([loggers]))
    assert.ok(levels!.entries.some(({ name, value }) => name === 'root' && value !== null))
    assert.equal(levels!.entries[0]!.source, 'dynamic broker logger')
  },

  async alterConfigs(world) {
    const { admin, createTopic, uniqueName } = world
    const topic = await createTopic()
    const resource = topicNamed(topic)
    const change = (changes: Parameters<typeof admin.alterConfigs>[0][number]['changes']) => [
      { resource, changes },
    ]
    const policy = () => valueOf(world, resource, 'cleanup.policy')
    throwFirst(
      await admin.alterConfigs(change([{ name: 'cleanup.policy', operation: 'append', value: 'compact' }])),
    )
    await settles(policy, 'delete,compact')
    throwFirst(
      await admin.alterConfigs(change([{ name: 'cleanup.policy', operation: 'subtract', value: 'delete' }])),
    )
    await settles(policy, 'compact')
    throwFirst(
      await admin.alterConfigs(change([{ name: 'cleanup.policy' }, { name: 'retention.ms', value: '5000' }])),
    )
    const retention = () => valueOf(world, resource, 'retention.ms')
    await settles(policy, 'delete')
    await settles(retention, '5000')
    const longer = change([{ name: 'retention.ms', value: '6000' }])
    throwFirst(await admin.alterConfigs(longer, { validateOnly: true }))
    assert.equal(await retention(), '5000')
    const outcomes = await admin.alterConfigs([
      ...change([{ name: 'retention.ms', value: 'long' }]),
      { resource: topicNamed(uniqueName('missing')), changes: [{ name: 'retention.ms', value: '1' }] },
    ])
    assert.deepEqual(outcomes.map(codeOf), ['INVALID_CONFIG', 'UNKNOWN_TOPIC_OR_PARTITION'])
    const appended = change([{ name: 'retention.ms', operation: 'append', value: '1' }])
    assert.deepEqual((await admin.alterConfigs(appended)).map(codeOf), ['INVALID_CONFIG'])
    await alterGroup(world)
  },

  async replaceConfigs(world) {
    const { admin, createTopic } = world
    const resource = topicNamed(await createTopic({ configs: { 'retention.ms': '5000' } }))
    const outcome = await admin.replaceConfigs(resource, { 'max.message.bytes': '2000' })
    assert.equal(codeOf(outcome), undefined)
    await settles(() => valueOf(world, resource, 'max.message.bytes'), '2000')
    await settles(() => valueOf(world, resource, 'retention.ms'), '604800000')
    assert.equal(codeOf(await admin.replaceConfigs(resource, { 'max.message.bytes': 'x' })), 'INVALID_CONFIG')
  },

  async listConfigResources(world) {
    const { admin, createTopic, uniqueName } = world
    const [topic, group] = [await createTopic(), uniqueName('group')]
    const changes = [{ name: 'share.isolation.level', value: 'read_committed' }]
    throwFirst(await admin.alterConfigs([{ resource: { type: 'group', name: group }, changes }]))
    const { brokers } = await admin.describeCluster()
    for (const wanted of [
      { type: 'topic', name: topic },
      { type: 'group', name: group },
      { type: 'brokerLogger', name: String(brokers[0]!.id) },
      { type: 'broker', name: String(brokers[0]!.id) },
    ]) {
      const find = async () =>
        (await admin.listConfigResources()).find(each => isDeepStrictEqual(each, wanted))
      await settles<unknown>(find, wanted)
    }
    const topics = await admin.listConfigResources(['topic'])
    assert.ok(topics.length > 0 && topics.every(({ type }) => type === 'topic'))
    const metrics = await admin.listConfigResources(['clientMetrics'])
    assert.ok(metrics.every(({ type }) => type === 'clientMetrics'))
  },
} satisfies Partial<Record<Operation, AdminCase>>

/** Settings of a group, which need not exist. */
async function alterGroup(world: World): Promise<void> {
  const { admin, uniqueName } = world
  const resource = { type: 'group', name: uniqueName('group') } as const
  const name = 'share.auto.offset.reset'
  const entry = async () => {
    const [described] = throwFirst(await admin.describeConfigs([resource], { names: [name] }))
    const { value, source } = described!.entries[0]!
    return [value, source]
  }
  assert.deepEqual(await entry(), ['latest', 'default'])
  throwFirst(await admin.alterConfigs([{ resource, changes: [{ name, value: 'by_duration:PT1H' }] }]))
  await settles(entry, ['by_duration:PT1H', 'group'])
  const outcomes = await admin.alterConfigs([{ resource, changes: [{ name, value: 'never' }] }])
  assert.deepEqual(outcomes.map(codeOf), ['INVALID_CONFIG'])
  throwFirst(await admin.alterConfigs([{ resource, changes: [{ name }] }]))
  await settles(entry, ['latest', 'default'])
}
