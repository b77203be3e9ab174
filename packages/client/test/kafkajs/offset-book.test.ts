// What is done of each partition and what is committed of it, as the KafkaJS door keeps it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OffsetBook } from '../../src/kafkajs/offset-book.ts'

const place = { topic: 't', partition: 0 }
const offsets = (offset: number) => ({
  topics: [{ topic: 't', partitions: [{ partition: 0, offset: String(offset) }] }],
})
const uncommitted = (book: OffsetBook) =>
  book.uncommitted().topics.flatMap(({ partitions }) => partitions.map(({ offset }) => offset))

test('what is resolved is to be committed, once', () => {
  const book = new OffsetBook()
  book.begin(place)
  book.read('t', 0, 0)
  assert.deepEqual(uncommitted(book), [])
  book.resolve('t', 0, 4)
  assert.deepEqual(uncommitted(book), ['4'])
  assert.equal(book.uncommittedCount, 4)
  book.committed(offsets(4), book.version)
  assert.deepEqual(uncommitted(book), [])
})

test('a commit that was under way when the consumer went back says nothing of what is read again', () => {
  const book = new OffsetBook()
  book.begin(place)
  book.read('t', 0, 0)
  book.resolve('t', 0, 4)
  const { version } = book
  book.begin(place)
  book.committed(offsets(4), version)
  book.read('t', 0, 2)
  book.resolve('t', 0, 4)
  assert.deepEqual(uncommitted(book), ['4'])
})
