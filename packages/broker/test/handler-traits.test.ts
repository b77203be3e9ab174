// What every handler says of itself, over the whole table, and that the transport goes by nothing else.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { handlerTable } from '../src/handlers/table.ts'

/** `AclEntry.supportedOperations` of Kafka; and DELETE on the cluster, which is none of them and asked for all the same (DeleteTopics). */
const operationsOf: Readonly<Record<string, readonly string[]>> = {
  TOPIC: ['READ', 'WRITE', 'CREATE', 'DESCRIBE', 'DELETE', 'ALTER', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
  GROUP: ['READ', 'DESCRIBE', 'DELETE', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
  CLUSTER: [
    'CREATE',
    'CLUSTER_ACTION',
    'DESCRIBE_CONFIGS',
    'ALTER_CONFIGS',
    'IDEMPOTENT_WRITE',
    'ALTER',
    'DESCRIBE',
    'DELETE',
  ],
  TRANSACTIONAL_ID: ['DESCRIBE', 'WRITE', 'TWO_PHASE_COMMIT'],
  DELEGATION_TOKEN: ['DESCRIBE'],
  USER: ['CREATE_TOKENS', 'DESCRIBE_TOKENS'],
}

const handlers = await Promise.all(
  [...handlerTable].map(async ([key, load]) => ({ key, handler: (await load()).default })),
)

test('every key says what a client must be allowed, by operations that Kafka knows for the resource', () => {
  const open = handlers.filter(({ handler }) => handler.traits.authorization === 'NONE')
  assert.deepEqual(
    open.map(({ key }) => key),
    [17, 18, 36, 39, 40, 71, 72],
    'keys that are answered whoever asks; tokens are prolonged and ended by those whom they name, which no ACL changes; metrics of clients are taken of all',
  )
  for (const { key, handler } of handlers) {
    const { authorization } = handler.traits
    if (authorization === 'NONE') continue
    assert.ok(authorization.length > 0, `key ${key} says nothing of authorization`)
    for (const { operation, resource } of authorization) {
      assert.ok(operationsOf[resource]?.includes(operation), `key ${key}: ${operation} on ${resource}`)
    }
  }
})

test('every key says which quota it counts against, and stands in the table under its own number', () => {
  const kinds: Record<string, number[]> = {}
  for (const { key, handler } of handlers) {
    assert.equal(handler.api.key, key)
    ;(kinds[handler.traits.quota] ??= []).push(key)
  }
  const { REQUEST, ...others } = kinds
  assert.ok(REQUEST!.length > 0)
  assert.deepEqual(others, { PRODUCE: [0], FETCH: [1], CONTROLLER_MUTATION: [19, 20, 37] })
})

test('what comes before authentication is answered whoever asks', () => {
  for (const { key, handler } of handlers) {
    const { beforeAuthentication, authorization } = handler.traits
    if (beforeAuthentication) assert.equal(authorization, 'NONE', `key ${key}`)
  }
})

test('the transport names no API key', () => {
  const source = fileURLToPath(new URL('../src', import.meta.url))
  for (const file of [...globSync(`${source}/server/*.ts`), `${source}/dispatch.ts`]) {
    const text = readFileSync(file, 'utf8')
    assert.doesNotMatch(text, /\b[A-Z]\w+Api\b|handlers\/\d\d-|apiKey\s*[!=]==/, file)
  }
})
