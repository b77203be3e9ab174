// Settings from files and the environment: what counts when, and what is said of what is wrong.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigError, Consumer, Producer } from '@millrace/client'
import { loadSettings, parseSettings } from '@millrace/config'

const text = `
client:
  brokers: \${BROKERS:-localhost:9092}
  clientId: shop
producer:
  linger.ms: 5
consumer:
  autoOffsetReset: earliest
consumers:
  billing:
    groupId: billing
  audit:
    group.id: audit
    client.id: audit
profiles:
  production:
    client:
      security.protocol: SASL_SSL
      sasl: { mechanism: plain, username: shop, password: '\${PASSWORD}' }
    producer:
      lingerMs: 20
  slow:
    producer: { lingerMs: 500 }
    consumers:
      billing: { fetch.max.wait.ms: 1000 }
`

test('sections, names, profiles and the environment count from the least to the most', () => {
  const plain = parseSettings(text, { env: {} })
  assert.deepEqual(plain.producer(), { brokers: ['localhost:9092'], clientId: 'shop', lingerMs: 5 })
  assert.deepEqual(plain.admin(), { brokers: ['localhost:9092'], clientId: 'shop' })
  assert.deepEqual(plain.consumer('billing'), {
    brokers: ['localhost:9092'],
    clientId: 'shop',
    autoOffsetReset: 'earliest',
    groupId: 'billing',
  })
  assert.deepEqual(plain.consumer('audit'), {
    brokers: ['localhost:9092'],
    clientId: 'audit',
    autoOffsetReset: 'earliest',
    groupId: 'audit',
  })
  const both = parseSettings(text, { env: { PASSWORD: 'x' }, profile: ['production', 'slow'] })
  assert.equal(both.producer().lingerMs, 500)
  assert.deepEqual(both.producer().sasl, { mechanism: 'plain', username: 'shop', password: 'x' })
  const byVariable = parseSettings(text, { env: { PASSWORD: 'x', MILLRACE_PROFILE: 'slow, production' } })
  assert.equal(byVariable.producer().lingerMs, 20)
  const env = { KAFKA_LINGER_MS: '1', BROKERS: 'a:1,b:2', MILLRACE_CONSUMER_CLIENT_ID: 'reader' }
  const over = parseSettings(text, { env })
  assert.deepEqual(over.producer(), { brokers: ['a:1', 'b:2'], clientId: 'shop', lingerMs: 1 })
  assert.equal(over.consumer('billing').clientId, 'reader')
  assert.equal(parseSettings(text, { env: { ...env, MILLRACE_LINGER_MS: '2' } }).producer().lingerMs, 2)
  assert.equal(
    parseSettings(text, {
      env: { ...env, MILLRACE_LINGER_MS: '2', MILLRACE_PRODUCER_LINGER_MS: '3' },
    }).producer().lingerMs,
    3,
  )
})

test('options have our names and types, whichever they are written in, so that a program can lay its own over them', async () => {
  const yaml = `
client: { bootstrap.servers: 'a:1,b:2', security.protocol: sasl_plaintext, sasl.mechanism: PLAIN, sasl.username: u, sasl.password: p }
producer: { queue.buffering.max.kbytes: 2, linger.ms: '5', acks: '-1', enable.idempotence: t }
consumer: { group.id: g, value.deserializer: org.apache.kafka.common.serialization.StringDeserializer, connections.max.idle.ms: 0 }
`
  const settings = parseSettings(yaml, { env: { KAFKA_BATCH_SIZE: '1000' } })
  const { bufferMemory, lingerMs, batchSize, idempotence, brokers } = settings.producer()
  assert.deepEqual(
    { bufferMemory, lingerMs, batchSize, idempotence, brokers },
    { bufferMemory: 2048, lingerMs: 5, batchSize: 1000, idempotence: true, brokers: ['a:1', 'b:2'] },
  )
  await using producer = new Producer({
    ...settings.producer(),
    lingerMs: 0,
    bufferMemory: 70_000,
    acks: 'all',
  })
  assert.equal(producer.statistics.bufferMemoryBytes, 70_000)
  const { groupId, valueSerde } = settings.consumer<Buffer, string>()
  assert.equal(groupId, 'g')
  assert.equal(typeof valueSerde?.deserialize, 'function')
  await using consumer = new Consumer({ ...settings.consumer<Buffer, string>(), groupId: 'other' })
  assert.deepEqual(consumer.cluster.options.brokers, ['a:1', 'b:2'])
})

test('clients take what comes out of it', async () => {
  const settings = parseSettings(text, { env: { BROKERS: 'a:1, b:2', KAFKA_BATCH_SIZE: '1000' } })
  await using producer = new Producer(settings.producer())
  assert.deepEqual(producer.cluster.options.brokers, ['a:1', 'b:2'])
  await using consumer = new Consumer({ ...settings.consumer('billing'), sessionTimeoutMs: 10_000 })
  assert.equal(consumer.cluster.options.clientId, 'shop')
})

test('variables stand anywhere in values, and are missed when they are used', () => {
  const settings = parseSettings(text, { env: {}, profile: 'production' })
  assert.throws(
    () => settings.producer(),
    /^ConfigError: settings:\d+:7: the variable PASSWORD is not set; write \$\{PASSWORD:-default\}/,
  )
  const odd = parseSettings('client: { clientId: "$${A} ${A}-${B:-b}-${EMPTY:-e}", brokers: [ "${A}:1" ] }', {
    env: { A: 'a', EMPTY: '' },
  })
  assert.deepEqual(odd.admin(), { clientId: '${A} a-b-e', brokers: ['a:1'] })
  assert.throws(
    () => parseSettings('client: { clientId: "${a b}" }', { env: {} }).admin(),
    /settings:1:11: \$\{a b\} is no variable: write \$\{NAME\}/,
  )
  assert.throws(
    () => parseSettings('producer: { lingerMs: "${L}" }', { env: { L: 'soon' } }).producer(),
    /settings:1:13: lingerMs: "soon" is not a number/,
  )
})

