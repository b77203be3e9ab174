// Metrics in the form that KIP-714 pushes: OpenTelemetry's MetricsData in Protocol Buffers, as much of it as single numbers need.

/** Text by name; empty for most. */
export type Attributes = Readonly<Record<string, string>>

/** One number of one metric. */
export interface Measure {
  /** As KIP-714 spells it: `org.apache.kafka.producer.connection.creation.total`. */
  readonly name: string
  /** A sum that only rises, or a value of the moment. */
  readonly kind: 'sum' | 'gauge'
  readonly value: number
  readonly attributes: Attributes
}

export interface MeasuresToEncode {
  /** What all of them are about: a group, a rack. */
  readonly resource: Attributes
  readonly measures: readonly Measure[]
  /** Sums are what came since `startMs` and not what there is in all. */
  readonly delta: boolean
  /** Since when sums are counted, in ms since the epoch. */
  readonly startMs: number
  /** When it was measured, in ms since the epoch. */
  readonly nowMs: number
}

/*
 * message (field: type)          opentelemetry/proto/metrics/v1/metrics.proto and what it includes
 *
 * MetricsData       1: ResourceMetrics …
 * ResourceMetrics   1: Resource           2: ScopeMetrics …
 * Resource          1: KeyValue …
 * ScopeMetrics      2: Metric …
 * Metric            1: name, string       5: Gauge | 7: Sum
 * Gauge             1: NumberDataPoint …
 * Sum               1: NumberDataPoint …  2: temporality, 1 delta or 2 cumulative   3: is monotonic, bool
 * NumberDataPoint   2: start, fixed64     3: time, fixed64    4: value, double      7: KeyValue …
 * KeyValue          1: key, string        2: AnyValue
 * AnyValue          1: string
 *
 * On the wire a field is a varint of (field << 3 | type), then for type 0 a varint, for 1 eight bytes (little-endian), for 2 a length as
 * varint and as many bytes. Times are in ns. A field that is left out is 0; those of a oneof (value, string) are written all the same.
 */
const varintType = 0
const fixed64Type = 1
const bytesType = 2

const nsPerMs = 1_000_000n

export function encodeMetrics({ resource, measures, delta, startMs, nowMs }: MeasuresToEncode): Buffer {
  const start = fixed64(2, BigInt(startMs) * nsPerMs)
  const time = fixed64(3, BigInt(nowMs) * nsPerMs)
  const metrics = measures.map(({ name, kind, value, attributes }) => {
    const point = message(1, [
      ...(kind === 'sum' ? start : []),
      ...time,
      ...double(4, value),
      ...keyValues(7, attributes),
    ])
    const data =
      kind === 'gauge'
        ? message(5, point)
        : message(7, [...point, ...varint(2, delta ? 1 : 2), ...varint(3, 1)])
    return message(2, [...text(1, name), ...data])
  })
  return Buffer.concat(message(1, [...message(1, keyValues(1, resource)), ...message(2, metrics.flat())]))
}

function keyValues(field: number, attributes: Attributes): Buffer[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    message(field, [...text(1, key), ...message(2, text(1, value))]),
  )
}

/** A message within a message. */
function message(field: number, parts: readonly Buffer[]): Buffer[] {
  const lengthBytes = parts.reduce((sum, { length }) => sum + length, 0)
  return [varintOf((field << 3) | bytesType), varintOf(lengthBytes), ...parts]
}

function text(field: number, value: string): Buffer[] {
  return message(field, [Buffer.from(value, 'utf8')])
}

function varint(field: number, value: number): Buffer[] {
  return [varintOf((field << 3) | varintType), varintOf(value)]
}

function fixed64(field: number, value: bigint): Buffer[] {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return [varintOf((field << 3) | fixed64Type), bytes]
}

function double(field: number, value: number): Buffer[] {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return [varintOf((field << 3) | fixed64Type), bytes]
}

/** Seven bits a byte, the lowest first; the top bit says that more follow. */
function varintOf(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
  bytes.push(rest)
  return Buffer.from(bytes)
}
