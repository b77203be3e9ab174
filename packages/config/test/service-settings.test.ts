// The settings of a service: the shape of its sections, what counts when, and what is said of what is wrong, all of it at once.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { Consumer, json, Producer, topic } from '@millrace/client'
import { loadServiceSettings, parseServiceSettings } from '@millrace/config'
import { createLogger } from '@millrace/pino'
import { Service } from '@millrace/service'

const text = `
kafka:
  brokers: \${BROKERS:-localhost:9092}
  username: shop
  password: \${KAFKA_SECRET}
  topic: orders
  retries: 3
  producerReturnSuccesses: false
  requestTimeoutMs: 5000
log:
  level: debug
  rotationSize: 0.5
  rotationCount: 14
  topic: logs
service:
  name: billing
  consumers: 2
  drainTimeoutMs: 5000
metrics:
  port: 9470
consumer:
  autoOffsetReset: latest
producer:
  compression: lz4
consumers:
  audit: { groupId: audit }
handlers:
  default:
    deadLetter: true
    retry: { attempts: 2 }
  orders:
    retry: { attempts: 4, backoff: { initialMs: 50, maxMs: 200, jitter: none }, topicDelaysMs: [1000, 60000] }
    concurrency: { by: key, max: 50 }
    breaker: { failures: 3 }
    rateLimit: { recordsPerSecond: 100 }
    timeoutMs: 2000
profiles:
  production:
    kafka: { tls: true, mechanism: scram-sha-512 }
    log: { level: warn, format: ecs, file: logs/billing.log }
    handlers: { orders: { timeoutMs: 500 } }
`
const env = { KAFKA_SECRET: 'x' }

test('sections become typed objects, with defaults where nothing is said', () => {
  const settings = parseServiceSettings(text, { env })
  const { password, ...kafka } = settings.kafka
  assert.equal(password, 'x')
  assert.deepEqual(kafka, {
    brokers: ['localhost:9092'],
    username: 'shop',
    mechanism: 'plain',
    topic: 'orders',
    retries: 3,
    producerReturnSuccesses: false,
  })
  const sasl = { mechanism: 'plain', username: 'shop', password: 'x' }
  const reach = { brokers: ['localhost:9092'], requestTimeoutMs: 5000, sasl }
  assert.deepEqual(settings.log, {
    level: 'debug',
    rotationSize: 0.5,
    rotationCount: 14,
    service: 'billing',
    topic: { ...reach, topic: 'logs' },
  })
  assert.deepEqual(settings.metrics, { port: 9470, host: '127.0.0.1' })
  const { consumer, producer, ...service } = settings.service
  assert.deepEqual(service.http, { port: 9470, host: '127.0.0.1' })
  assert.deepEqual(consumer, { autoOffsetReset: 'latest' })
  assert.deepEqual(producer, { compression: 'lz4', retries: 3, reportErrorsOnly: true })
  assert.deepEqual(
    [service.name, service.consumers, service.drainTimeoutMs, service.sasl],
    ['billing', 2, 5000, sasl],
  )
  assert.deepEqual(settings.consumer('audit'), { ...reach, autoOffsetReset: 'latest', groupId: 'audit' })
  assert.deepEqual(settings.admin(), reach)

  const least = parseServiceSettings('kafka: { brokers: [a:1, b:2] }', { env: {} })
  assert.deepEqual(
    { ...least.kafka },
    {
      brokers: ['a:1', 'b:2'],
      username: undefined,
      password: undefined,
      mechanism: 'plain',
      topic: undefined,
      retries: undefined,
      producerReturnSuccesses: true,
    },
  )
  assert.deepEqual(least.log, { level: 'info', rotationSize: 100, rotationCount: 7 })
  assert.equal(least.metrics, undefined)
  assert.throws(
    () => least.service,
    /^ConfigError: settings: the service has no name; write one as service.name, or into SERVICE_NAME/,
  )
})

