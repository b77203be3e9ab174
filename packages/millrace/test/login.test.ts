// Commands against a broker with TLS and logins: options, contexts, files, the environment; and users.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Broker, type Endpoint } from '@millrace/broker'
import { TestAuthority } from '@millrace/testkit/certificates'
import { type CommandOptions, type Outcome, run, start } from './support/command.ts'

const authority = new TestAuthority()
const server = authority.issue({ subject: [['CN', 'server']] })
const alice = authority.issue({ subject: [['CN', 'alice']] })

let directory: string
let broker: Broker

const file = (name: string, text: string): string => {
  const path = join(directory, name)
  writeFileSync(path, text)
  return path
}

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'millrace-login-'))
  file('ca.pem', authority.cert)
  file('alice.pem', alice.cert + alice.key)
  broker = await Broker.start({
    config: {
      'log.fsync': 'never',
      'connection.failed.authentication.delay.ms': 0,
      listeners: 'LOGIN://127.0.0.1:0,MUTUAL://127.0.0.1:0',
      'listener.security.protocol.map': 'LOGIN:SASL_SSL,MUTUAL:SSL',
      'sasl.enabled.mechanisms': 'SCRAM-SHA-512,SCRAM-SHA-256,OAUTHBEARER',
      'listener.name.login.oauthbearer.sasl.jaas.config':
        'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': file('server.pem', server.key + server.cert),
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': join(directory, 'ca.pem'),
      'listener.name.mutual.ssl.client.auth': 'required',
    },
    users: [{ name: 'admin', password: 'admin-secret' }],
    topics: ['orders'],
  })
})

after(async () => {
  await broker.close()
  rmSync(directory, { recursive: true })
})

const addressOf = (listener: string): string => {
  const { host, port } = broker.endpoints.find(({ name }) => name === listener) as Endpoint
  return `${host}:${port}`
}

const path = (name: string): string => join(directory, name)

const login = (user = 'admin', mechanism = 'scram-sha-512') =>
  `-b ${addressOf('LOGIN')} --ca ${path('ca.pem')} --sasl-mechanism ${mechanism} --username ${user}`.split(
    ' ',
  )

const environment = { MILLRACE_PASSWORD: 'admin-secret' }

async function succeeds(args: readonly string[], options: CommandOptions = { environment }): Promise<string> {
  const { code, stdout, stderr } = await run(args, options)
  assert.equal(code, 0, `${args.join(' ')}\n${stdout}${stderr}`)
  assert.doesNotMatch(stdout + stderr, /-secret/)
  return stdout
}

