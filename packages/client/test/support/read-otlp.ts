// Reads pushed metrics with a reader of its own, which knows the fields of OpenTelemetry's messages and nothing of our writer.

export interface ReadMetric {
  readonly name: string
  readonly kind: 'gauge' | 'delta' | 'cumulative'
  readonly value: number
  readonly attributes: Readonly<Record<string, string>>
  /** In ms since the epoch; 0 where it is left out. */
  readonly startMs: number
  readonly timeMs: number
}

export interface ReadMetrics {
  readonly resource: Readonly<Record<string, string>>
  readonly metrics: readonly ReadMetric[]
}

interface Field {
  readonly number: number
  readonly varint: number
  readonly bytes: Buffer
}

/** Reads a MetricsData message. Throws for what is none. */
export function readOtlp(data: Buffer): ReadMetrics {
  const [resourceMetrics] = all(data, 1)
  const metrics = all(resourceMetrics!, 2).flatMap(scope => all(scope, 2).map(readMetric))
  const [resource] = all(resourceMetrics!, 1)
  return { resource: resource ? readAttributes(all(resource, 1)) : {}, metrics }
}

function readMetric(metric: Buffer): ReadMetric {
  const [gauge] = all(metric, 5)
  const [sum] = all(metric, 7)
  const data = gauge ?? sum!
  const [point] = all(data, 1)
  const temporality = fields(data).find(({ number }) => number === 2)?.varint
  const time = (field: number) => {
    const found = fields(point!).find(({ number }) => number === field)
    return found ? Number(found.bytes.readBigUInt64LE() / 1_000_000n) : 0
  }
  return {
    name: all(metric, 1)[0]!.toString(),
    kind: gauge ? 'gauge' : temporality === 1 ? 'delta' : 'cumulative',
    value: all(point!, 4)[0]!.readDoubleLE(),
    attributes: readAttributes(all(point!, 7)),
    startMs: time(2),
    timeMs: time(3),
  }
}

function readAttributes(pairs: readonly Buffer[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map(pair => [all(pair, 1)[0]!.toString(), all(all(pair, 2)[0]!, 1)[0]!.toString()]),
  )
}

function all(message: Buffer, number: number): Buffer[] {
  return fields(message)
    .filter(field => field.number === number)
    .map(({ bytes }) => bytes)
}

function fields(message: Buffer): Field[] {
  const found: Field[] = []
  let at = 0
  const varint = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++]!
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  while (at < message.length) {
    const tag = varint()
    const type = tag & 7
    const number = tag >>> 3
    if (type === 0) found.push({ number, varint: varint(), bytes: Buffer.alloc(0) })
    else {
      const length = type === 1 ? 8 : varint()
      if (type !== 1 && type !== 2) throw new Error(`a field of type ${type}`)
      found.push({ number, varint: 0, bytes: message.subarray(at, at + length) })
      at += length
    }
  }
  return found
}
