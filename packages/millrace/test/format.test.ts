// Formats of output and input, record by record.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type InputOptions, readRecords } from '../src/format/input.ts'
import type { InputRecord } from '../src/format/input-record.ts'
import { fromJsonLine, toJsonLine } from '../src/format/json-lines.ts'
import { parseDuration, parseOffsetPoint, parseOffsetRange, parseTime } from '../src/format/offset-range.ts'
import { parsePattern } from '../src/format/pattern.ts'
import { compilePattern, type LogPlace, type Printable } from '../src/format/render.ts'
import { unpack } from '../src/format/unpack.ts'
import { UsageError } from '../src/output/errors.ts'

const record: Printable = {
  topic: 'orders',
  partition: 3,
  offset: 42,
  timestamp: 1_700_000_000_123,
  key: Buffer.from('k1'),
  value: Buffer.from('a"b'),
  headers: [
    { key: 'h', value: Buffer.from('x') },
    { key: 'n', value: null },
  ],
  timestampType: 'CreateTime',
  leaderEpoch: 4,
  compression: 'zstd',
  producerId: 7,
  producerEpoch: 1,
  isTransactional: true,
}
const place: LogPlace = { logStartOffset: 5, lastStableOffset: 50, highWatermark: 51, iteration: 9 }

const rendered: readonly [string, string][] = [
  ['%t[%p]@%o\\n', 'orders[3]@42\n'],
  ['%k=%v|%s', 'k1=a"b|a"b'],
  ['%K %V %S %H', '2 3 3 2'],
  ['%T %d{iso}', '1700000000123 2023-11-14T22:13:20.123Z'],
  ['%d{strftime[%F %T.%L %%]}', '2023-11-14 22:13:20.123 %'],
  ['%h', 'h=x,n=NULL'],
  ['%h{<%k:%v{hex}>}', '<h:78><n:>'],
  ['%k{hex} %k{base64} %v{json}', '6b31 azE= "a\\"b"'],
  ['%o{hex}', '2a'],
  ['%] %i', '51 9'],
  ['%e %x.%y %[ %|', '4 7.1 5 50'],
  ['%a{compression} %a{timestamp-type} %a{transactional}', 'zstd CreateTime true'],
  ['100%% %{%}\\t\\\\\\x41', '100% {}\t\\A'],
  ['grün %k', 'grün k1'],
]

for (const [format, expected] of rendered) {
  test(`format ${format}`, () => {
    assert.equal(compilePattern(parsePattern(format))(record, place).toString(), expected)
  })
}

test('numbers can be written in binary', () => {
  assert.deepEqual(
    [...compilePattern(parsePattern('%o{big32}%p{little16}%R'))(record, place)],
    [0, 0, 0, 42, 3, 0, 0, 0, 0, 3],
  )
})

test('a wrong format names the place', () => {
  for (const [format, expected] of [
    ['%z', /unknown verb "%z" at position 0/],
    ['a\\q', /unknown escape "\\q" at position 1/],
    ['%k{hex', /without its/],
    ['%', /unknown verb "%"/],
  ] as const) {
    assert.throws(
      () => parsePattern(format),
      (error: Error) => error instanceof UsageError && expected.test(error.message),
    )
  }
  assert.throws(() => compilePattern(parsePattern('%k{octal}')), /octal/)
  assert.throws(() => compilePattern(parsePattern('%a')), /needs the name of an attribute/)
  assert.throws(() => compilePattern(parsePattern('%a{size}')), /no attribute %a\{size\}/)
})

test('unpack shows integers of either order and says what does not fit', () => {
  const bytes = Buffer.from('000000010200ff68690a', 'hex')
  assert.equal(unpack(bytes, '>I<hbs'), '1 2 -1 hi\n')
  assert.equal(unpack(bytes, '>IIq'), '1 33619816 (8 bytes wanted, 2 left)')
  assert.equal(unpack(bytes, '>I$'), '1 (6 bytes left)')
})

const bytesArbitrary = fc.option(fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes)))