test('handlers have what is theirs over what is for all, as service.handle takes it', () => {
  const settings = parseServiceSettings(text, { env })
  const { retry, breaker, rateLimit, ...rest } = settings.handler('orders')
  assert.deepEqual(rest, { deadLetter: true, concurrency: { by: 'key', max: 50 }, timeoutMs: 2000 })
  assert.ok(typeof retry === 'object')
  const { backoff, ...plan } = retry
  assert.deepEqual(plan, { attempts: 4, topicDelaysMs: [1000, 60000] })
  const random = { float: () => 1 } as Parameters<NonNullable<typeof backoff>>[1]
  assert.deepEqual(
    [1, 2, 3, 4].map(failures => backoff!(failures, random)),
    [50, 100, 200, 200],
  )
  assert.equal(breaker?.name, 'orders')
  assert.equal(settings.handler('orders').breaker, breaker)
  assert.equal(rateLimit?.constructor.name, 'RateLimiter')
  assert.deepEqual(settings.handler('payments'), { deadLetter: true, retry: { attempts: 2 } })
  assert.throws(
    () => settings.handler('order'),
    /there is no "order" in handlers, but "orders": is that what was meant\?/,
  )
  const inProduction = parseServiceSettings(text, { env, profile: 'production' })
  assert.equal(inProduction.handler('orders').timeoutMs, 500)
})

test('services, loggers and clients take what comes out of it', async () => {
  const settings = parseServiceSettings(text, { env: { ...env, LOG_TOPIC: '' } })
  const { topic: logs, ...log } = settings.log
  const logger = createLogger({ ...log, level: 'silent', stdout: false })
  const service = new Service({ ...settings.service, logger })
  service.handle(topic('orders', { value: json() }), () => {}, settings.handler('orders'))
  service.handleBatch(topic('payments', { value: json() }), () => {}, settings.handler('payments'))
  assert.equal(service.name, 'billing')
  assert.equal(logs?.topic, 'logs')
  await using producer = new Producer(settings.producer())
  await using consumer = new Consumer(settings.consumer('audit'))
  assert.deepEqual(
    [producer.cluster.options.requestTimeoutMs, consumer.cluster.options.requestTimeoutMs],
    [5000, 5000],
  )
  await logger.close()
})

test('variables count more than the file, sections of clients more than kafka', () => {
  const over = parseServiceSettings(`${text}\nclient: { requestTimeoutMs: 7000, clientId: shop }`, {
    env: {
      ...env,
      KAFKA_BROKERS: 'c:1,d:2',
      KAFKA_PASSWORD: 'y',
      KAFKA_RETRIES: '0',
      KAFKA_PRODUCER_RETURN_SUCCESSES: 'true',
      LOG_LEVEL: 'error',
      LOG_ROTATION_COUNT: '3',
      SERVICE_NAME: 'other',
      METRICS_PORT: '0',
      METRICS_HOST: '::',
    },
    profile: 'production',
  })
  assert.deepEqual([over.kafka.brokers, over.kafka.password, over.kafka.retries], [['c:1', 'd:2'], 'y', 0])
  const { sasl, tls, requestTimeoutMs, clientId, idempotence, reportErrorsOnly } = over.producer()
  assert.deepEqual(sasl, { mechanism: 'scram-sha-512', username: 'shop', password: 'y' })
  assert.deepEqual(
    [tls, requestTimeoutMs, clientId, idempotence, reportErrorsOnly],
    [true, 7000, 'shop', false, undefined],
  )
  const { level, rotationCount, format, file } = over.log
  assert.deepEqual([level, rotationCount, format, file], ['error', 3, 'ecs', 'logs/billing.log'])
  assert.equal(over.service.name, 'other')
  assert.deepEqual(over.metrics, { port: 0, host: '::' })
  assert.deepEqual(parseServiceSettings('', { env: { KAFKA_BOOTSTRAP_SERVERS: 'e:1' } }).kafka.brokers, [
    'e:1',
  ])
})

