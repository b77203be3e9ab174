// A connection by TLS of which something is damaged on its way: in the handshake, or in what is sent behind it.
import { connect, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { connect as connectTls, createSecureContext } from 'node:tls'
import type { Line } from './attacker.ts'
import type { SeededRandom } from './random.ts'

/** A client sends about so many pieces in a handshake and behind it. */
const piecesMax = 6

type Damage = (piece: Buffer, random: SeededRandom) => Buffer

const damages: readonly Damage[] = [
  (piece, random) => {
    for (let count = 1 + random.below(4); count > 0; count--) {
      const at = random.below(piece.length)
      piece[at] = piece[at]! ^ (1 << random.below(8))
    }
    return piece
  },
  (piece, random) => piece.subarray(0, random.below(piece.length)),
  piece => Buffer.concat([piece, piece]),
  (piece, random) => Buffer.concat([piece, random.bytes(1 + random.below(300))]),
  (piece, random) => Buffer.concat([random.bytes(1 + random.below(20)), piece]),
  (piece, random) => random.bytes(piece.length),
  // The length of the record in its head, or that of the message in it.
  (piece, random) => {
    if (piece.length > 9)
      piece.writeUInt16BE(random.pick([0, 1, 0x3fff, 0x4001, 0xffff]), random.pick([3, 7]))
    return piece
  },
]

/** Passes on what is written to a socket, one piece of it damaged. */
class DamagingStream extends Duplex {
  readonly #socket: Socket
  readonly #random: SeededRandom
  #untilDamage: number

  constructor(port: number, random: SeededRandom) {
    super()
    this.#random = random
    this.#untilDamage = random.chance(0.3) ? Number.POSITIVE_INFINITY : random.below(piecesMax)
    this.#socket = connect({ host: '127.0.0.1', port, noDelay: true })
    this.#socket.on('data', bytes => {
      if (!this.push(bytes)) this.#socket.pause()
    })
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => this.destroy())
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(piece: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    const sent =
      this.#untilDamage-- === 0 ? this.#random.pick(damages)(Buffer.from(piece), this.#random) : piece
    this.#socket.write(sent, done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy()
    done(error)
  }
}

const contexts = (['TLSv1.2', 'TLSv1.3'] as const).map(maxVersion => createSecureContext({ maxVersion }))

export function damagedTlsLine(port: number, random: SeededRandom): Line {
  const stream = connectTls({
    socket: new DamagingStream(port, random),
    rejectUnauthorized: false,
    secureContext: random.pick(contexts),
  })
  return { stream, opened: 'secureConnect', isSending: true }
}
