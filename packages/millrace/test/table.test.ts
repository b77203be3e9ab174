// Tables for people: widths, alignment, what is cut.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatPartitions } from '../src/output/partitions.ts'
import { renderTable } from '../src/output/table.ts'

const rows = [
  { name: 'orders', size: 10 },
  { name: 'a-very-long-topic-name-that-goes-on', size: 12345 },
]
const columns = [
  { title: 'TOPIC', value: (row: (typeof rows)[number]) => row.name },
  { title: 'SIZE', value: (row: (typeof rows)[number]) => row.size },
]

const plain = (width: number | undefined) => ({ width, isColored: false })

test('a table in a pipe is never cut and aligns numbers to the right', () => {
  assert.deepEqual(renderTable(rows, columns, plain(undefined)), [
    'TOPIC                                 SIZE',
    'orders                                  10',
    'a-very-long-topic-name-that-goes-on  12345',
  ])
})

test('a table fits the terminal by cutting text in its middle, not numbers', () => {
  const lines = renderTable(rows, columns, plain(24))
  assert.deepEqual(lines, [
    'TOPIC               SIZE',
    'orders                10',
    'a-very-l…-goes-on  12345',
  ])
})

test('columns move together where nothing is left to cut', () => {
  assert.deepEqual(renderTable(rows, columns, plain(14)), [
    'TOPIC     SIZE',
    'orders      10',
    'a-ve…-on 12345',
  ])
})

test('no more is cut than columns that stand closer together need', () => {
  const row = { id: 123456, role: 'controller' }
  const render = (width: number) =>
    renderTable(
      [row],
      [
        { title: 'ID', value: ({ id }) => id },
        { title: 'AGAIN', value: ({ id }) => id },
        { title: 'ROLE', value: ({ role }) => role },
      ],
      plain(width),
    )[1]
  assert.equal(render(26), '123456  123456  controller')
  assert.equal(render(25), '123456  123456  cont…ller')
  assert.equal(render(23), '123456 123456 cont…ller')
  assert.equal(render(24), '123456  123456  cont…ler')
})

test('sizes stand to the right when their column says so, text that looks like a number does not', () => {
  const sized = [
    { size: '512 B', setting: '10' },
    { size: '1.5 KiB', setting: null },
  ]
  const lines = renderTable(
    sized,
    [
      { title: 'SIZE', value: row => row.size, numeric: true },
      { title: 'SETTING', value: row => row.setting },
    ],
    plain(undefined),
  )
  assert.deepEqual(lines, ['   SIZE  SETTING', '  512 B  10', '1.5 KiB  -'])
})

test('wide and composed characters count as readers see them', () => {
  const lines = renderTable(
    [{ name: 'e\u0301te\u0301' }],
    [{ title: 'N', value: row => row.name }],
    plain(undefined),
  )
  assert.deepEqual(lines, ['N', 'e\u0301te\u0301'])
  assert.equal(
    renderTable([{ name: 'e\u0301'.repeat(20) }], [{ title: 'N', value: row => row.name }], plain(10))[1],
    `${'e\u0301'.repeat(5)}…${'e\u0301'.repeat(4)}`,
  )
})

test('partitions are shown as ranges', () => {
  const of = (topic: string, ...numbers: number[]) => numbers.map(partition => ({ topic, partition }))
  assert.equal(formatPartitions([...of('b', 3, 1, 2, 7), ...of('a', 0)]), 'b:1-3,7 a:0')
  assert.equal(formatPartitions([]), '')
})

test('colours take no room, and only what is one to look at has one beside the heading', () => {
  const sick = [
    { name: 'a', isr: '1' },
    { name: 'bb', isr: '1,2' },
  ]
  const lines = renderTable(
    sick,
    [
      { title: 'ISR', value: row => row.isr, isAlarming: row => row.isr === '1' },
      { title: 'NAME', value: row => row.name },
    ],
    { width: 80, isColored: true },
  )
  assert.deepEqual(lines, ['\u001b[1mISR  NAME\u001b[0m', '\u001b[31m1\u001b[0m    a', '1,2  bb'])
})

test('control characters of a name are shown and do nothing', () => {
  const name = 'a\u001b[31mb\u0007\u009b2J\u202ec\td'
  const lines = renderTable([{ name }], [{ title: 'N', value: row => row.name }], plain(undefined))
  assert.deepEqual(lines, ['N', 'a\\x1b[31mb\\x07\\x9b2J\\u202ec d'])
})

test('a column of which half says nothing is not cut', () => {
  const row = { topic: 'a-very-long-topic-name', at: '2026-01-31T10:00:00.000Z' }
  const lines = renderTable(
    [row],
    [
      { title: 'TOPIC', value: ({ topic }) => topic },
      { title: 'AT', value: ({ at }) => at, isWhole: true },
    ],
    plain(36),
  )
  assert.equal(lines[1], 'a-ver…name  2026-01-31T10:00:00.000Z')
})
