// Apache Kafka's tools for ACLs and delegation tokens, and what they change for clients that log in.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { password, propertiesWithAcls } from '../acls/parties.ts'
import { freePorts } from '../harness/engine.ts'
import type { Scenario, Stage } from '../harness/stage.ts'

const topic = 'guarded'
const plainModule = 'org.apache.kafka.common.security.plain.PlainLoginModule'
const scramModule = 'org.apache.kafka.common.security.scram.ScramLoginModule'

/** Where the super user and alice connect, and the file with which she logs in. */
interface Ways {
  readonly admin: string
  readonly login: string
  readonly alice: string
}

const asAdmin = async (stage: Stage, { admin }: Ways, tool: string, args: string): Promise<string> =>
  (await stage.java(tool, `--bootstrap-server ${admin} ${args}`)).stdout

function loginFile(stage: Stage, name: string, mechanism: string, jaas: string): string {
  const path = join(stage.dir, `${name}.properties`)
  const lines = [
    'security.protocol=SASL_PLAINTEXT',
    `sasl.mechanism=${mechanism}`,
    `sasl.jaas.config=${jaas}`,
  ]
  // Who is refused is to give up soon.
  writeFileSync(path, [...lines, 'request.timeout.ms=20000', 'default.api.timeout.ms=20000', ''].join('\n'))
  return path
}

/** Lines about entries, as kafka-acls prints them, in an order of ours. */
const entriesOf = (text: string): string[] =>
  [...text.matchAll(/\(principal=.*?permissionType=\w+\)/g)].map(([entry]) => entry).sort()

async function shorthands(stage: Stage, ways: Ways): Promise<void> {
  const acls = (args: string) => asAdmin(stage, ways, 'AclCommand', args)
  await acls(`--add --allow-principal User:alice --producer --topic ${topic} --transactional-id tx`)
  await acls(`--add --allow-principal User:alice --consumer --topic ${topic} --group readers`)
  await acls(
    '--add --deny-principal User:bob --deny-host 10.0.0.7 --operation All --topic pre --resource-pattern-type prefixed',
  )
  const entry = (operation: string, principal = 'User:alice', host = '*', permission = 'ALLOW') =>
    `(principal=${principal}, host=${host}, operation=${operation}, permissionType=${permission})`
  assert.deepEqual(
    entriesOf(await acls(`--list --topic ${topic}`)),
    ['CREATE', 'DESCRIBE', 'READ', 'WRITE'].map(operation => entry(operation)),
  )
  assert.deepEqual(entriesOf(await acls('--list --group readers')), [entry('READ')])
  assert.deepEqual(
    entriesOf(await acls('--list --transactional-id tx')),
    ['DESCRIBE', 'WRITE'].map(operation => entry(operation)),
  )
  assert.deepEqual(entriesOf(await acls('--list --topic prefix-of-it --resource-pattern-type match')), [
    entry('ALL', 'User:bob', '10.0.0.7', 'DENY'),
  ])
}

async function clients(stage: Stage, ways: Ways): Promise<void> {
  const where = `--bootstrap-server ${ways.login} --topic ${topic}`
  await stage.java('ConsoleProducer', `${where} --command-config ${ways.alice}`, { input: 'one\ntwo\n' })
  const read = `${where} --command-config ${ways.alice} --from-beginning --max-messages 2 --timeout-ms 20000`
  assert.equal(
    (await stage.java('consumer.ConsoleConsumer', `${read} --group readers`)).stdout.trim(),
    'one\ntwo',
  )
  const other = await stage.java('consumer.ConsoleConsumer', `${read} --group others`, { codes: [0, 1] })
  assert.match(other.stdout + other.stderr, /GroupAuthorizationException|Not authorized to access group/)
  const topics = await stage.java(
    'TopicCommand',
    `--bootstrap-server ${ways.login} --command-config ${ways.alice} --list`,
  )
  assert.deepEqual(topics.stdout.split('\n').filter(Boolean), [topic])
}

/** Quotas are changed and shown by whom the cluster's ACLs allow it, and by nobody whom one denies it. */
async function configs(stage: Stage, ways: Ways): Promise<void> {
  const where = `--bootstrap-server ${ways.login} --command-config ${ways.alice}`
  const config = async (args: string) =>
    (await stage.java('kafka.admin.ConfigCommand', `${where} ${args}`)).stdout
  const acls = (args: string) => asAdmin(stage, ways, 'AclCommand', args)
  const pair = '--entity-type users --entity-name bob --entity-type clients --entity-name app'
  const address = '--entity-type ips --entity-name 192.0.2.1'
  const setPair = `--alter ${pair} --add-config producer_byte_rate=1024`
  const setAddress = `--alter ${address} --add-config connection_creation_rate=7`
  for (const args of [setPair, setAddress, `--describe ${pair}`])
    await assert.rejects(config(args), /ClusterAuthorizationException|Cluster authorization failed/)
  await acls('--add --allow-principal User:alice --cluster --operation AlterConfigs')
  await config(setPair)
  await config(setAddress)
  // Who may alter them may also look at them.
  assert.match(await config(`--describe ${pair}`), /client-id 'app' are .*producer_byte_rate=1024/)
  assert.match(await config(`--describe ${address}`), /connection_creation_rate=7/)
  const denial = '--deny-principal User:alice --deny-host 127.0.0.1 --cluster --operation AlterConfigs'
  await acls(`--add ${denial}`)
  await assert.rejects(
    config(`--alter ${pair} --delete-config producer_byte_rate`),
    /ClusterAuthorizationException|Cluster authorization failed/,
  )
  await acls(`--remove --force ${denial}`)
  await config(`--alter ${pair} --delete-config producer_byte_rate`)
  assert.doesNotMatch(await config(`--describe ${pair}`), /producer_byte_rate/)
}