test('every record survives the way through a JSON line', () => {
  fc.assert(
    fc.property(
      bytesArbitrary,
      bytesArbitrary,
      fc.array(fc.record({ key: fc.string(), value: bytesArbitrary }, { noNullPrototype: true })),
      (key, value, headers) => {
        const back = fromJsonLine(toJsonLine({ ...record, key, value, headers }), 'line 1')
        assert.deepEqual({ key: back.key, value: back.value, headers: back.headers }, { key, value, headers })
        assert.equal(back.partition, 3)
        assert.equal(back.timestamp, record.timestamp)
      },
    ),
  )
})

async function read(text: string, options: InputOptions, chunkBytes = 3): Promise<InputRecord[]> {
  async function* chunks() {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
  }
  const records: InputRecord[] = []
  for await (const record of readRecords(chunks(), options)) records.push(record)
  return records
}

const plain = (records: InputRecord[]) =>
  records.map(({ key, value }) => [key?.toString() ?? null, value?.toString() ?? null])

test('base64 that is none is refused, instead of sending other bytes', () => {
  for (const valueBase64 of ['%%%', 'AAA!', 'A', 'AAAAA', 'AA A'])
    assert.throws(
      () => fromJsonLine(JSON.stringify({ valueBase64 }), 'line 1'),
      /line 1: "valueBase64" is not base64/,
    )
  for (const [valueBase64, hex] of [
    ['', ''],
    ['_w', 'ff'],
    ['/w==', 'ff'],
    ['+A', 'f8'],
    ['AAEC', '000102'],
  ])
    assert.equal(fromJsonLine(JSON.stringify({ valueBase64 }), 'line 1').value?.toString('hex'), hex)
})

test('lines become values, in chunks of any size, with or without a last line end', async () => {
  for (const size of [1, 2, 3, 100]) {
    assert.deepEqual(plain(await read('one\r\ntwo\n\nfour', {}, size)), [
      [null, 'one'],
      [null, 'two'],
      [null, ''],
      [null, 'four'],
    ])
  }
})

test('keys, tombstones and formats', async () => {
  assert.deepEqual(plain(await read('a:1\nb:NULL\n', { keyDelimiter: ':', nullMarker: 'NULL' })), [
    ['a', '1'],
    ['b', null],
  ])
  const formatted = await read('7 k1 hello world\n8 k2 x\n', { format: '%p %k %v\\n' })
  assert.deepEqual(plain(formatted), [
    ['k1', 'hello world'],
    ['k2', 'x'],
  ])
  assert.deepEqual(
    formatted.map(entry => entry.partition),
    [7, 8],
  )
  assert.deepEqual(plain(await read('6869,0001', { format: '%k{hex},' })), [
    ['hi', null],
    [Buffer.from([0, 1]).toString(), null],
  ])
})

test('empty lines between JSON lines are passed over', async () => {
  assert.deepEqual(plain(await read('{"value":"a"}\n\n{"value":"b"}\n \n', { json: true })), [
    [null, 'a'],
    [null, 'b'],
  ])
})

test('bad input names the record', async () => {
  await assert.rejects(
    read('a:1\nb\n', { keyDelimiter: ':' }),
    /record 2 of the input has no key delimiter ":"/,
  )
  await assert.rejects(read('{"value":1}\n{nope\n', { json: true }), /input line 2: not JSON/)
  await assert.rejects(read('x y\n', { format: '%p %v\\n' }), /record 1 of the input: "x" is no partition/)
  await assert.rejects(read('x', { format: '%k%v\\n' }), /two fields stand side by side/)
  await assert.rejects(read('x', { format: '%o\\n' }), /output only/)
})

