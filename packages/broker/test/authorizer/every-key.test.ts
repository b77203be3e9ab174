// Every key of the handler table, in every version: refused without an ACL as by Apache Kafka, served with just those that its traits name.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { Reader, Writer } from '@millrace/protocol'
import { nodeRandom, randomUuid } from '@millrace/runtime'
import type { Authorizer } from '../../src/authorizer/authorizer.ts'
import { standardAuthorizerClass } from '../../src/authorizer/open-authorizer.ts'
import type { BrokerCore } from '../../src/core.ts'
import type { Handler } from '../../src/handlers/handler.ts'
import { handlerTable } from '../../src/handlers/table.ts'
import { advertisedMaxVersion } from '../../src/served-key.ts'
import { Session } from '../../src/server/session.ts'
import { Slot } from '../../src/server/slot.ts'
import { connect, createTopic, startBroker, topicIdOf } from '../broker-fixture.ts'
import { aclOf } from './acl-text.ts'
import { type Reply, type Row, rows, topic, transaction, tokenOfBob } from './every-key-rows.ts'
import { TransactionalClient } from '../transactions/transactional-client.ts'

const alice = 'User:alice'

/** Hears what a handler asks, and leaves the answer to the authorizer of the broker. */
class Overheard implements Authorizer {
  readonly asked = new Set<string>()
  readonly #authorizer: Authorizer

  constructor(authorizer: Authorizer) {
    this.#authorizer = authorizer
  }

  authorize(...args: Parameters<Authorizer['authorize']>): boolean {
    const [, operation, resource, , why] = args
    if (why !== 'description') this.asked.add(`${operation} ${resource}`)
    return this.#authorizer.authorize(...args)
  }

  authorizeAny(...args: Parameters<Authorizer['authorizeAny']>): boolean {
    this.asked.add(`${args[1]} ${args[2]}`)
    return this.#authorizer.authorizeAny(...args)
  }
}

class Asking {
  readonly core: BrokerCore
  readonly overheard: Overheard
  readonly #topicId: string

  constructor(broker: BrokerCore, topicId: string) {
    this.overheard = new Overheard(broker.authorizer!)
    this.core = Object.defineProperty(broker, 'authorizer', { value: this.overheard })
    this.#topicId = topicId
  }

  /** The reply to alice who has `grants` and nothing else, through the bytes of the version. */
  async ask(handler: Handler, version: number, row: Row, grants: readonly string[]): Promise<Reply> {
    const { metadata } = this.core
    const acls = grants.map(aclOfGrant)
    const ids = acls.map(() => randomUuid(nodeRandom))
    await metadata.change(() => ({
      records: acls.map((acl, index) => ({ type: 'acl', id: ids[index]!, ...acl })),
      result: undefined,
    }))
    try {
      return await this.#answer(handler, version, row.body(version, this.#topicId))
    } finally {
      await metadata.change(() => ({
        records: ids.map(id => ({ type: 'removeAcl', id })),
        result: undefined,
      }))
    }
  }

  async #answer(handler: Handler, version: number, body: unknown): Promise<Reply> {
    const { api } = handler
    const writer = new Writer()
    api.encodeRequest(writer, body as never, version)
    const reader = new Reader(writer.finishBuffer())
    const session = new Session()
    session.authenticate(alice)
    const connection = {
      id: 1,
      remoteAddress: '127.0.0.1',
      remotePort: 50_000,
      // Tokens are not had on a listener without logins.
      endpoint: { ...this.core.endpoints[0]!, securityProtocol: 'SASL_PLAINTEXT' as const },
      session,
      signal: new AbortController().signal,
      drain() {},
    }
    const head = { apiKey: api.key, apiVersion: version, correlationId: 1, clientId: 'test', bytes: 0 }
    const frame = { bytes: Buffer.alloc(0), receivedAtMs: 0, memory: undefined }
    const request = { ...head, reader, unknownVersion: false }
    const slot = new Slot(connection, this.core, request, handler, frame)
    const reply = await handler.handle(api.decodeRequest(reader, version) as never, slot)
    slot.abandon()
    api.encodeResponse(writer, reply, version)
    return api.decodeResponse(new Reader(writer.finishBuffer()), version) as Reply
  }
}

