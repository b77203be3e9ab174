// The simulated network carries bytes as a real one does.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Connection, type ConnectionHandlers, TimeoutError } from '@millrace/runtime'
import { sendBufferBytes, SimRandom, SimWorld, windowBytes } from '@millrace/testkit/sim'

class Recorder implements ConnectionHandlers {
  readonly chunks: Buffer[] = []
  drains = 0
  closes: (Error | undefined)[] = []
  readonly #space = Buffer.alloc(64 * 1024)
  space(): Buffer {
    return this.#space
  }
  onReceived(bytes: number): void {
    assert.equal(this.closes.length, 0, 'data after close')
    this.chunks.push(Buffer.from(this.#space.subarray(0, bytes)))
  }
  onDrain(): void {
    this.drains++
  }
  onClose(error: Error | undefined): void {
    this.closes.push(error)
  }
  get bytes(): Buffer {
    return Buffer.concat(this.chunks)
  }
}

interface Pair {
  readonly world: SimWorld
  readonly server: ReturnType<SimWorld['spawn']>
  readonly client: ReturnType<SimWorld['spawn']>
  readonly near: Connection
  readonly far: Connection
  readonly nearSeen: Recorder
  readonly farSeen: Recorder
}

async function connect(seed: number): Promise<Pair> {
  const world = new SimWorld({ seed })
  const server = world.spawn('server')
  const client = world.spawn('client')
  const accepted: Connection[] = []
  const listening = server.network.listen({ host: '127.0.0.1', port: 0 }, connection =>
    accepted.push(connection),
  )
  const { port } = await world.scheduler.settle(listening)
  const near = await world.scheduler.settle(client.network.connect({ host: 'x', port, timeoutMs: 1000 }))
  const nearSeen = new Recorder()
  const farSeen = new Recorder()
  near.start(nearSeen)
  const far = accepted[0]!
  far.start(farSeen)
  return { world, server, client, near, far, nearSeen, farSeen }
}

/** Lets virtual time pass. */
async function pass(world: SimWorld, durationMs: number): Promise<void> {
  let over = false
  world.scheduler.after(durationMs, () => {
    over = true
  })
  await world.scheduler.run(() => over)
}

test('bytes arrive complete and in order, cut and joined anywhere', async () => {
  const shapes = new Set<string>()
  for (let seed = 1; seed <= 20; seed++) {
    const { world, near, farSeen } = await connect(seed)
    const sent = new SimRandom(seed).bytes(100_000)
    near.write([sent.subarray(0, 10), sent.subarray(10, 40_000)])
    near.write([sent.subarray(40_000)])
    await world.scheduler.run(() => farSeen.bytes.length === sent.length)
    assert.deepEqual(farSeen.bytes, sent)
    shapes.add(farSeen.chunks.map(chunk => chunk.length).join())
  }
  assert.ok(shapes.size > 5, `only ${shapes.size} ways to cut`)
})

test('one seed gives one run', async () => {
  const run = async (seed: number) => {
    const { world, near, far, farSeen } = await connect(seed)
    near.write([Buffer.alloc(100_000, 1)])
    far.write([Buffer.alloc(100_000, 2)])
    await world.scheduler.run(() => farSeen.bytes.length === 100_000)
    await pass(world, 10)
    return `${world.scheduler.nowMs} ${world.scheduler.eventCount} ${world.scheduler.trace.hash}`
  }
  assert.equal(await run(11), await run(11))
  assert.notEqual(await run(11), await run(12))
})

test('a buffer may be changed once onWritten was called', async () => {
  const { world, near, farSeen } = await connect(13)
  const buffer = Buffer.alloc(50_000, 7)
  near.write([buffer], () => buffer.fill(0))
  await world.scheduler.run(() => farSeen.bytes.length === buffer.length)
  assert.ok(farSeen.bytes.every(byte => byte === 7))
})

test('a reader that pauses stops the writer, and draining is announced', async () => {
  const { world, near, far, nearSeen, farSeen } = await connect(14)
  far.pause()
  const total = windowBytes + 3 * sendBufferBytes
  assert.equal(near.write([Buffer.alloc(total)]), false)
  await pass(world, 1000)
  assert.equal(farSeen.chunks.length, 0)
  assert.equal(near.pendingBytes, total - windowBytes)
  assert.equal(nearSeen.drains, 0)
  far.resume()
  await world.scheduler.run(() => farSeen.bytes.length === total)
  await pass(world, 10)
  assert.equal(near.pendingBytes, 0)
  assert.equal(nearSeen.drains, 1)
})

test('end sends what is pending and closes both ends in order', async () => {
  const { world, near, far, nearSeen, farSeen } = await connect(15)
  near.write([Buffer.alloc(200_000)])
  near.end()
  far.write([Buffer.from('answer')])
  await world.scheduler.run(() => nearSeen.closes.length + farSeen.closes.length === 2)
  assert.equal(farSeen.bytes.length, 200_000)
  assert.equal(nearSeen.bytes.toString(), 'answer')
  assert.deepEqual([...nearSeen.closes, ...farSeen.closes], [undefined, undefined])
  assert.equal(world.network.openEnds, 0)
})

test('destroy closes this end at once with its error, and the other end soon', async () => {
  const { world, near, nearSeen, farSeen } = await connect(16)
  near.write([Buffer.alloc(10)])
  near.destroy(new Error('enough'))
  await world.scheduler.run(() => nearSeen.closes.length + farSeen.closes.length === 2)
  await pass(world, 100)
  assert.equal(nearSeen.closes[0]?.message, 'enough')
  assert.equal(farSeen.closes.length, 1)
})

test('a reset may hit the middle of a message, and both ends learn of it once', async () => {
  let partial = 0
  for (let seed = 1; seed <= 40; seed++) {
    const { world, near, nearSeen, farSeen } = await connect(seed)
    near.write([Buffer.alloc(200_000)])
    world.scheduler.after(0.3, () => world.network.resetConnections(1))
    await pass(world, 100)
    assert.equal(nearSeen.closes.length, 1)
    assert.equal(farSeen.closes.length, 1)
    if (farSeen.bytes.length > 0 && farSeen.bytes.length < 200_000) partial++
  }
  assert.ok(partial > 0)
})

test('when a process dies its peer sees a part of what it sent and a reset, and it sees nothing any more', async () => {
  const { world, server, near, far, nearSeen, farSeen } = await connect(17)
  far.write([Buffer.alloc(300_000)])
  near.write([Buffer.alloc(100)])
  world.scheduler.after(0.2, () => server.process.kill())
  await pass(world, 100)
  assert.equal((nearSeen.closes[0] as NodeJS.ErrnoException).code, 'ECONNRESET')
  assert.ok(nearSeen.bytes.length < 300_000)
  assert.equal(farSeen.closes.length, 0)
  assert.equal(far.write([Buffer.alloc(1)]), true)
})

test('a port without a listener refuses, and a taken port cannot be bound twice', async () => {
  const { world, server, client } = await connect(18)
  const connecting = client.network.connect({ host: 'x', port: 1, timeoutMs: 1000 })
  await assert.rejects(world.scheduler.settle(connecting), { code: 'ECONNREFUSED' })
  await assert.rejects(
    server.network.listen({ host: 'x', port: 20_000 }, () => {}),
    { code: 'EADDRINUSE' },
  )
  server.process.kill()
  const listener = await client.network.listen({ host: 'x', port: 20_000 }, () => {})
  assert.equal(listener.port, 20_000)
})

test('connecting through a stalled network times out', async () => {
  const { world, client } = await connect(19)
  world.network.stall(5000)
  const connecting = client.network.connect({ host: 'x', port: 20_000, timeoutMs: 100 })
  await assert.rejects(world.scheduler.settle(connecting), TimeoutError)
})