const wrong: readonly [yaml: string, problem: RegExp][] = [
  ['kafka: { brokers: a:1 }\nlogs: {}', /settings:2:1: there is no section "logs"; did you mean "log"\?/],
  [
    'kafka: { brokers: a:1, retires: 3 }',
    /settings:1:24: there is no "retires" in kafka; did you mean "retries"\?/,
  ],
  [
    'kafka: { brokers: a:1, lingerMs: 3 }',
    /settings:1:24: "lingerMs" is an option of a producer: write it under "producer"/,
  ],
  [
    'kafka: { brokers: a:1, retries: many }',
    /settings:1:24: "kafka.retries": it is "many"; write a whole number from 0 on/,
  ],
  ['kafka: { brokers: a:1, username: shop }', /settings:1:24: "username" needs a password beside it/],
  [
    'kafka: { brokers: a:1, producerReturnSuccesses: maybe }',
    /"kafka.producerReturnSuccesses": it is "maybe"; write true or false/,
  ],
  ['kafka: { brokers: a:1, requestTimeoutMs: soon }', /settings:1:24: requestTimeoutMs/],
  ['log: { level: loud }', /settings:1:8: "log.level": it is "loud"; write one of trace, debug/],
  ['log: { rotationSize: -1 }', /"log.rotationSize": it is -1; write megabytes, more than 0/],
  ['service: { consumers: 0 }', /"service.consumers": it is 0; write a whole number from 1 on/],
  ['metrics: { port: 70000 }', /"metrics.port": it is 70000; write a whole number from 0 to 65535/],
  ['handlers: { orders: 3 }', /settings:1:13: "handlers.orders" is no mapping of names to settings/],
  [
    'handlers:\n  orders:\n    retry:\n      atempts: 3',
    /settings:4:7: there is no "atempts" in handlers.orders.retry; did you mean "attempts"\?/,
  ],
  ['handlers: { orders: { retry: true } }', /"handlers.orders.retry": it is true; write false, or a mapping/],
  ['handlers: { orders: { breaker: { probes: 0 } } }', /"handlers.orders.breaker.probes": it is 0/],
  [
    'handlers: { orders: { breaker: { failureRate: 7 } } }',
    /settings:1:23: "handlers.orders.breaker": circuitBreaker: failureRate is 7/,
  ],
  [
    'handlers: { orders: { retry: { backoff: { fixedMs: 1, maxMs: 2 } } } }',
    /"handlers.orders.retry.backoff": fixedMs stands alone/,
  ],
  [
    'profiles: { unused: { handlers: { orders: { timeoutMs: never } } } }',
    /settings:1:45: "handlers.orders.timeoutMs": it is "never"/,
  ],
  ['', /settings: there are no brokers; write "host:port" as kafka.brokers, or into KAFKA_BROKERS/],
]

for (const [yaml, problem] of wrong) {
  test(`what is wrong is told with its place: ${yaml.replaceAll('\n', ' ').slice(0, 60) || 'nothing at all'}`, () => {
    assert.throws(() => parseServiceSettings(yaml, { env: {} }), { name: 'ConfigError', message: problem })
  })
}

test('all that is wrong is told at once, missing variables and wrong ones included', () => {
  const yaml = 'kafka: { brokers: "${NOT_THERE}", retries: x }\nlog: { level: loud }'
  assert.throws(
    () => parseServiceSettings(yaml, { env: {} }),
    /2 things are wrong:\n {2}settings:1:35: .*\n {2}settings:2:8: /,
  )
  const missing = 'kafka: { brokers: "${NOT_THERE}" }\nlog: { file: "${NOR_THIS}" }'
  assert.throws(
    () => parseServiceSettings(missing, { env: { LOG_LEVEL: 'loud' } }),
    error => {
      const { message } = error as Error
      return (
        /NOT_THERE is not set/.test(message) &&
        /NOR_THIS is not set/.test(message) &&
        /LOG_LEVEL: it is "loud"/.test(message)
      )
    },
  )
})

test('a variable that is nearly one is warned of', async () => {
  const warned = new Promise<Error>(resolve => process.once('warning', resolve))
  parseServiceSettings('kafka: { brokers: a:1 }', { env: { LOG_LEVLE: 'info' } })
  assert.match((await warned).message, /the variable LOG_LEVLE is no option; did you mean LOG_LEVEL\?/)
})

test('a password is not shown', () => {
  const { kafka } = parseServiceSettings(text, { env: { KAFKA_SECRET: 'very-secret' } })
  assert.doesNotMatch(`${inspect(kafka)} ${JSON.stringify({ kafka })}`, /very-secret/)
  assert.equal({ ...kafka }.password, 'very-secret')
})

test('a file is read, and one that cannot be is told of', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-service-settings-'))
  const file = join(folder, 'service.yaml')
  writeFileSync(file, 'kafka: { brokers: a:1 }\nservice: { name: billing }')
  assert.equal((await loadServiceSettings(file, { env: {} })).service.name, 'billing')
  writeFileSync(file, 'kafka: { broker: a:1 }')
  await assert.rejects(
    loadServiceSettings(file, { env: {} }),
    /service.yaml:1:10: there is no "broker" in kafka; did you mean "brokers"\?/,
  )
  rmSync(folder, { recursive: true })
  await assert.rejects(loadServiceSettings(file), /service.yaml: cannot be read: ENOENT/)
})