const wrong: [what: string, text: string, message: RegExp][] = [
  [
    'an option that there is not',
    'producer:\n  lingerMss: 5',
    /^kafka.yaml:2:3: there is no option "lingerMss"; did you mean "lingerMs"\?$/,
  ],
  [
    'a value that is none',
    'producer:\n  linger.ms: soon',
    /^kafka.yaml:2:3: linger.ms: "soon" is not a number$/,
  ],
  [
    'a section that there is not',
    'producr: {}',
    /^kafka.yaml:1:1: there is no section "producr"; did you mean "producer"\?$/,
  ],
  [
    'profiles in a profile',
    'profiles:\n  a:\n    profiles: {}',
    /^kafka.yaml:3:5: there is no section "profiles"; there are client/,
  ],
  ['a section that is a list', 'client: [a]', /^kafka.yaml:1:9: client is no mapping of names to settings$/],
  ['a file that is a text', 'brokers', /^kafka.yaml:1:1: the file is no mapping/],
  ['what is no YAML', 'client:\n  a: [1', /^kafka.yaml:2:\d+: /],
  [
    'an option twice',
    'producer:\n  lingerMs: 5\n  linger.ms: 6',
    /^kafka.yaml:3:3: "linger.ms" is the same option as "lingerMs" \(kafka.yaml:2:3\)/,
  ],
  [
    'an option of producers for all',
    'client:\n  lingerMs: 5',
    /^kafka.yaml:2:3: "lingerMs" is an option of a producer: write it under "producer"$/,
  ],
  [
    'an option in no section',
    'brokers: a:1\nlinger.ms: 5',
    /kafka.yaml:1:1: "brokers" is an option: write it under "client"\n.*2:1: "linger.ms" is an option: write it under "producer"$/s,
  ],
  [
    'an option of consumers for producers',
    'producer:\n  group.id: g',
    /^kafka.yaml:2:3: "group.id" is an option of a consumer: write it under "consumer"$/,
  ],
  [
    'what only a program can give',
    'producer:\n  onDelivery: x',
    /^kafka.yaml:2:3: "onDelivery" can only be given by a program$/,
  ],
  [
    'what is not honoured',
    'client:\n  sasl.kerberos.service.name: kafka',
    /^kafka.yaml:2:3: "sasl.kerberos.service.name" is not honoured/,
  ],
  [
    'a wrong name in a profile that is not used',
    'profiles:\n  p:\n    client:\n      brokerz: a',
    /^kafka.yaml:4:7: there is no option "brokerz"/,
  ],
  [
    'several things',
    'producer:\n  lingerMss: 5\nconsumer:\n  groupIdd: g',
    /^2 things are wrong:\n {2}kafka.yaml:2:3: .*\n {2}kafka.yaml:4:3: .*"groupId"\?$/,
  ],
]

for (const [what, given, message] of wrong)
  test(`${what} is told with its place`, () =>
    assert.throws(
      () => parseSettings(given, { env: {}, file: 'kafka.yaml' }),
      (error: ConfigError) => {
        assert.ok(error instanceof ConfigError)
        assert.match(error.message, message)
        return true
      },
    ))

test('profiles and names that there are not are told with the nearest', () => {
  assert.throws(
    () => parseSettings(text, { env: {}, profile: 'prodction' }),
    /settings: there is no profile "prodction"; did you mean "production"\?/,
  )
  const settings = parseSettings(text, { env: {} })
  assert.throws(() => settings.consumer('biling'), /no "biling" among consumers; did you mean "billing"\?/)
  assert.throws(() => settings.producer('x'), /no "x" among producers; there are none/)
})

test('a variable that is nearly an option is warned of, others are for others', async () => {
  const warnings: string[] = []
  const listen = ({ message }: Error) => void warnings.push(message)
  process.on('warning', listen)
  parseSettings('', { env: { MILLRACE_LINGER_MSS: '5', KAFKA_HOME: '/opt/kafka', HOME: '/' } })
  await new Promise(setImmediate)
  process.off('warning', listen)
  assert.deepEqual(warnings, [
    'the variable MILLRACE_LINGER_MSS is no option; did you mean MILLRACE_LINGER_MS?',
  ])
  assert.throws(
    () => parseSettings('client: { brokers: a }', { env: { MILLRACE_LINGER_MS: 'soon' } }).producer(),
    /^ConfigError: MILLRACE_LINGER_MS: lingerMs: "soon" is not a number$/,
  )
})

test('a file is read from its path, and one that is missing is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-config-'))
  try {
    const path = join(folder, 'kafka.yaml')
    writeFileSync(path, text)
    const settings = await loadSettings(path, { env: {} })
    assert.equal(settings.producer().clientId, 'shop')
    writeFileSync(path, 'clients: {}')
    await assert.rejects(loadSettings(path, { env: {} }), (error: Error) =>
      error.message.startsWith(`${path}:1:1: there is no section "clients"`),
    )
    await assert.rejects(loadSettings(join(folder, 'none.yaml')), /none.yaml: cannot be read: ENOENT/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