async function removal(stage: Stage, ways: Ways): Promise<void> {
  await asAdmin(
    stage,
    ways,
    'AclCommand',
    `--remove --force --allow-principal User:alice --consumer --topic ${topic} --group readers`,
  )
  const listed = await asAdmin(stage, ways, 'AclCommand', `--list --topic ${topic}`)
  assert.deepEqual(
    entriesOf(listed).map(entry => /operation=(\w+)/.exec(entry)![1]),
    ['CREATE', 'WRITE'],
  )
}

async function tokens(stage: Stage, ways: Ways): Promise<void> {
  const command = async (args: string) =>
    (
      await stage.java(
        'DelegationTokenCommand',
        `--bootstrap-server ${ways.login} --command-config ${ways.alice} ${args}`,
      )
    ).stdout
  const created = await command('--create --max-life-time-period -1 --renewer-principal User:carol')
  const [, tokenId, hmac] = /^(\S+)\s+(\S+==)\s+User:alice\s+User:alice\s+\[User:carol\]/m.exec(created) ?? []
  assert.ok(tokenId && hmac, created)
  assert.match(await command('--describe --owner-principal User:alice'), new RegExp(`^${tokenId}\\s`, 'm'))
  const jaas = `${scramModule} required username="${tokenId}" password="${hmac}" tokenauth="true";`
  const byToken = loginFile(stage, 'token', 'SCRAM-SHA-256', jaas)
  const list = (codes: number[] = [0]) =>
    stage.java('TopicCommand', `--bootstrap-server ${ways.login} --command-config ${byToken} --list`, {
      codes,
    })
  assert.deepEqual((await list()).stdout.split('\n').filter(Boolean), [topic])
  const more = `--bootstrap-server ${ways.login} --command-config ${byToken} --create --max-life-time-period -1`
  const refused = await stage.java('DelegationTokenCommand', more, { codes: [0, 1] })
  assert.match(refused.stdout + refused.stderr, /DelegationTokenDisabled|NotAllowed|not allowed/i)
  assert.match(await command(`--renew --renew-time-period -1 --hmac ${hmac}`), /Completed renew operation/)
  assert.match(await command(`--expire --expiry-time-period -1 --hmac ${hmac}`), /Completed expire operation/)
  const late = await list([0, 1])
  assert.match(late.stdout + late.stderr, /SaslAuthenticationException|Authentication failed/)
}

export const kafkaAcls: Scenario = {
  name: 'kafka-acls',
  title:
    "Kafka's AclCommand, DelegationTokenCommand and ConfigCommand, and console clients of a user that they are about",
  needs: [],
  ownEngine: true,
  async run(stage) {
    const [plain, sasl, controller] = (await freePorts(3)) as [number, number, number]
    const properties = propertiesWithAcls(stage.engineName, plain, sasl, controller)
    const engine = await stage.newEngine({ properties })
    await engine.start()
    const jaas = `${plainModule} required username="alice" password="${password}";`
    const ways = {
      admin: `127.0.0.1:${plain}`,
      login: `127.0.0.1:${sasl}`,
      alice: loginFile(stage, 'alice', 'PLAIN', jaas),
    }
    try {
      await asAdmin(
        stage,
        ways,
        'TopicCommand',
        `--create --topic ${topic} --partitions 1 --replication-factor 1`,
      )
      await asAdmin(
        stage,
        ways,
        'TopicCommand',
        '--create --topic hidden --partitions 1 --replication-factor 1',
      )
      await stage.check('AclCommand: producer, consumer, prefixed denials, listed as they are', () =>
        shorthands(stage, ways),
      )
      await stage.check('console clients do what ACLs allow, and see no other topic', () =>
        clients(stage, ways),
      )
      await stage.check('DelegationTokenCommand: a token logs in, is renewed, ended, and gets no other', () =>
        tokens(stage, ways),
      )
      await stage.check('ConfigCommand: quotas of users, clients and addresses under ACLs', () =>
        configs(stage, ways),
      )
      await stage.check('AclCommand: what is removed is gone, and nothing else', () => removal(stage, ways))
    } finally {
      await engine.stop()
    }
  },
}
