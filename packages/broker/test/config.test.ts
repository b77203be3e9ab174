// The tables of properties agree with themselves, and what is set is checked against them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BrokerConfig, configSources } from '../src/config/broker-config.ts'
import { brokerTable } from '../src/config/broker-table.ts'
import { type ConfigDefinition, ConfigError, parseConfig } from '../src/config/definition.ts'
import { describeBrokerConfigs, describeTopicConfigs } from '../src/config/describe.ts'
import { parseProperties, propertiesFromEnvironment } from '../src/config/sources.ts'
import { resolveTopicConfig } from '../src/config/topic-config.ts'
import { topicSynonyms, topicTable } from '../src/config/topic-table.ts'
import { unusedProperties } from '../src/config/broker-table.ts'

const refuses = (properties: Record<string, string>, pattern: RegExp) =>
  assert.throws(
    () => new BrokerConfig(properties),
    (error: Error) => error instanceof ConfigError && pattern.test(error.message),
  )

test('every default in the tables is a value that its own property accepts', () => {
  const tables: readonly Record<string, ConfigDefinition>[] = [brokerTable, topicTable]
  for (const table of tables) {
    for (const [name, definition] of Object.entries(table)) {
      if (definition.defaultText !== null) parseConfig(definition, name, definition.defaultText)
      assert.match(definition.doc, /\.$/, `${name} needs a sentence of documentation`)
    }
  }
})

test('a default with an exponent is described as Java writes it', () => {
  assert.equal(brokerTable['log.cleaner.io.max.bytes.per.second'].defaultText, '1.7976931348623157E308')
})

test('no property is both in use and without use', () => {
  for (const name of unusedProperties().keys()) assert.ok(!Object.hasOwn(brokerTable, name), name)
})

test('what a topic inherits from exists at the broker and has the same default', () => {
  for (const [name, synonym] of Object.entries(topicSynonyms)) {
    const broker = (brokerTable as Record<string, { defaultText: string | null }>)[synonym]
    assert.ok(broker, `${name} inherits from ${synonym}, which does not exist`)
    assert.equal(
      broker.defaultText,
      (topicTable as Record<string, { defaultText: string | null }>)[name]?.defaultText,
    )
  }
})

test('a property that does not exist is refused with the nearest that does', () => {
  refuses(
    { 'log.retention.mss': '1' },
    /Unknown configuration log\.retention\.mss; did you mean log\.retention\.ms\?/,
  )
  refuses({ 'auto.create.topic.enable': 'true' }, /did you mean auto\.create\.topics\.enable\?/)
  refuses({ 'completely.unlike.everything.else.here': '1' }, /^Unknown configuration [a-z.]+$/)
})

test('a bad value is refused with its property and what was expected', () => {
  refuses({ 'num.partitions': 'three' }, /num\.partitions: Not a number of type INT/)
  refuses({ 'num.partitions': '0' }, /num\.partitions: Value must be at least 1/)
  refuses({ 'log.fsync': 'always' }, /log\.fsync: String must be one of: group, never/)
  refuses({ 'auto.create.topics.enable': 'yes' }, /Expected value to be either true or false/)
  refuses({ 'log.cleanup.policy': 'compress' }, /compress .*String must be one of: compact, delete/)
  refuses({ 'num.io.threads': 'many' }, /num\.io\.threads: Not a number of type INT/)
  refuses({ 'log.retention.ms': '99999999999999999999' }, /log\.retention\.ms/)
})

test('classes of others are refused rather than passed over', () => {
  refuses({ 'principal.builder.class': 'com.example.Builder' }, /classes of Java are not loaded/)
  refuses({ 'sasl.server.callback.handler.class': 'com.example.Handler' }, /classes of Java are not loaded/)
  const validator = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler'
  assert.equal(
    new BrokerConfig({ 'sasl.server.callback.handler.class': validator }).get(
      'sasl.server.callback.handler.class',
    ),
    validator,
  )
})