test('offset ranges', () => {
  const now = Date.UTC(2026, 0, 2)
  const day = 86_400_000
  assert.deepEqual(parseOffsetRange('start', now), { from: { kind: 'start' }, to: undefined })
  assert.deepEqual(parseOffsetRange('-5', now), { from: { kind: 'beforeEnd', count: 5 }, to: undefined })
  assert.deepEqual(parseOffsetRange('+5:end', now), {
    from: { kind: 'afterStart', count: 5 },
    to: { kind: 'end' },
  })
  assert.deepEqual(parseOffsetRange(':end', now), { from: { kind: 'start' }, to: { kind: 'end' } })
  assert.deepEqual(parseOffsetRange('10:20', now), {
    from: { kind: 'offset', offset: 10 },
    to: { kind: 'offset', offset: 20 },
  })
  assert.deepEqual(parseOffsetRange('@-1d:end', now), {
    from: { kind: 'timestamp', timestamp: now - day },
    to: { kind: 'end' },
  })
  assert.deepEqual(parseOffsetRange('@2026-01-01T10:00:00Z:2026-01-01T10:30:00Z', now), {
    from: { kind: 'timestamp', timestamp: Date.UTC(2026, 0, 1, 10) },
    to: { kind: 'timestamp', timestamp: Date.UTC(2026, 0, 1, 10, 30) },
  })
  assert.throws(() => parseOffsetRange('soon', now), UsageError)
  for (const reversed of ['20:10', '+5:+2', '-2:-5', '@-1h:@-2h', 'end:start'])
    assert.throws(() => parseOffsetRange(reversed, now), /ends before it starts/)
  // Empty, but a program that counts on may come to it.
  assert.deepEqual(parseOffsetRange('10:10', now).to, { kind: 'offset', offset: 10 })
})

test('times and durations', () => {
  assert.equal(parseDuration('1h30m'), 5_400_000)
  assert.equal(parseDuration('250ms'), 250)
  assert.equal(parseDuration('5'), undefined)
  assert.equal(parseTime('2026-01-31', 0), Date.UTC(2026, 0, 31))
  assert.equal(parseTime('2026-01-31 10:00', 0), Date.UTC(2026, 0, 31, 10))
  assert.equal(parseTime('1700000000000', 0), 1_700_000_000_000)
  assert.throws(() => parseTime('yesterday', 0), /no time/)
})

test('a time is read with its fraction and its zone, and a day that there is not is refused', () => {
  const at = Date.UTC(2026, 0, 31, 4, 30, 0, 250)
  for (const text of [
    '2026-01-31T10:00:00.250+05:30',
    '2026-01-31T10:00:00.25+0530',
    '2026-01-31 04:30:00.250Z',
    '2026-01-31T04:30:00,250999',
    '2026-01-30T23:30:00.250-05:00',
  ]) {
    assert.equal(parseTime(text, 0), at, text)
    const point = { kind: 'timestamp', timestamp: at } as const
    assert.deepEqual(parseOffsetRange(`@${text}`, 0), { from: point, to: undefined }, text)
    assert.deepEqual(parseOffsetRange(`@${text}:end`, 0), { from: point, to: { kind: 'end' } }, text)
    assert.deepEqual(parseOffsetRange(`@${text}:${text}`, 0), { from: point, to: point }, text)
    assert.deepEqual(parseOffsetRange(`:@${text}`, 0), { from: { kind: 'start' }, to: point }, text)
  }
  assert.equal(parseTime('2024-02-29', 0), Date.UTC(2024, 1, 29))
  for (const text of [
    '2026-02-30',
    '2026-02-29T10:00',
    '2026-13-01',
    '2026-00-01',
    '2026-01-00',
    '2026-01-01T24:00',
    '2026-01-01T10:60',
    '2026-01-01T10:00:60',
    '2026-01-01T10:00+15:00',
    '2026-01-01T10',
    '2026-1-1',
    '99999999999999999',
  ]) {
    assert.throws(() => parseTime(text, 0), /is no time/, text)
    assert.throws(() => parseOffsetRange(`@${text}`, 0), /is no (time|offset)/, text)
    assert.throws(() => parseOffsetRange(`@${text}:end`, 0), /is no (time|offset)/, text)
  }
})

test('the ends of a log go by the names that other tools give them', () => {
  for (const word of ['start', 'beginning', 'oldest', 'earliest'])
    assert.deepEqual(parseOffsetRange(word, 0).from, { kind: 'start' }, word)
  for (const word of ['end', 'newest', 'latest'])
    assert.deepEqual(parseOffsetRange(`earliest:${word}`, 0).to, { kind: 'end' }, word)
})

