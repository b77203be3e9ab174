// Our bytes are those that Apache Kafka's message classes write, and theirs read as the same values (golden.txt).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Field, isPrimitive, type Message, type Struct, structOf } from '../../generator/model.ts'
import { includes } from '../../generator/ranges.ts'
import { decode, defaultOf, encode, messageNamed, type Value } from './arbitrary.ts'

interface Golden {
  readonly name: string
  readonly json: Value
  readonly version: number
  readonly bytes: Buffer
}

/** Blocks of "kind name", a line of JSON, and for each version "version N" with indented lines of bytes. */
function* goldens(): Generator<Golden> {
  const text = readFileSync(new URL('golden.txt', import.meta.url), 'utf8').replace(/^#.*\n/gm, '')
  for (const block of text.trim().split('\n\n')) {
    const [head, json, ...rest] = block.split('\n')
    const name = head!.split(' ')[1]!
    for (const part of rest.join('\n').split('version ').slice(1)) {
      const [version, ...hex] = part.split('\n')
      const bytes = Buffer.from(hex.join('').replaceAll(' ', ''), 'hex')
      yield { name, json: JSON.parse(json!) as Value, version: Number(version), bytes }
    }
  }
}

/** The value that a decoder should yield: what the JSON says and the version has, defaults elsewhere. */
function valueOf(message: Message, struct: Struct, json: Value, version: number): Value {
  return Object.fromEntries(
    struct.fields.map(field => {
      const given = includes(field.versions, version) && field.name in json
      return [
        field.name,
        given ? fieldOf(message, field, json[field.name], version) : defaultOf(message, field),
      ]
    }),
  )
}

function fieldOf(message: Message, field: Field, json: unknown, version: number): unknown {
  if (json === null) return null
  const { element, array } = field.type
  if (element === 'bytes') return Buffer.from(json as string, 'base64')
  if (element === 'records') return [Buffer.from(json as string, 'base64')]
  if (isPrimitive(element)) return json
  const struct = structOf(message, field)
  if (array) return (json as Value[]).map(each => valueOf(message, struct, each, version))
  return valueOf(message, struct, json as Value, version)
}

let count = 0
for (const { name, json, version, bytes } of goldens()) {
  count++
  test(`${name} of version ${version} is the bytes that Kafka writes (${count})`, () => {
    const message = messageNamed(name)
    const value = valueOf(message, message, json, version)
    assert.equal(encode(message, value, version).toString('hex'), bytes.toString('hex'))
    assert.deepStrictEqual(decode(message, bytes, version), value)
  })
}

test('there are golden bytes of the messages that matter most', () => {
  assert.ok(count > 150, `${count} are there`)
})