test('a property of one listener, or of one mechanism of it, goes before the property alone', () => {
  const config = new BrokerConfig({
    'connections.max.reauth.ms': '1000',
    'listener.name.internal.connections.max.reauth.ms': '2000',
    'listener.name.internal.scram-sha-256.connections.max.reauth.ms': '3000',
  })
  const of = (listener: string, mechanism?: string) =>
    config.getFor('connections.max.reauth.ms', listener, mechanism)
  assert.deepEqual(
    [of('EXTERNAL', 'PLAIN'), of('INTERNAL', 'PLAIN'), of('INTERNAL', 'SCRAM-SHA-256')],
    [1000, 2000, 3000],
  )
  config.setDynamic(new Map([['listener.name.external.connections.max.reauth.ms', '4000']]), new Map())
  assert.equal(of('EXTERNAL'), 4000)
  refuses(
    { 'listener.name.internal.ssl.keystore.locations': '/x' },
    /did you mean listener\.name\.internal\.ssl\.keystore\.location\?/,
  )
  refuses({ 'listener.name.internal.ssl.client.auth': 'maybe' }, /must be one of: required, requested, none/)
})

test('properties of Apache Kafka that mean nothing here are taken, reported and listed', () => {
  const config = new BrokerConfig({ 'num.io.threads': '16', 'process.roles': 'broker,controller' })
  assert.deepEqual(config.unused, ['num.io.threads', 'process.roles'])
  const described = describeBrokerConfigs(config, new Set(['num.io.threads']))
  assert.equal(described[0]?.value, '16')
  assert.equal(described[0]?.configSource, configSources.STATIC_BROKER)
})

test('the largest long is no limit and keeps its text', () => {
  const config = new BrokerConfig()
  assert.equal(config.get('log.cleaner.max.compaction.lag.ms'), Number.MAX_SAFE_INTEGER)
  assert.equal(config.levels('log.cleaner.max.compaction.lag.ms')[0]?.text, '9223372036854775807')
})

test('a change while running goes before the start and the default, for one broker before all', () => {
  const config = new BrokerConfig({ 'message.max.bytes': '2000' })
  assert.equal(config.get('message.max.bytes'), 2000)
  config.setDynamic(new Map(), new Map([['message.max.bytes', '3000']]))
  assert.equal(config.get('message.max.bytes'), 3000)
  config.setDynamic(new Map([['message.max.bytes', '4000']]), new Map([['message.max.bytes', '3000']]))
  assert.deepEqual(
    config.levels('message.max.bytes').map(({ text, source }) => [text, source]),
    [
      ['4000', configSources.DYNAMIC_BROKER],
      ['3000', configSources.DYNAMIC_DEFAULT_BROKER],
      ['2000', configSources.STATIC_BROKER],
      ['1048588', configSources.DEFAULT],
    ],
  )
})

test('a topic takes retention from hours, minutes or milliseconds of the broker, the finer one first', () => {
  const retention = (properties: Record<string, string>) =>
    resolveTopicConfig(new Map(), new BrokerConfig(properties)).retentionMs
  assert.equal(retention({}), 604_800_000)
  assert.equal(retention({ 'log.retention.hours': '1' }), 3_600_000)
  assert.equal(retention({ 'log.retention.hours': '1', 'log.retention.minutes': '2' }), 120_000)
  assert.equal(retention({ 'log.retention.minutes': '2', 'log.retention.ms': '5' }), 5)
  assert.equal(retention({ 'log.retention.hours': '-1' }), -1)
})

test('settings of a topic are described with where they come from', () => {
  const config = new BrokerConfig({ 'log.segment.bytes': '2000000' })
  const described = new Map(
    describeTopicConfigs(new Map([['cleanup.policy', 'compact']]), config).map(entry => [entry.name, entry]),
  )
  assert.equal(described.size, Object.keys(topicTable).length)
  const policy = described.get('cleanup.policy')!
  assert.deepEqual(
    [policy.value, policy.configSource, policy.isDefault],
    ['compact', configSources.TOPIC, false],
  )
  assert.deepEqual(
    policy.synonyms.map(({ name, source }) => [name, source]),
    [
      ['cleanup.policy', configSources.TOPIC],
      ['log.cleanup.policy', configSources.DEFAULT],
    ],
  )
  assert.deepEqual(described.get('retention.ms')!.synonyms, [])
  config.setDynamic(new Map(), new Map([['log.retention.ms', '7200000']]))
  const retention = describeTopicConfigs(new Map(), config).find(entry => entry.name === 'retention.ms')!
  assert.deepEqual(
    [retention.value, retention.configSource],
    ['7200000', configSources.DYNAMIC_DEFAULT_BROKER],
  )
  assert.deepEqual(
    retention.synonyms.map(({ name, value, source }) => [name, value, source]),
    [
      ['log.retention.ms', '7200000', configSources.DYNAMIC_DEFAULT_BROKER],
      ['log.retention.hours', '168', configSources.DEFAULT],
    ],
  )
  const segment = described.get('segment.bytes')!
  assert.deepEqual([segment.value, segment.configSource], ['2000000', configSources.STATIC_BROKER])
})

