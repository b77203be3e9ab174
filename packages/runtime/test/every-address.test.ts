// Names with several addresses: brokers that move, and names that stand for several brokers.
import assert from 'node:assert/strict'
import dns from 'node:dns'
import { test, type TestContext } from 'node:test'
import { nodeNetwork } from '@millrace/runtime'

/** From now on `brokers.test` has these addresses, for every look-up anew. */
function resolveTo(t: TestContext, addressesOf: () => readonly string[]) {
  const lookups = { count: 0 }
  type Found = (error: null, addresses: { address: string; family: number }[]) => void
  t.mock.method(dns, 'lookup', (name: string, _options: object, found: Found) => {
    assert.equal(name, 'brokers.test')
    lookups.count++
    process.nextTick(
      found,
      null,
      addressesOf().map(address => ({ address, family: 4 })),
    )
  })
  return lookups
}

const connectTo = (port: number) => nodeNetwork.connect({ host: 'brokers.test', port, timeoutMs: 5_000 })

test('an address where nobody listens is passed over for the next one', async t => {
  const listener = await nodeNetwork.listen({ host: '127.0.0.1', port: 0 }, connection =>
    connection.destroy(),
  )
  resolveTo(t, () => ['127.0.0.2', '127.0.0.3', '127.0.0.1'])
  const connection = await connectTo(listener.port)
  assert.equal(connection.remoteAddress, '127.0.0.1')
  connection.destroy()
  await listener.close()
})

test('each connection asks for the addresses anew: a broker may have moved', async t => {
  const listener = await nodeNetwork.listen({ host: '127.0.0.3', port: 0 }, connection =>
    connection.destroy(),
  )
  let address = '127.0.0.2'
  const lookups = resolveTo(t, () => [address])
  await assert.rejects(connectTo(listener.port), { code: 'ECONNREFUSED' })
  address = '127.0.0.3'
  const connection = await connectTo(listener.port)
  assert.equal(connection.remoteAddress, '127.0.0.3')
  assert.equal(lookups.count, 2)
  connection.destroy()
  await listener.close()
})

test('when no address answers, the error says what each of them said', async t => {
  const listener = await nodeNetwork.listen({ host: '127.0.0.1', port: 0 }, () => {})
  const { port } = listener
  await listener.close()
  resolveTo(t, () => ['127.0.0.2', '127.0.0.3'])
  await assert.rejects(connectTo(port), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'ECONNREFUSED')
    assert.match(error.message, /ECONNREFUSED 127\.0\.0\.2:\d+, connect ECONNREFUSED 127\.0\.0\.3:\d+/)
    return true
  })
})
