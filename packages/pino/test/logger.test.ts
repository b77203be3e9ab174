// What lines look like: JSON and ECS, errors, levels, and options that cannot be.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ecsFormat } from '@elastic/ecs-pino-format'
import { createLogger, logContext, type LoggerOptions } from '@millrace/pino'
import { ManualClock } from '@millrace/testkit/clocks'
import { pino } from 'pino'

const folder = mkdtempSync(join(tmpdir(), 'millrace-logger-'))
after(() => rmSync(folder, { recursive: true }))
let serial = 0

type Line = Readonly<Record<string, unknown>>

/** Logs to a file, and reads it. */
async function linesOf(
  options: Omit<LoggerOptions, 'file'>,
  work: (logger: ReturnType<typeof createLogger>) => void,
): Promise<Line[]> {
  const file = join(folder, `${++serial}.log`)
  const logger = createLogger({ ...options, file })
  work(logger)
  await logger.close()
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Line)
}

test('a line says when, how bad, who and what, with errors as pino writes them under both of their names', async () => {
  const clock = new ManualClock()
  const [line, second] = await linesOf({ service: 'billing', clock, fields: { region: 'eu' } }, logger => {
    logger.info({ total: 12 }, 'charged')
    logger.error(
      { error: new TypeError('no', { cause: new Error('deep') }), err: new Error('too') },
      'failed',
    )
  })
  const { pid, hostname, ...rest } = line!
  assert.deepEqual(rest, {
    level: 'info',
    time: clock.now(),
    service: 'billing',
    region: 'eu',
    total: 12,
    msg: 'charged',
  })
  assert.deepEqual([typeof pid, typeof hostname], ['number', 'string'])
  const { error, err } = second as { error: { type: string; stack: string }; err: { message: string } }
  assert.equal(error.type, 'TypeError')
  assert.match(error.stack, /caused by: Error: deep/)
  assert.equal(err.message, 'too')
})

test('what logContext runs has its fields in every line below, children included, and nothing outside of it', async () => {
  const lines = await linesOf({}, logger => {
    const child = logger.child({ module: 'charges' })
    logContext.run({ correlationId: 'c-1' }, () => {
      child.info('inside')
      logContext.run({ user: 7 }, () => logger.info({ correlationId: 'own' }, 'deeper'))
    })
    logger.info('outside')
  })
  const seen = lines.map(({ correlationId, user, module }) => [correlationId, user, module])
  assert.deepEqual(seen, [
    ['c-1', undefined, 'charges'],
    ['own', 7, undefined],
    [undefined, undefined, undefined],
  ])
})

test('the level changes at run time, for children that were made before as well', async () => {
  const lines = await linesOf({ level: 'warn' }, logger => {
    const children = Array.from({ length: 200 }, (_, n) => logger.child({ n }))
    const grandchild = children[199]!.child({})
    logger.info('not yet')
    logger.setLevel('debug')
    logger.debug('root')
    children[0]!.debug('first child')
    grandchild.debug('grandchild')
    logger.setLevel('silent')
    grandchild.fatal('never')
    assert.throws(() => logger.setLevel('loud' as 'info'), /logger: level is "loud"; it is one of trace/)
  })
  assert.deepEqual(
    lines.map(({ msg }) => msg),
    ['root', 'first child', 'grandchild'],
  )
})

test('fields of ECS are those that its own formatter for pino writes', async () => {
  const clock = new ManualClock()
  const error = new RangeError('too far')
  const [own] = await linesOf({ format: 'ecs', service: 'billing', clock }, logger =>
    logger.warn({ err: error, total: 12 }, 'charged'),
  )
  let theirs = ''
  const official = pino(
    { ...ecsFormat({ serviceName: 'billing', apmIntegration: false }) },
    { write: line => void (theirs = line) },
  )
  official.warn({ err: error, total: 12 }, 'charged')
  const expected = JSON.parse(theirs) as Line
  assert.deepEqual(
    Object.keys(own!).sort(),
    Object.keys(expected)
      .filter(name => name !== 'event.dataset')
      .sort(),
  )
  const { '@timestamp': at, ...rest } = own!
  assert.equal(at, new Date(clock.now()).toISOString())
  const { '@timestamp': _at, 'event.dataset': _dataset, ...others } = expected
  assert.deepEqual(rest, others)
})

test('what is known of the record goes into the fields of ECS and of Filebeat', async () => {
  const [line] = await linesOf({ format: 'ecs' }, logger =>
    logContext.run(
      { correlationId: 'c-1', eventId: 'e-1', eventType: 'order.created', topic: 'orders' },
      () => logger.info({ partition: 3, offset: 7, group: 'billing' }, 'charged'),
    ),
  )
  const { 'labels.correlation_id': id, 'event.id': event, 'event.action': action, ...rest } = line!
  assert.deepEqual([id, event, action], ['c-1', 'e-1', 'order.created'])
  const place = ['kafka.topic', 'kafka.partition', 'kafka.offset', 'kafka.consumer_group'].map(
    name => rest[name],
  )
  assert.deepEqual(place, ['orders', 3, 7, 'billing'])
})

test('secrets are not written', async () => {
  const [line] = await linesOf({ redact: ['password', 'user.email'] }, logger =>
    logger.info({ password: 'x', user: { email: 'y', id: 7 } }, 'login'),
  )
  assert.deepEqual([line!['password'], line!['user']], ['[Redacted]', { email: '[Redacted]', id: 7 }])
})

test('options that cannot be are refused, with what to write', () => {
  const cases: readonly [options: object, message: RegExp][] = [
    [{ levle: 'info' }, /there is no option "levle"; did you mean "level"\?/],
    [{ level: 'inf' }, /level is "inf"; did you mean "info"\?/],
    [{ format: 'xml' }, /format is "xml"; it is json or ecs/],
    [{ file: '' }, /file is empty/],
    [{ rotationSize: 0 }, /rotationSize is 0; write megabytes/],
    [{ rotationCount: 1.5 }, /rotationCount is 1.5; write whole days/],
    [{ topic: { brokers: ['localhost:1'] } }, /log shipping: topic is missing/],
    [{ topic: { topic: 'logs' } }, /log shipping: brokers is missing/],
    [
      { topic: { topic: 'logs', brokers: ['localhost:1'], bufferMaxByte: 1 } },
      /did you mean "bufferMaxBytes"\?/,
    ],
    [
      { topic: { topic: 'logs', brokers: ['localhost:1'], bufferMaxBytes: 10 } },
      /a whole number from 1,024 on/,
    ],
  ]
  for (const [options, message] of cases)
    assert.throws(() => createLogger(options), { name: 'ConfigError', message })
})
