// Frames to send: well-formed requests with random contents, most of them damaged afterwards.
import { type Api, encodeRequestHeader, requestHeaderVersion, Writer } from '@millrace/protocol'
import { apiByKey } from '@millrace/protocol/apis'
import { loadAreas } from '../../packages/protocol/generator/load.ts'
import type { Message } from '../../packages/protocol/generator/model.ts'
import type { SeededRandom } from './random.ts'
import { randomMessage } from './value.ts'

interface Target {
  readonly api: Api
  readonly message: Message
}

/** Every API whose requests are defined, whether the broker serves it or not. */
const targets: readonly Target[] = loadAreas()
  .flatMap(area => area.definitions)
  .flatMap(definition => {
    const api = definition.api && apiByKey(definition.api.key)
    const message = definition.messages.find(entry => entry.kind === 'request')
    return api && message ? [{ api, message }] : []
  })

/** Requests that change much or wait long would turn the run into something else than a test of the decoder; they are sent damaged only. */
const destructive: ReadonlySet<string> = new Set([
  'DeleteTopics',
  'DeleteGroups',
  'AlterConfigs',
  'IncrementalAlterConfigs',
])

const sizePrefixBytes = 4

/** A request whose every field is right by form, as a frame with its size in front. */
export function wellFormed(random: SeededRandom, correlationId: number): { frame: Buffer; name: string } {
  const { api, message } = random.pick(targets)
  const version = api.minVersion + random.below(api.maxVersion - api.minVersion + 1)
  const writer = new Writer()
  encodeRequestHeader(
    writer,
    {
      requestApiKey: api.key,
      requestApiVersion: version,
      correlationId,
      clientId: random.chance(0.1) ? null : 'fuzz',
    },
    requestHeaderVersion(api, version),
  )
  api.encodeRequest(writer, randomMessage(message, version, random), version)
  return { frame: withSize(writer.finishBuffer()), name: api.name }
}

/** Bytes with their size in front, as requests and tokens have it. */
export function withSize(body: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(sizePrefixBytes + body.length)
  frame.writeInt32BE(body.length, 0)
  body.copy(frame, sizePrefixBytes)
  return frame
}

type Damage = (body: Buffer, random: SeededRandom) => Buffer

/** Ways to damage what follows the size prefix; the size is made to fit afterwards. */
const damages: readonly Damage[] = [
  // Flipped bits.
  (body, random) => {
    for (let count = 1 + random.below(4); count > 0; count--) {
      const at = random.below(body.length)
      body[at] = body[at]! ^ (1 << random.below(8))
    }
    return body
  },
  // An extreme number over any four bytes: lengths of 2^31, negative lengths.
  (body, random) => {
    if (body.length < 12) return body
    body.writeInt32BE(
      random.pick([2147483647, -2147483648, -1, -2, 1_000_000, 0x7fff_ffff]),
      8 + random.below(body.length - 11),
    )
    return body
  },
  // A varint that never ends, or ends huge.
  (body, random) => {
    const at = 8 + random.below(Math.max(body.length - 8, 1))
    body.fill(random.pick([0xff, 0x80, 0xfe]), Math.min(at, body.length), Math.min(at + 6, body.length))
    return body
  },
  // Cut off.
  (body, random) => body.subarray(0, random.below(body.length)),
  // Garbage behind the end.
  (body, random) => Buffer.concat([body, random.bytes(1 + random.below(40))]),
  // A piece repeated or left out.
  (body, random) => {
    const from = random.below(body.length)
    const to = from + random.below(body.length - from)
    return random.chance(0.5)
      ? Buffer.concat([body.subarray(0, to), body.subarray(from)])
      : Buffer.concat([body.subarray(0, from), body.subarray(to)])
  },
  // Another API key or version in front of the same body.
  (body, random) => {
    if (body.length >= 4)
      body.writeInt16BE(random.pick([-1, 0, 1, 3, 18, 19, 36, 93, 999, 32767]), random.chance(0.5) ? 0 : 2)
    return body
  },
  // Nothing that was a request.
  (_, random) => random.bytes(random.below(200)),
]

/** A size prefix that lies: negative, enormous, or larger than what follows. */
function lyingSize(random: SeededRandom): Buffer {
  const frame = Buffer.alloc(random.pick([4, 8, 64]))
  frame.writeInt32BE(random.pick([-1, -2147483648, 2147483647, 104_857_601, 1_000_000]), 0)
  return frame
}

/** A frame whose contents are damaged in one way; its size fits. */
export function damaged(frame: Buffer, random: SeededRandom): Buffer {
  return withSize(random.pick(damages)(Buffer.from(frame.subarray(sizePrefixBytes)), random))
}

/** The next frame of a run. About one in twenty is left well-formed, so that state is reached in which damage matters. */
export function nextFrame(random: SeededRandom, correlationId: number): Buffer {
  if (random.chance(0.02)) return lyingSize(random)
  const { frame, name } = wellFormed(random, correlationId)
  return random.chance(0.05) && !destructive.has(name) ? frame : damaged(frame, random)
}

/** What a connection sends that does nothing else. */
export function* malformedRequests(random: SeededRandom): Generator<Buffer, void, Buffer> {
  for (let correlationId = 0; ; correlationId++) yield nextFrame(random, correlationId)
}