function aclOfGrant(grant: string) {
  const [operation, resource, name] = grant.split(' ') as [string, string, string]
  const pattern = name.endsWith('*') ? 'PREFIXED' : 'LITERAL'
  return aclOf(`ALLOW ${operation} ${resource} ${pattern} ${name.replace('*', '')} ${alice} *`)
}

/** Every error code in a reply. */
function errorCodes(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(errorCodes)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'errorCode' ? [member as number] : errorCodes(member),
  )
}

const authorizationErrors = [29, 30, 31, 53, 65]

function isRefused({ refused }: Row, reply: Reply): boolean {
  if (typeof refused === 'function') return refused(reply)
  return errorCodes(reply).some(code => authorizationErrors.includes(code))
}

function versionsOf({ api }: Handler, { fromVersion, toVersion }: Row): number[] {
  const from = fromVersion ?? api.minVersion
  const to = toVersion ?? advertisedMaxVersion(api)
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

async function checkRow(asking: Asking, handler: Handler, row: Row): Promise<void> {
  for (const version of versionsOf(handler, row)) {
    const where = `${handler.api.name} v${version} for ${row.grants.join(', ')}`
    const nothing = await asking.ask(handler, version, row, [])
    assert.ok(isRefused(row, nothing), `${where}: served without an ACL: ${JSON.stringify(nothing)}`)
    if (typeof row.refused === 'number') {
      const codes = new Set(errorCodes(nothing).filter(code => code !== 0))
      assert.deepEqual([...codes], [row.refused], `${where}: refused otherwise than by Kafka`)
    }
    for (const grant of row.grants) {
      if (row.grants.length === 1) break
      const less = row.grants.filter(other => other !== grant)
      const reply = await asking.ask(handler, version, row, less)
      assert.ok(isRefused(row, reply), `${where}: served without ${grant}: ${JSON.stringify(reply)}`)
    }
    const served = await asking.ask(handler, version, row, row.grants)
    assert.ok(!isRefused(row, served), `${where}: refused with its ACLs: ${JSON.stringify(served)}`)
  }
}

async function start(context: TestContext): Promise<Asking> {
  const broker = await startBroker(context, {
    config: {
      'authorizer.class.name': standardAuthorizerClass,
      'super.users': 'User:ANONYMOUS',
      'delegation.token.secret.key': 'secret',
      'offsets.topic.num.partitions': 1,
    },
  })
  const setup = await connect(context, broker)
  await createTopic(setup, topic)
  for (let version = 1; version <= 6; version++) await createTopic(setup, `doomed-${version}`)
  const producer = await TransactionalClient.begin(context, broker, transaction)
  assert.equal(await producer.add(topic), 'NONE')
  const asking = new Asking(broker, await topicIdOf(setup, topic))
  await broker.metadata.change(() => ({
    records: [{ type: 'delegationToken', ...tokenOfBob }],
    result: undefined,
  }))
  const { default: commit } = await handlerTable.get(8)!()
  const committed = await asking.ask(commit, 8, rows[8]![0]!, rows[8]![0]!.grants)
  assert.deepEqual(errorCodes(committed), [0])
  return asking
}

test('every key, in every version, is refused without an ACL as by Kafka, and served with just those that its traits name', async context => {
  const asking = await start(context)
  for (const [key, load] of handlerTable) {
    const { default: handler } = await load()
    const { authorization } = handler.traits
    if (authorization === 'NONE') {
      assert.equal(rows[key], undefined, `key ${key} says that it needs nothing`)
      continue
    }
    const ofKey = rows[key]
    assert.ok(ofKey && ofKey.length > 0, `key ${key} has no row that shows what it needs: add one`)
    asking.overheard.asked.clear()
    for (const row of ofKey) await checkRow(asking, handler, row)
    const named = authorization.map(({ operation, resource }) => `${operation} ${resource}`)
    const asked = [...asking.overheard.asked]
    assert.deepEqual(
      asked.filter(each => !named.includes(each as never)),
      [],
      `key ${key} asks for what its traits do not name`,
    )
    const neverAsked = named.filter(each => !asked.includes(each))
    assert.deepEqual(neverAsked, [], `key ${key}: its traits name what it never asks for`)
  }
})
