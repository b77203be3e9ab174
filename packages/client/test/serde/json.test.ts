// JSON with schemas of the three validators that people use: what is checked when, what becomes of transforms, and how a schema that waits is told apart.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import {
  type AsyncSerde,
  ConfigError,
  json,
  type OutgoingHeaders,
  type Serde,
  type SerdeContext,
  type StandardSchema,
  ValidationError,
} from '../../src/index.ts'

interface Order {
  id: number
  note: string
}

const context: SerdeContext = { topic: 'orders', part: 'value' }
const headers: OutgoingHeaders = { list: [], add: () => {} }
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value))

const validators: Record<string, StandardSchema<Order, Order>> = {
  zod: z.object({ id: z.number(), note: z.string() }),
  valibot: v.object({ id: v.number(), note: v.string() }),
  arktype: type({ id: 'number', note: 'string' }),
}

for (const [name, schema] of Object.entries(validators)) {
  test(`${name}: what fits passes both ways, what does not is refused with its place`, () => {
    const serde: Serde<Order> = json(schema)
    const order = { id: 1, note: 'ä' }
    assert.equal(serde.serialize(order, context, headers), '{"id":1,"note":"ä"}')
    assert.deepEqual(serde.deserialize(bytesOf(order), context, []), order)
    const wrong = { id: '1', note: 'x' }
    for (const attempt of [
      () => serde.serialize(wrong as never, context, headers),
      () => serde.deserialize(bytesOf(wrong), context, []),
    ])
      assert.throws(attempt, (error: ValidationError) => {
        assert.ok(error instanceof ValidationError)
        assert.equal(error.code, 'VALIDATION_FAILED')
        assert.match(error.message, /^it does not fit the schema: id: /)
        assert.equal(error.issues.length, 1)
        return true
      })
  })

  test(`${name}: one direction can be left out`, () => {
    const wrong = { id: '1', note: 'x' } as never
    const onRead = json(schema, { validate: 'read' })
    assert.equal(onRead.serialize(wrong, context, headers), '{"id":"1","note":"x"}')
    assert.throws(() => onRead.deserialize(bytesOf(wrong), context, []), ValidationError)
    const onWrite = json(schema, { validate: 'write' })
    assert.throws(() => onWrite.serialize(wrong, context, headers), ValidationError)
    assert.deepEqual(onWrite.deserialize(bytesOf(wrong), context, []), wrong)
  })
}

test('the text holds what a schema takes, and programs get what it makes of that', () => {
  const schema = z.object({
    at: z.string().transform(text => new Date(text)),
    note: z.string().default('none'),
  })
  const serde: Serde<{ at: Date; note: string }, { at: string; note?: string | undefined }> = json(schema)
  const text = serde.serialize({ at: '2026-01-02T03:04:05.000Z' }, context, headers)
  assert.equal(text, '{"at":"2026-01-02T03:04:05.000Z"}')
  const read = serde.deserialize(Buffer.from(text), context, [])
  assert.deepEqual(read, { at: new Date('2026-01-02T03:04:05.000Z'), note: 'none' })
  // Without the read nothing is transformed, and the type says so.
  const untouched: { at: string } = json(schema, { validate: 'write' }).deserialize(
    Buffer.from(text),
    context,
    [],
  )
  assert.equal(untouched.at, '2026-01-02T03:04:05.000Z')
})

test('a schema that answers by promises is refused with the way to say so, and works when it is said', async () => {
  const schema = z.object({ id: z.number() }).refine(async ({ id }) => id > 0, 'no such order')
  const prompt = json(schema)
  for (const attempt of [
    () => prompt.serialize({ id: 1 }, context, headers),
    () => prompt.deserialize(bytesOf({ id: 1 }), context, []),
  ])
    assert.throws(attempt, (error: Error) => {
      assert.ok(error instanceof ConfigError)
      assert.match(error.message, /answers by a promise: write json\(schema, \{ async: true \}\)/)
      return true
    })
  const patient: AsyncSerde<{ id: number }> = json(schema, { async: true })
  assert.equal(await patient.serialize({ id: 1 }, context, headers), '{"id":1}')
  assert.deepEqual(await patient.deserialize(bytesOf({ id: 1 }), context, []), { id: 1 })
  await assert.rejects(async () => patient.serialize({ id: 0 }, context, headers), /no such order/)
  await assert.rejects(async () => patient.deserialize(bytesOf({ id: 0 }), context, []), ValidationError)
})

test('a schema that is said to wait and does not costs no promise', () => {
  const serde = json(z.object({ id: z.number() }), { async: true })
  assert.equal(serde.serialize({ id: 1 }, context, headers), '{"id":1}')
  assert.deepEqual(serde.deserialize(bytesOf({ id: 1 }), context, []), { id: 1 })
})

test('what is no schema, and what has no JSON, is named', () => {
  assert.throws(() => json({} as never), /the schema has no "~standard": give a validator/)
  assert.throws(() => json().serialize(() => {}, context, headers), /a function has no JSON/)
})

test('many issues are told in short', () => {
  const schema = z.object({ a: z.number(), b: z.number(), c: z.number(), d: z.object({ e: z.number() }) })
  assert.throws(
    () => json(schema).deserialize(bytesOf({ d: {} }), context, []),
    /^ValidationError: it does not fit the schema: a: [^;]+; b: [^;]+; c: [^;]+; and 1 more$/,
  )
})
