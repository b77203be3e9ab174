// Single files of the simulated disk, through losses of power.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageBytes, SimDirectory, SimFile, SimRandom, sectorBytes } from '@millrace/testkit/sim'

function crashed(prepare: (file: SimFile) => void, seed: number): Buffer {
  const file = new SimFile()
  prepare(file)
  file.losePower('some', new SimRandom(seed))
  assert.deepEqual(file.cached.copy(), file.durable)
  return file.durable
}

const seeds = Array.from({ length: 300 }, (_, index) => index + 1)

test('what was synced survives every loss of power', () => {
  const synced = new SimRandom(1).bytes(10_000)
  for (const seed of seeds) {
    const content = crashed(file => {
      file.write(synced, 0)
      file.syncTo(file.changeCount)
      file.write(new SimRandom(2).bytes(9000), synced.length)
    }, seed)
    assert.deepEqual(content.subarray(0, synced.length), synced)
  }
})

test('writes made while a sync runs are not covered by it', () => {
  const file = new SimFile()
  file.write(Buffer.from('before'), 0)
  const syncing = file.changeCount
  file.write(Buffer.from('after'), 6)
  file.syncTo(syncing)
  file.losePower('nothing', new SimRandom(1))
  assert.equal(file.durable.toString(), 'before')
})

test('appends that were not synced survive in part, torn, with holes, or not at all', () => {
  const outcomes = new Set<string>()
  for (const seed of seeds) {
    const content = crashed(file => {
      for (let page = 0; page < 4; page++) file.write(Buffer.alloc(pageBytes, page + 1), page * pageBytes)
    }, seed)
    const whole = content.length === 4 * pageBytes
    const firstZero = content.indexOf(0)
    if (content.length === 0) outcomes.add('nothing')
    else if (whole && firstZero < 0) outcomes.add('everything')
    else if (firstZero < 0) outcomes.add('first part')
    else if (content.subarray(firstZero).some(byte => byte !== 0)) outcomes.add('hole')
    else outcomes.add('zeros at the end')
    for (let start = 0; start < content.length; start += sectorBytes) {
      const sector = content.subarray(start, start + sectorBytes)
      assert.ok(
        sector.every(byte => byte === sector[0]),
        'a sector is whole or absent',
      )
    }
    for (let start = 0; start + pageBytes <= content.length; start += pageBytes) {
      const page = content.subarray(start, start + pageBytes)
      if (page.some(byte => byte !== page[0])) outcomes.add('torn page')
    }
  }
  assert.deepEqual([...outcomes].toSorted(), [
    'everything',
    'first part',
    'hole',
    'nothing',
    'torn page',
    'zeros at the end',
  ])
})

test('small appends into one sector survive from the front', () => {
  const lengths = new Set<number>()
  for (const seed of seeds) {
    const content = crashed(file => {
      for (let write = 0; write < 5; write++) file.write(Buffer.from([write + 1, write + 1]), write * 2)
    }, seed)
    const written = content.indexOf(0) < 0 ? content : content.subarray(0, content.indexOf(0))
    assert.deepEqual(written, Buffer.from([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]).subarray(0, written.length))
    lengths.add(written.length)
  }
  assert.deepEqual(
    [...lengths].toSorted((one, other) => one - other),
    [0, 2, 4, 6, 8, 10],
  )
})

test('a file cut and written again never shows bytes of both lives in one sector', () => {
  for (const seed of seeds) {
    const content = crashed(file => {
      file.write(Buffer.alloc(400, 1), 0)
      file.syncTo(file.changeCount)
      file.resize(100)
      file.write(Buffer.alloc(200, 2), 100)
    }, seed)
    const old = content.length === 400 && content.every(byte => byte === 1)
    const cut =
      content.subarray(0, 100).every(byte => byte === 1) && content.subarray(100).every(byte => byte !== 1)
    assert.ok(old || cut, content.toString('hex'))
  }
})

test('a sync that failed once has lost its writes for good', () => {
  const file = new SimFile()
  file.write(Buffer.from('lost'), 0)
  file.forgetTo(file.changeCount)
  file.syncTo(file.changeCount)
  assert.equal(file.cached.copy().toString(), 'lost')
  file.losePower('everything', new SimRandom(1))
  assert.equal(file.durable.length, 0)
})

test('changes of names survive each by itself, and a rename is never half done', () => {
  const outcomes = new Set<string>()
  for (const seed of seeds) {
    const directory = new SimDirectory()
    const old = new SimFile()
    directory.change([['checkpoint', old]])
    directory.syncTo(directory.changeCount)
    const fresh = new SimFile()
    directory.change([['checkpoint.tmp', fresh]])
    directory.change([
      ['checkpoint.tmp', undefined],
      ['checkpoint', fresh],
    ])
    directory.losePower('some', new SimRandom(seed))
    outcomes.add(
      [...directory.entries].map(([name, node]) => `${name}=${node === old ? 'old' : 'new'}`).join(' '),
    )
  }
  assert.deepEqual([...outcomes].toSorted(), [
    'checkpoint=new',
    'checkpoint=old',
    'checkpoint=old checkpoint.tmp=new',
  ])
})