test('a properties file is read as Kafka writes it', () => {
  const text = [
    '# a comment',
    '! another',
    'log.dirs=/var/lib/data',
    '  num.partitions = 3',
    'listeners: PLAINTEXT://:9092',
    'advertised.listeners=A://a:1,\\',
    '    B://b:2',
    '',
  ].join('\r\n')
  assert.deepEqual(parseProperties(text), {
    'log.dirs': '/var/lib/data',
    'num.partitions': '3',
    listeners: 'PLAINTEXT://:9092',
    'advertised.listeners': 'A://a:1,B://b:2',
  })
  assert.throws(() => parseProperties('one=1\nnonsense'), /line 2/)
})

test('environment variables name properties as in the image of Apache Kafka', () => {
  assert.deepEqual(
    propertiesFromEnvironment({
      KAFKA_LOG_RETENTION_MS: '5',
      KAFKA_HEAP_OPTS: '-Xmx1g',
      KAFKA_BROKERS: '127.0.0.1:9092',
      KAFKA_URI: '',
      KAFKA_NUM_PARTITIONS: '2',
      MILLRACE_NUM_PARTITIONS: '4',
      KAFKA_BROKER_ID: '7',
      PATH: '/bin',
    }),
    { properties: { 'log.retention.ms': '5', 'num.partitions': '4', 'broker.id': '7' }, unknown: [] },
  )
})

test('variables that are no property are told apart, with the property that they may have been meant for', () => {
  const { properties, unknown } = propertiesFromEnvironment({
    KAFKA_SERVICE_HOST: '10.0.0.7',
    KAFKA_PORT_9092_TCP: 'tcp://10.0.0.7:9092',
    KAFKA_UI_SERVICE_PORT: '8080',
    KAFKA_SASL_USERNAME: 'app',
    MILLRACE_DEBUG: '1',
    KAFKA_LOG_RETENTION_MSS: '5',
    MILLRACE_SOME___NAME__X: 'y',
  })
  assert.deepEqual(properties, {})
  assert.deepEqual(
    unknown.map(({ variable, property, nearest }) => [variable, property, nearest]),
    [
      ['KAFKA_SERVICE_HOST', 'service.host', undefined],
      ['KAFKA_PORT_9092_TCP', 'port.9092.tcp', undefined],
      ['KAFKA_UI_SERVICE_PORT', 'ui.service.port', undefined],
      ['KAFKA_SASL_USERNAME', 'sasl.username', undefined],
      ['KAFKA_LOG_RETENTION_MSS', 'log.retention.mss', 'log.retention.ms'],
      ['MILLRACE_DEBUG', 'debug', undefined],
      ['MILLRACE_SOME___NAME__X', 'some-name_x', undefined],
    ],
  )
})

test('properties that protect the broker are not passed over because the environment names them', () => {
  const { properties } = propertiesFromEnvironment({
    KAFKA_SSL_KEYSTORE_LOCATION: '/x',
    KAFKA_LISTENER_NAME_INTERNAL_SSL_KEYSTORE_LOCATION: '/x',
    KAFKA_SUPER_USERS: 'User:a',
  })
  assert.deepEqual(Object.keys(properties), [
    'ssl.keystore.location',
    'listener.name.internal.ssl.keystore.location',
    'super.users',
  ])
})

test('a properties file has the escapes of Java: keys come with line breaks in them', () => {
  assert.deepEqual(parseProperties('key=-----BEGIN X-----\\nAB\\nCD\na\\=b=\\u00e9\\t\\\\'), {
    key: '-----BEGIN X-----\nAB\nCD',
    'a=b': 'é\t\\',
  })
})
