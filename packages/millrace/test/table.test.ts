import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderTable } from '../src/output/table.ts'

const rows = [
  { name: 'orders', size: 10 },
  { name: 'a-very-long-topic-name-that-goes-on', size: 12345 },
]
const columns = [
  { title: 'TOPIC', value: (row: (typeof rows)[number]) => row.name },
  { title: 'SIZE', value: (row: (typeof rows)[number]) => row.size },
]

test('a table in a pipe is never cut and aligns numbers to the right', () => {
  assert.deepEqual(renderTable(rows, columns, undefined), [
    'TOPIC                                 SIZE',
    'orders                                  10',
    'a-very-long-topic-name-that-goes-on  12345',
  ])
})

test('a table fits the terminal by cutting text, not numbers', () => {
  const lines = renderTable(rows, columns, 24)
  assert.deepEqual(lines, [
    'TOPIC               SIZE',
    'orders                10',
    'a-very-long-topi…  12345',
  ])
})