test('where one point is wanted, a range is refused', () => {
  assert.deepEqual(parseOffsetPoint('-5', 0), { kind: 'beforeEnd', count: 5 })
  assert.deepEqual(parseOffsetPoint('@2026-01-01T10:00:30', 0), {
    kind: 'timestamp',
    timestamp: Date.UTC(2026, 0, 1, 10, 0, 30),
  })
  for (const range of ['1:2', ':end', '3:', 'start:end', '@-2h:@-1h', ':'])
    assert.throws(() => parseOffsetPoint(range, 0), /is a range; one point is wanted/, range)
  assert.throws(
    () => parseOffsetPoint('soon', 0),
    (error: UsageError) =>
      error.message === '"soon" is no offset' &&
      /-N \(N before the end\)/.test(error.advice ?? '') &&
      !/FROM:TO/.test(error.advice ?? ''),
    'the advice is for one point',
  )
})

test('a time without its "@" is told what it lacks', () => {
  for (const time of ['2026-01-31', '2026-01-31T10:00Z'])
    for (const parse of [parseOffsetPoint, parseOffsetRange])
      assert.throws(
        () => parse(time, 0),
        new RegExp(`"${time}" is no offset; did you mean the time "@${time}"\\?`),
      )
})

test('escapes in delimiters stand for the bytes that they name', async () => {
  assert.deepEqual(plain(await read('a\tb\0c\td\0', { delimiter: '\\0', keyDelimiter: '\\t' })), [
    ['a', 'b'],
    ['c', 'd'],
  ])
  assert.deepEqual(plain(await read('a\r\nb|\r\n', { delimiter: '\\r\\n' })), [
    [null, 'a'],
    [null, 'b|'],
  ])
  assert.deepEqual(plain(await read('a;;b', { delimiter: '\\x3b;' })), [
    [null, 'a'],
    [null, 'b'],
  ])
  assert.deepEqual(plain(await read('a\\b', { delimiter: '\\\\' })), [
    [null, 'a'],
    [null, 'b'],
  ])
  for (const [options, message] of [
    [{ delimiter: '\\q' }, /--delimiter "\\\\q": unknown escape "\\q" at position 0/],
    [{ keyDelimiter: '\\x4' }, /--key-delimiter .*two hexadecimal digits/],
    [{ delimiter: 'a\\' }, /--delimiter .*unknown escape "\\" at position 1/],
  ] as const)
    await assert.rejects(read('a', options), message)
})

const farTimes: readonly [number, string][] = [
  [253_402_300_800_000, '+010000-01-01T00:00:00.000Z'],
  [8_640_000_000_000_000, '+275760-09-13T00:00:00.000Z'],
  [8_640_000_000_000_001, '+275760-09-13T00:00:00.001Z'],
  [Number.MAX_SAFE_INTEGER, '+287396-10-12T08:59:00.991Z'],
  [-62_167_219_200_001, '-000001-12-31T23:59:59.999Z'],
  [-1, '1969-12-31T23:59:59.999Z'],
]

test('times far away print whole, in every layout', () => {
  const show = (timestamp: number, format: string) =>
    compilePattern(parsePattern(format))({ ...record, timestamp }, place).toString()
  for (const [timestamp, iso] of farTimes) {
    const [date, time] = iso.split('T') as [string, string]
    assert.equal(show(timestamp, '%d{iso}'), iso)
    assert.equal(
      show(timestamp, '%d{strftime[%F %T %L]}'),
      `${date} ${time.slice(0, 8)} ${time.slice(9, 12)}`,
    )
    const year = /^([+-]?)0*(\d+)-/.exec(iso)!
    assert.equal(
      show(timestamp, '%d{strftime[%Y|%s]}'),
      `${year[1] === '-' ? '-' : ''}${year[2]!.padStart(4, '0')}|${Math.floor(timestamp / 1000)}`,
    )
  }
})

