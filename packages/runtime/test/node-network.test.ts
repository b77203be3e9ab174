// TCP connections of this process, against its own and against plain sockets.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, connect as connectTcp, type AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, type ConnectionHandlers, nodeNetwork, TimeoutError } from '@millrace/runtime'

const host = '127.0.0.1'

/** Collects what arrives, through memory of `spaceBytes`. */
class Collector implements ConnectionHandlers {
  readonly #space: Buffer
  readonly #chunks: Buffer[] = []
  bytes = 0
  drains = 0
  readonly closed: Promise<Error | undefined>
  #onClosed!: (error: Error | undefined) => void
  readonly #waiting: { bytes: number; resolve: () => void }[] = []

  constructor(spaceBytes: number) {
    this.#space = Buffer.alloc(spaceBytes)
    this.closed = new Promise(resolve => {
      this.#onClosed = resolve
    })
  }

  space(): Buffer {
    return this.#space
  }

  onReceived(bytes: number): void {
    this.#chunks.push(Buffer.from(this.#space.subarray(0, bytes)))
    this.bytes += bytes
    for (const waiter of this.#waiting) if (this.bytes >= waiter.bytes) waiter.resolve()
  }

  onDrain(): void {
    this.drains++
  }

  onClose(error: Error | undefined): void {
    this.#onClosed(error)
  }

  async until(bytes: number): Promise<Buffer> {
    if (this.bytes < bytes) await new Promise<void>(resolve => this.#waiting.push({ bytes, resolve }))
    return Buffer.concat(this.#chunks)
  }
}

function pattern(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  for (let at = 0; at < bytes; at++) buffer[at] = (at * 7 + (at >> 8)) & 0xff
  return buffer
}

async function pair(): Promise<{ near: Connection; far: Connection; close: () => Promise<void> }> {
  const accepted = Promise.withResolvers<Connection>()
  const listener = await nodeNetwork.listen({ host, port: 0 }, connection => accepted.resolve(connection))
  const near = await nodeNetwork.connect({ host, port: listener.port, timeoutMs: 5000 })
  const far = await accepted.promise
  return { near, far, close: () => listener.close() }
}

test('bytes go both ways through memory of any size, in order', async () => {
  const { near, far, close } = await pair()
  const [atNear, atFar] = [new Collector(100_000), new Collector(7)]
  near.start(atNear)
  far.start(atFar)
  const [there, back] = [pattern(50_000), pattern(3_000_000)]
  near.write([there.subarray(0, 10), there.subarray(10)])
  far.write([back])
  assert.ok((await atFar.until(there.length)).equals(there))
  assert.ok((await atNear.until(back.length)).equals(back))
  near.end()
  assert.equal(await atFar.closed, undefined)
  assert.equal(await atNear.closed, undefined)
  await close()
})

test('what arrives before the handlers are there waits for them', async () => {
  const { near, far, close } = await pair()
  const sent = pattern(20_000)
  near.write([sent])
  near.end()
  await sleep(20)
  const atFar = new Collector(64)
  far.start(atFar)
  assert.ok((await atFar.until(sent.length)).equals(sent))
  near.start(new Collector(10))
  assert.equal(await atFar.closed, undefined)
  await close()
})

test('a paused connection holds its peer up, and goes on where it was', async () => {
  const { near, far, close } = await pair()
  const [atNear, atFar] = [new Collector(10), new Collector(65_536)]
  near.start(atNear)
  far.start(atFar)
  far.pause()
  const sent = pattern(32 << 20)
  assert.equal(near.write([sent]), false)
  await sleep(50)
  assert.ok(near.pendingBytes > 0)
  assert.ok(atFar.bytes <= 65_536, `${atFar.bytes} bytes came through`)
  far.resume()
  assert.ok((await atFar.until(sent.length)).equals(sent))
  assert.equal(atNear.drains, 1)
  near.destroy()
  await atFar.closed
  await close()
})

test('a reset ends the other side, with the error', async () => {
  const { near, far, close } = await pair()
  const atFar = new Collector(10)
  far.start(atFar)
  near.start(new Collector(10))
  far.write([pattern(10_000_000)])
  near.destroy()
  const error = await atFar.closed
  assert.ok(error === undefined || /ECONNRESET|EPIPE/.test(error.message), String(error))
  let written = false
  far.write([Buffer.from('x')], () => {
    written = true
  })
  await sleep(1)
  assert.ok(written, 'who waits for a write hears of the end')
  await close()
})

test('handlers that destroy the connection hear of its end once and of nothing more', async () => {
  const { near, far, close } = await pair()
  const atFar = new Collector(4)
  let calls = 0
  far.start({
    space: () => atFar.space(),
    onReceived: () => {
      calls++
      far.destroy()
    },
    onDrain: () => {},
    onClose: error => atFar.onClose(error),
  })
  near.start(new Collector(4))
  near.write([pattern(1000)])
  await atFar.closed
  await sleep(5)
  assert.equal(calls, 1)
  near.destroy()
  await close()
})

test('a listener closes while its connections go on', async () => {
  const { near, far, close } = await pair()
  const [atNear, atFar] = [new Collector(10), new Collector(10)]
  near.start(atNear)
  far.start(atFar)
  await close()
  near.write([Buffer.from('still here')])
  assert.equal((await atFar.until(10)).toString(), 'still here')
  near.destroy()
  await atFar.closed
})

test('connecting is refused, timed out and aborted with the reason', async () => {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  await assert.rejects(nodeNetwork.connect({ host, port, timeoutMs: 1000 }), /ECONNREFUSED/)
  const signal = AbortSignal.abort(new Error('not wanted'))
  await assert.rejects(nodeNetwork.connect({ host, port, timeoutMs: 1000, signal }), /not wanted/)
  // An address of no machine: packets to it get no answer, or the system says at once that there is no way.
  await assert.rejects(
    nodeNetwork.connect({ host: '192.0.2.1', port: 9, timeoutMs: 50 }),
    (error: Error) =>
      error instanceof TimeoutError || /ENETUNREACH|EHOSTUNREACH|ECONNREFUSED/.test(error.message),
  )
})

test('a plain socket that comes and goes at once leaves nothing behind', async () => {
  const ends: Promise<Error | undefined>[] = []
  const listener = await nodeNetwork.listen({ host, port: 0 }, connection => {
    const collector = new Collector(10)
    ends.push(collector.closed)
    connection.start(collector)
  })
  for (let index = 0; index < 20; index++) {
    const socket = connectTcp(listener.port, host)
    await once(socket, 'connect')
    if (index % 2 === 0) socket.resetAndDestroy()
    else socket.end()
    await once(socket, 'close')
  }
  while (ends.length < 20) await sleep(1)
  await Promise.all(ends)
  await listener.close()
})
