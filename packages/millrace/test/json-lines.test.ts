// JSON lines that are read: what is kept as it came, and what is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromJsonLine } from '../src/format/json-lines.ts'
import { UsageError } from '../src/output/errors.ts'

const valueOf = (line: string) => fromJsonLine(line, 'input line 1').value?.toString()

test('a value that is not a string keeps its JSON text as it came', () => {
  for (const text of [
    '9007199254740993',
    '1.10',
    '-0',
    '1e400',
    'true',
    '{"b":1,"a":2,"10":3,"2":4}',
    '{"a":1,"a":2}',
    '[1.0, {"deep":[ 1.50 ]}, "]}\\"", "\\u00fc"]',
    '{ "spaced" : [ ] }',
  ]) {
    assert.equal(valueOf(`{"value":${text}}`), text)
    assert.equal(valueOf(` { "key" : "k" ,\t"value"  : ${text} , "headers":[] } `), text)
    assert.equal(fromJsonLine(`{"value":null,"key":${text}}`, 'line').key?.toString(), text)
  }
})

test('whatever JSON a value is, its text arrives as it stands in the line', () => {
  fc.assert(
    fc.property(fc.json(), fc.json(), (first, second) => {
      const asText = (json: string) => {
        const parsed: unknown = JSON.parse(json)
        return parsed === null ? undefined : typeof parsed === 'string' ? parsed : json
      }
      const read = fromJsonLine(`{"key":${first},"headers":{"h":${second}},"value":${second}}`, 'line')
      assert.equal(read.key?.toString(), asText(first))
      assert.equal(read.value?.toString(), asText(second))
      assert.equal(read.headers[0]?.value?.toString(), asText(second))
    }),
  )
})

test('headers keep their text, their order and their doubles', () => {
  const shown = (line: string) =>
    fromJsonLine(line, 'line').headers.map(({ key, value }) => [key, value?.toString() ?? null])
  assert.deepEqual(shown('{"value":"v","headers":{"b":1.10,"1":"x","b":{"c":1},"n":null}}'), [
    ['b', '1.10'],
    ['1', 'x'],
    ['b', '{"c":1}'],
    ['n', null],
  ])
  assert.deepEqual(shown('{"value":"v","headers":[{"key":"a","value":9007199254740993}]}'), [
    ['a', '9007199254740993'],
  ])
})

test('a field that there is not is refused by name, with the nearest one', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['{"valeu":"b"}', /^input line 1: unknown field "valeu"; did you mean "value"\?$/],
    ['{"value":"b","partiton":1}', /unknown field "partiton"; did you mean "partition"\?/],
    ['{"value":"b","ts":1}', /unknown field "ts"; did you mean "timestamp"\?/],
    ['{"value":"b","colour":1}', /unknown field "colour"$/],
    [
      '{"value":"b","headers":[{"name":"a","value":"b"}]}',
      /headers\[0\]: unknown field "name"; did you mean "key"\?/,
    ],
    [
      '{"value":"b","headers":[{"key":"a","valeu":"b"}]}',
      /headers\[0\]: unknown field "valeu"; did you mean "value"\?/,
    ],
    ['{"value":"b","headers":[{"key":"a"}]}', /headers\[0\]: no "value"/],
    ['{"value":"b","headers":[1]}', /headers\[0\]: not a JSON object/],
    ['{"value":"b","headers":[{"value":"b"}]}', /headers\[0\]: no "key"/],
    ['{"value":"b","headers":[{"key":1,"value":"b"}]}', /headers\[0\]: "key" is not a string/],
    ['{"key":"k"}', /^input line 1: no "value"; write "value": null for a tombstone$/],
    ['{}', /no "value"/],
    ['{"value":"a","value":"b"}', /"value" is there twice/],
    ['{"value":"a","valueBase64":"YQ=="}', /"value" and "valueBase64" exclude each other/],
    ['{"value":"a","topic":5}', /"topic" is not a string/],
    ['{"value":"a","partition":1.5}', /"partition" is not a whole number from 0 to 2147483647/],
    ['{"value":"a","partition":2147483648}', /"partition" is not a whole number/],
    ['{"value":"a","partition":"1"}', /"partition" is not a whole number/],
    ['{"value":"a","partition":-2}', /"partition" is not a whole number/],
    ['{"value":"a","timestamp":9007199254740993}', /"timestamp" is not a whole number/],
    ['{"value":"a","timestamp":-5}', /"timestamp" is not a whole number/],
    ['{"value":"a","headers":"x"}', /"headers" is neither a list nor an object/],
    ['[1]', /not a JSON object/],
    ['null', /not a JSON object/],
  ]
  for (const [line, message] of cases) {
    assert.throws(
      () => fromJsonLine(line, 'input line 1'),
      (error: Error) => {
        assert.ok(error instanceof UsageError, line)
        assert.match(error.message, message, line)
        return true
      },
    )
  }
})

test('a tombstone is written as null, and -1 stands for no partition and no time', () => {
  const read = fromJsonLine('{"value":null,"key":"k","partition":-1,"timestamp":-1}', 'line')
  assert.deepEqual([read.value, read.partition, read.timestamp], [null, undefined, undefined])
  assert.equal(fromJsonLine('{"value":"a","partition":3}', 'line').partition, 3)
})

test('a line that kcat wrote is read with all it says of the record', () => {
  const line =
    '{"topic":"t","partition":1,"offset":5,"tstype":"create","ts":1700000000000,"broker":1,"headers":["a","b","c",null,"a","x"],"key":"k","payload":"v"}'
  assert.deepEqual(fromJsonLine(line, 'line'), {
    topic: 't',
    partition: 1,
    timestamp: 1_700_000_000_000,
    key: Buffer.from('k'),
    value: Buffer.from('v'),
    headers: [
      { key: 'a', value: Buffer.from('b') },
      { key: 'c', value: null },
      { key: 'a', value: Buffer.from('x') },
    ],
  })
  const tombstone = fromJsonLine('{"topic":"t","ts":-1,"key":null,"payload":null}', 'line')
  assert.deepEqual([tombstone.key, tombstone.value, tombstone.timestamp], [null, null, undefined])
  // Ours, with a word of kcat's in it.
  assert.equal(valueOf('{"value":{"payload":1}}'), '{"payload":1}')
  for (const [wrong, message] of [
    ['{"payload":"v","value":"w"}', /unknown field "payload"; did you mean "value"/],
    ['{"payload":"v","offfset":1}', /^line: unknown field "offfset"; did you mean "offset"/],
    [
      '{"payload":"v","headers":["a"]}',
      /^line: "headers" is no list of names, each with its value behind it/,
    ],
    ['{"payload":"v","headers":[1,"b"]}', /^line: the name of headers\[0\] is not a string/],
  ] as const)
    assert.throws(
      () => fromJsonLine(wrong, 'line'),
      (error: Error) => {
        assert.ok(error instanceof UsageError)
        assert.match(error.message, message)
        return true
      },
    )
})