test('headers are read by the format that printed them', async () => {
  const shown = async (text: string, options: InputOptions) =>
    (await read(text, options)).map(({ headers, value }) => [
      headers.map(({ key, value: header }) => `${key}=${header?.toString('latin1') ?? 'null'}`).join(' '),
      value?.toString(),
    ])
  assert.deepEqual(await shown('a=1,b=x=y|v\n|w\nonly=|x\n', { format: '%h|%v\\n' }), [
    ['a=1 b=x=y', 'v'],
    ['', 'w'],
    ['only=', 'x'],
  ])
  assert.deepEqual(await shown('a=NULL v\n', { format: '%h %v\\n', nullMarker: 'NULL' }), [['a=null', 'v']])
  assert.deepEqual(await shown('<a:6869><b:00>|v\n', { format: '%h{<%k:%v{hex}>}|%v\\n' }), [
    ['a=hi b=\0', 'v'],
  ])
  await assert.rejects(
    read('nothing|v\n', { format: '%h|%v\\n' }),
    /record 1 of the input: header "nothing" has no "="/,
  )
  await assert.rejects(read('x', { format: '%h{%k}|%v\\n' }), /cannot be read/)
  await assert.rejects(read('<a:b>c|v\n', { format: '%h{<%k:%v>}|%v\\n' }), /record 1 of the input/)
})

test('null prints as the text that was given for it, and as nothing otherwise', () => {
  const gone = { ...record, key: null, value: null }
  const show = (format: string, nullText?: string) =>
    compilePattern(parsePattern(format), nullText)(gone, place).toString()
  assert.equal(show('%k=%v|%v{hex}|%h'), '=||h=x,n=NULL')
  assert.equal(
    show('%k=%v|%v{hex}|%v{base64}|%h|%h{%v;}', '(null)'),
    '(null)=(null)|(null)|(null)|h=x,n=(null)|x;(null);',
  )
})

test('a record that comes in many pieces is put together, and so is a delimiter between two of them', async () => {
  const pieces = 100
  const piece = Buffer.alloc(16_384, 'x')
  async function* input() {
    for (let index = 0; index < pieces; index++) yield piece
    yield Buffer.from('|a|')
    yield Buffer.from('|b||')
    yield Buffer.from('|c')
  }
  const lengths: number[] = []
  for await (const { value } of readRecords(input(), { delimiter: '||' })) lengths.push(value!.length)
  // "xxx…|a" "b" "|c": of three bars the first two are the delimiter.
  assert.deepEqual(lengths, [pieces * piece.length + 2, 1, 2])
})

test('records that are kept stay as they were while more is read', async () => {
  async function* input() {
    for (const text of ['abc', 'def\ng', 'h', 'i\njk', 'l\n', 'mn']) yield Buffer.from(text)
  }
  const kept: InputRecord[] = []
  for await (const each of readRecords(input(), {})) kept.push(each)
  assert.deepEqual(
    kept.map(({ value }) => value!.toString()),
    ['abcdef', 'ghi', 'jkl', 'mn'],
  )
})

test('an empty delimiter is refused, and so are bytes that are not what the format says', async () => {
  const wrong: readonly [InputOptions, string, RegExp][] = [
    [{ delimiter: '' }, 'a', /--delimiter is empty/],
    [{ keyDelimiter: '' }, 'a', /--key-delimiter is empty/],
    [{ format: '%v{hex}\\n' }, '68g9\n', /record 1 of the input: its value is not hex/],
    [{ format: '%k{base64} %v\\n' }, 'a*== v\n', /its key is not base64/],
  ]
  for (const [options, text, message] of wrong) {
    const read = async () => {
      async function* input() {
        yield Buffer.from(text)
      }
      for await (const _ of readRecords(input(), options)) break
    }
    await assert.rejects(read, (error: Error) => {
      assert.ok(error instanceof UsageError)
      assert.match(error.message, message)
      return true
    })
  }
})

test('a record without a time gets a new one when its line is sent', () => {
  assert.equal(fromJsonLine('{"value":"a","timestamp":-1}', 'line 1').timestamp, undefined)
})
