// The definition language: what it reads, and the mistakes it finds, each with its place.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { DefinitionError } from '../../generator/definition-error.ts'
import { generate } from '../../generator/main.ts'
import { parseDefinition } from '../../generator/parser.ts'

function message(...lines: string[]) {
  return parseDefinition('area/x', ['plain X 0-9 flexible 6+ {', ...lines, '}'].join('\n')).messages[0]!
}

function mistake(pattern: RegExp, ...lines: string[]): void {
  assert.throws(
    () => message(...lines),
    (error: unknown) => {
      assert.ok(error instanceof DefinitionError, String(error))
      assert.match(error.message, /^definitions\/area\/x\.kmsg:\d+: /)
      assert.match(error.message, pattern)
      return true
    },
  )
}

test('the committed code is what the definitions make', () => {
  for (const [name, text] of generate()) {
    assert.equal(readFileSync(new URL(`../../src/generated/${name}`, import.meta.url), 'utf8'), text, name)
  }
})

test('a field has a type, versions, a default, a tag and flags', () => {
  const { fields } = message(
    '  a string  # a comment',
    '  b int32 3+ ignorable',
    '  c []string? 2-7 null 4-7 = null',
    '  d int16 6+ = -5 tag 0',
    '  e string = "a \\"x\\" b" classic',
  )
  const [a, b, c, d, e] = fields
  assert.deepEqual(
    [a!.name, a!.type, a!.versions],
    ['a', { element: 'string', array: false }, { min: 0, max: 9 }],
  )
  assert.deepEqual([b!.versions, b!.ignorable], [{ min: 3, max: 9 }, true])
  assert.deepEqual([c!.type.array, c!.versions, c!.defaultValue], [true, { min: 2, max: 7 }, null])
  assert.deepEqual(c!.nullable, { min: 4, max: 7 })
  assert.deepEqual([d!.defaultValue, d!.tag], [-5, 0])
  assert.deepEqual([e!.defaultValue, e!.classic], ['a "x" b', true])
})

test('a struct exists where a field of its type does', () => {
  const { structs } = message(
    '  list []Item 3-5 {',
    '    name string',
    '    id uuid 4+',
    '  }',
    '  more []Item 8+',
  )
  assert.deepEqual(structs.get('Item')!.versions, { min: 3, max: 9 })
  assert.deepEqual(structs.get('Item')!.fields[1]!.versions, { min: 4, max: 9 })
})

test('names and types are checked', () => {
  mistake(/no type Nothing/, '  a Nothing')
  mistake(/has no type/, '  a')
  mistake(/a is there already/, '  a int8', '  a int8')
  mistake(/nothing uses struct Item/, '  struct Item {', '    a int8', '  }')
  mistake(
    /struct Item is there already/,
    '  a Item {',
    '    b int8',
    '  }',
    '  c Item {',
    '    d int8',
    '  }',
  )
  mistake(/starts with a capital/, '  a item {', '    b int8', '  }')
  mistake(/starts in lower case/, '  A int8')
  mistake(/what is "tagged"/, '  a int8 tagged 0')
  mistake(/ends in the middle/, '  a Item {')
})

test('a struct cannot hold itself', () => {
  mistake(/holds itself/, '  a Item {', '    b []Item', '  }')
})

test('versions and null are checked', () => {
  mistake(/outside/, '  a int8 3-12')
  mistake(/outside/, '  a int8 3+', '  b Item 5+ {', '    c int8 2-4', '  }')
  mistake(/null where it is absent/, '  a string? 3+ null 2+')
  mistake(/int8 has no null/, '  a int8?')
  mistake(/no arrays of bytes/, '  a []bytes')
})

test('defaults are checked', () => {
  mistake(/128 is no int8/, '  a int8 = 128')
  mistake(/null is no string/, '  a string = null')
  mistake(/true is no int8/, '  a int8 = true')
  mistake(/is no default value/, '  a int8 = x')
  mistake(/can only be that of a tagged field/, '  a int64 = 9223372036854775807')
})

test('tags are checked', () => {
  mistake(/tags count up from 0/, '  a int8 6+ tag 1')
  mistake(/tags count up from 0/, '  a int8 6+ tag 0', '  b int8 6+ tag 0')
  mistake(/need a flexible version/, '  a int8 5+ tag 0')
  mistake(/says what its absence means/, '  a string? 6+ tag 0')
})

test('heads are checked', () => {
  assert.throws(() => parseDefinition('x', 'request {\n}'), /below a line "api/)
  assert.throws(
    () => parseDefinition('x', 'api 1 X 0\nresponse {\n}\nrequest {\n}'),
    /one request, then one response/,
  )
  assert.throws(() => parseDefinition('x', 'answer X 0 {\n}'), /is no kind of message/)
  assert.throws(() => parseDefinition('x', 'plain X zero {\n}'), /no version range/)
  assert.throws(() => parseDefinition('x', 'plain X 0\n'), /a message opens with/)
})
