// The checks of a simulated history find what they are for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeliveryHistory } from '../../src/simulation/delivery-history.ts'
import { type FoundRecord, RecordHistory } from '../../src/simulation/history.ts'
import { OffsetHistory } from '../../src/simulation/offset-history.ts'
import { decodePayload, encodePayload } from '../../src/simulation/payload.ts'
import { type Guarantee, Violation } from '../../src/simulation/violation.ts'

const partition = { topic: 't', partition: 0 }
const nobody = new Set<string>()

function record(offset: number, producer: string, number: number): FoundRecord {
  return { offset, id: { producer, number } }
}

function history(): RecordHistory {
  const records = new RecordHistory()
  records.addProducer('safe', 'idempotent')
  records.addProducer('plain', 'plain')
  return records
}

function breaks(guarantee: Guarantee, run: () => void): void {
  assert.throws(run, error => error instanceof Violation && error.guarantee === guarantee)
}

test('a payload proves every byte of itself', () => {
  const id = { producer: 'p1', number: 12 }
  const payload = encodePayload(id, 100)
  assert.deepEqual(decodePayload(payload), id)
  for (const position of [0, 3, 40, payload.length - 1]) {
    const changed = Buffer.from(payload)
    changed[position]! ^= 1
    assert.notDeepEqual(decodePayload(changed), id)
  }
  assert.equal(decodePayload(payload.subarray(1)), undefined)
  assert.equal(decodePayload(null), undefined)
})

test('a run in which all went well passes', () => {
  const records = history()
  records.sent(partition, { producer: 'safe', number: 1 })
  records.acknowledged(partition, { producer: 'safe', number: 1 }, 0)
  records.acknowledged(partition, { producer: 'safe', number: 2 }, -1)
  records.highWatermark(partition, 1, 0)
  records.checkFinal(partition, [record(0, 'safe', 1), record(1, 'safe', 2)], 2, nobody)
  assert.equal(records.acknowledgedCount, 2)
})

test('a lost acknowledged record is found, with and without a known offset', () => {
  const records = history()
  records.acknowledged(partition, { producer: 'safe', number: 1 }, 0)
  breaks('acknowledged records are kept', () => records.checkFinal(partition, [], 0, nobody))
  const other = history()
  other.acknowledged(partition, { producer: 'safe', number: 1 }, -1)
  breaks('acknowledged records are kept', () => other.checkFinal(partition, [], 0, nobody))
})

test('a record that a consumer saw may not vanish either', () => {
  const records = history()
  records.seen(partition, 4, { producer: 'plain', number: 1 }, 'reader')
  breaks('acknowledged records are kept', () => records.checkFinal(partition, [], 9, nobody))
})

test('two records at one offset are found at once', () => {
  const records = history()
  records.seen(partition, 4, { producer: 'plain', number: 1 }, 'reader')
  breaks('an offset holds one record for ever', () =>
    records.acknowledged(partition, { producer: 'safe', number: 2 }, 4),
  )
  breaks('records come back as they were sent', () => records.seen(partition, 5, undefined, 'reader'))
})

test('repetitions count against idempotent producers always, against plain ones unless they retried', () => {
  const safeTwice = [record(0, 'safe', 1), record(1, 'safe', 1)]
  breaks('idempotent producers write each record once', () =>
    history().checkFinal(partition, safeTwice, 2, new Set(['safe'])),
  )
  const plainTwice = [record(0, 'plain', 1), record(1, 'plain', 1)]
  breaks('plain producers duplicate only by retrying', () =>
    history().checkFinal(partition, plainTwice, 2, nobody),
  )
  history().checkFinal(partition, plainTwice, 2, new Set(['plain']))
})

test('idempotent producers keep their order', () => {
  const swapped = [record(0, 'safe', 2), record(1, 'safe', 1)]
  breaks('records of a producer keep their order', () => history().checkFinal(partition, swapped, 2, nobody))
})

test('a high watermark that goes back is found, also across a restart', () => {
  const records = history()
  records.highWatermark(partition, 5, 0)
  breaks('the high watermark never goes back', () => records.highWatermark(partition, 4, 5))
  breaks('the high watermark never goes back', () => records.checkFinal(partition, [], 4, nobody))
})

test('an acknowledged commit may not go back, unless an older one is still under way', () => {
  const offsets = new OffsetHistory('g')
  offsets.sent(partition, 3)
  offsets.sent(partition, 5)
  offsets.acknowledged(partition, 5)
  const floor = offsets.floor(partition)
  offsets.seen(partition, 5, floor)
  offsets.seen(partition, 3, floor)
  breaks('committed offsets never go back', () => offsets.seen(partition, 4, floor))
  breaks('committed offsets never go back', () => offsets.seen(partition, -1, floor))
})

test('a record nobody got, a skipped one, and one given twice in a session are found', () => {
  const records = [record(0, 'plain', 1), record(2, 'plain', 2), record(3, 'plain', 3)]
  const complete = new DeliveryHistory('g')
  const first = complete.open('m1', partition)
  complete.delivered(first, 0)
  complete.delivered(first, 2)
  const second = complete.open('m2', partition)
  complete.delivered(second, 2)
  complete.delivered(second, 3)
  complete.checkFinal(partition, records)
  breaks('consumers see every record', () => complete.delivered(second, 3))
  const lacking = new DeliveryHistory('g')
  lacking.delivered(lacking.open('m1', partition), 0)
  breaks('consumers see every record', () => lacking.checkFinal(partition, records))
  const skipping = new DeliveryHistory('g')
  const session = skipping.open('m1', partition)
  skipping.delivered(session, 0)
  skipping.delivered(session, 3)
  skipping.delivered(skipping.open('m2', partition), 2)
  breaks('consumers see every record', () => skipping.checkFinal(partition, records))
})