async function fails(
  code: number,
  message: RegExp,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Outcome> {
  const outcome = await run(args, options)
  assert.equal(outcome.code, code, outcome.stderr)
  assert.match(outcome.stderr, message)
  assert.doesNotMatch(outcome.stdout + outcome.stderr, /-secret/)
  return outcome
}

test('a login by options, its password out of the environment or a file', async () => {
  assert.match(await succeeds(['topic', 'list', ...login()]), /orders/)
  file('password', 'admin-secret\n')
  assert.match(
    await succeeds(['topic', 'list', ...login(), '--password-file', path('password')], {}),
    /orders/,
  )
})

test('a certificate and a token do, too', async () => {
  const mutual = ['-b', addressOf('MUTUAL'), '--ca', path('ca.pem'), '--cert', path('alice.pem')]
  assert.match(await succeeds(['topic', 'list', ...mutual], {}), /orders/)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  file('token', `${part({ alg: 'none' })}.${part({ sub: 'dora', exp: Date.now() / 1000 + 60 })}.`)
  const byToken = ['-b', addressOf('LOGIN'), '--ca', path('ca.pem'), '--token-file', path('token')]
  assert.match(await succeeds(['topic', 'list', ...byToken], {}), /orders/)
})

test("a properties file of Kafka's tools says all of it, and what only others know is named", async () => {
  const properties = file(
    'client.properties',
    [
      `bootstrap.servers=${addressOf('LOGIN')}`,
      'security.protocol=SASL_SSL',
      'sasl.mechanism=SCRAM-SHA-512',
      'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="admin-secret";',
      'ssl.truststore.type=PEM',
      `ssl.truststore.location=${path('ca.pem')}`,
      'key.serializer=org.apache.kafka.common.serialization.StringSerializer',
    ].join('\n'),
  )
  const { code, stdout, stderr } = await run(['topic', 'list', '--command-config', properties])
  assert.equal(code, 0, stderr)
  assert.match(stdout, /orders/)
  assert.match(stderr, /client\.properties: not used here: key\.serializer/)
})

test('a context keeps where and who, and no password that was not given to it', async () => {
  const contexts = { MILLRACE_CONFIG: path('contexts.json') }
  const saved = await run(['context', 'create', 'secure', ...login(), '--use'], { environment: contexts })
  assert.equal(saved.code, 0, saved.stderr)
  const shown = await succeeds(['context', 'show'], { environment: contexts })
  assert.match(shown, /sasl\.username=admin/)
  assert.match(shown, /security\.protocol=SASL_SSL/)
  const given = { environment: { ...contexts, ...environment } }
  assert.match(await succeeds(['topic', 'list'], given), /orders/)
  await fails(
    2,
    /the password of user "admin" is missing\n.*--password-file.*MILLRACE_PASSWORD/,
    ['topic', 'list'],
    {
      environment: contexts,
    },
  )
})

test('what is refused is said, with the exit code of what is not allowed', async () => {
  const wrong = { environment: { MILLRACE_PASSWORD: 'wrong-secret' } }
  // Once: nothing is tried again.
  await fails(
    3,
    /^millrace: .* refuses user "admin" \(SCRAM-SHA-512\): .*\n$/,
    ['topic', 'list', ...login()],
    wrong,
  )
  await fails(
    3,
    /does not have PLAIN; it has SCRAM-SHA-512/,
    ['topic', 'list', ...login('admin', 'plain')],
    wrong,
  )
  file('other.pem', new TestAuthority('Other').cert)
  const untrusted = ['topic', 'list', ...login(), '--ca', path('other.pem')]
  await fails(3, /the certificate of 127\.0\.0\.1 is refused: no trusted authority/, untrusted, wrong)
  const withoutMechanism = [
    'topic',
    'list',
    '-b',
    addressOf('LOGIN'),
    '--ca',
    path('ca.pem'),
    '--username',
    'admin',
  ]
  await fails(2, /--username is without a mechanism.*\n.*--sasl-mechanism/, withoutMechanism, { environment })
  await fails(2, /There are plain, scram-sha-256/, ['topic', 'list', '--sasl-mechanism', 'gssapi'])
})

test('users are created, listed, changed and deleted', async () => {
  const created = await run(['user', 'create', 'erin', ...login(), '--new-password-file', '-'], {
    environment,
    input: 'erin-secret\n',
  })
  assert.equal(created.code, 0, created.stderr)
  assert.match(created.stdout, /created user "erin" for scram-sha-256 and scram-sha-512/)
  const asErin = { environment: { MILLRACE_PASSWORD: 'erin-secret' } }
  assert.match(await succeeds(['topic', 'list', ...login('erin', 'scram-sha-256')], asErin), /orders/)
  const again = { environment: { ...environment, MILLRACE_NEW_PASSWORD: 'other-secret' } }
  await fails(6, /user "erin" exists\n.*--replace/, ['user', 'create', 'erin', ...login()], again)
  const replace = ['user', 'create', 'erin', ...login(), '--replace', '--iterations', '8192', '--json']
  assert.deepEqual(JSON.parse(await succeeds(replace, again)), [
    { user: 'erin', mechanisms: ['scram-sha-256', 'scram-sha-512'], result: 'changed' },
  ])
  await fails(3, /refuses user "erin"/, ['topic', 'list', ...login('erin')], asErin)
  const listed = JSON.parse(await succeeds(['user', 'list', 'erin', ...login(), '--json'])) as object[]
  assert.deepEqual(listed, [
    { user: 'erin', mechanism: 'scram-sha-256', iterations: 8192 },
    { user: 'erin', mechanism: 'scram-sha-512', iterations: 8192 },
  ])
  await succeeds(['user', 'delete', 'erin', ...login(), '--mechanism', 'scram-sha-256'])
  await succeeds(['user', 'delete', 'erin', ...login()])
  await fails(4, /user "erin".*does not exist/, ['user', 'delete', 'erin', ...login()], { environment })
})

test('a start makes users that are named to it, and tells no password of a mistake', async () => {
  const users = file(
    'users.txt',
    '# those of the start\nSCRAM-SHA-512=[name=admin,password=admin-secret,iterations=8192]\n',
  )
  const config = file(
    'server.properties',
    [
      'listeners=SASL_PLAINTEXT://127.0.0.1:0',
      'sasl.enabled.mechanisms=SCRAM-SHA-512',
      'listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;',
    ].join('\n'),
  )
  await using running = start(['up', '-c', config, '-d', path('data'), '--add-scram', `@${users}`])
  const [, address] = await running.waitFor(/ready on (\S+)/)
  const options = ['-b', address!, '--sasl-mechanism', 'scram-sha-512', '--username', 'admin']
  assert.match(await succeeds(['user', 'list', ...options]), /admin\s+scram-sha-512\s+8192/)
  await fails(2, /a user is written SCRAM-SHA-512=\[name=alice/, [
    'up',
    '--add-scram',
    'SCRAM-SHA-1=[name=x,password=x-secret]',
  ])
  await fails(2, /--port and --host are of a listener without security/, ['up', '-c', config, '-p', '0'])
})
