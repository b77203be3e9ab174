// Metrics in the form that KIP-714 pushes: OpenTelemetry's MetricsData, as much of it as clients of Kafka send.
//
// message (field: type)          opentelemetry/proto/metrics/v1/metrics.proto and what it includes
//
// MetricsData       1: ResourceMetrics …
// ResourceMetrics   1: Resource           2: ScopeMetrics …
// Resource          1: KeyValue …
// ScopeMetrics      2: Metric …
// Metric            1: name, string       5: Gauge | 7: Sum | 9, 10, 11: histograms and summaries, which no client has
// Gauge             1: NumberDataPoint …
// Sum               1: NumberDataPoint …  2: temporality, 1 delta or 2 cumulative   3: is monotonic, bool
// NumberDataPoint   4: value, double | 6: value, sfixed64      7: KeyValue …
// KeyValue          1: key, string        2: AnyValue
// AnyValue          1: string | 2: bool | 3: int64 | 4: double
import { MessageReader } from './protobuf.ts'

/** A value of the moment; a sum that only rises: what came since the last push, or what there is in all. */
export type PushedKind = 'gauge' | 'delta' | 'cumulative'

export interface PushedValue {
  /** As the client spells it: `org.apache.kafka.producer.connection.creation.total`. */
  readonly name: string
  readonly kind: PushedKind
  readonly value: number
  readonly attributes: ReadonlyMap<string, string>
}

export interface PushedMetrics {
  /** What all of them are about: a group, a rack. */
  readonly resource: ReadonlyMap<string, string>
  readonly values: readonly PushedValue[]
  /** Values beyond those that one client may have. */
  readonly beyond: number
}

/** What a push may hold. */
export interface PushLimits {
  /** Fields of all its messages: more make it unreadable. */
  readonly fieldsMax: number
  /** Values that are read; those beyond are counted. */
  readonly valuesMax: number
}

const deltaTemporality = 1

/** Throws ProtobufError for what is no MetricsData. */
export function readMetrics(data: Buffer, limits: PushLimits): PushedMetrics {
  return new MetricsReader(limits).read(data)
}

class MetricsReader {
  readonly #limits: PushLimits
  readonly #resource = new Map<string, string>()
  readonly #values: PushedValue[] = []
  #beyond = 0

  constructor(limits: PushLimits) {
    this.#limits = limits
  }

  read(data: Buffer): PushedMetrics {
    const top = MessageReader.of(data, this.#limits.fieldsMax)
    while (top.next()) {
      if (top.field === 1) this.#readResourceMetrics(top.message())
      else top.skip()
    }
    return { resource: this.#resource, values: this.#values, beyond: this.#beyond }
  }

  #readResourceMetrics(reader: MessageReader): void {
    while (reader.next()) {
      if (reader.field === 1) readAttributes(reader.message(), this.#resource)
      else if (reader.field === 2) this.#readScope(reader.message())
      else reader.skip()
    }
  }

  #readScope(reader: MessageReader): void {
    while (reader.next()) {
      if (reader.field === 2) this.#readMetric(reader.message())
      else reader.skip()
    }
  }

  #readMetric(reader: MessageReader): void {
    let name = ''
    let gauge: MessageReader | undefined
    let sum: MessageReader | undefined
    while (reader.next()) {
      if (reader.field === 1) name = reader.text()
      else if (reader.field === 5) gauge = reader.message()
      else if (reader.field === 7) sum = reader.message()
      else reader.skip()
    }
    if (gauge) this.#readPoints(name, 'gauge', gauge)
    else if (sum) this.#readPoints(name, kindOfSum(sum.again()), sum)
  }

  #readPoints(name: string, kind: PushedKind, reader: MessageReader): void {
    while (reader.next()) {
      if (reader.field !== 1) reader.skip()
      else if (this.#values.length < this.#limits.valuesMax)
        this.#values.push(readPoint(name, kind, reader.message()))
      else {
        reader.skip()
        this.#beyond++
      }
    }
  }
}

function kindOfSum(reader: MessageReader): PushedKind {
  let temporality = 0
  let isMonotonic = false
  while (reader.next()) {
    if (reader.field === 2) temporality = reader.number()
    else if (reader.field === 3) isMonotonic = reader.number() !== 0
    else reader.skip()
  }
  if (!isMonotonic) return 'gauge'
  return temporality === deltaTemporality ? 'delta' : 'cumulative'
}

function readPoint(name: string, kind: PushedKind, reader: MessageReader): PushedValue {
  const attributes = new Map<string, string>()
  let value = 0
  while (reader.next()) {
    if (reader.field === 4) value = reader.double()
    else if (reader.field === 6) value = reader.fixed64()
    else if (reader.field === 7) readPair(reader.message(), attributes)
    else reader.skip()
  }
  return { name, kind, value, attributes }
}

function readAttributes(reader: MessageReader, into: Map<string, string>): void {
  while (reader.next()) {
    if (reader.field === 1) readPair(reader.message(), into)
    else reader.skip()
  }
}

function readPair(reader: MessageReader, into: Map<string, string>): void {
  let key = ''
  let value = ''
  while (reader.next()) {
    if (reader.field === 1) key = reader.text()
    else if (reader.field === 2) value = readAny(reader.message())
    else reader.skip()
  }
  into.set(key, value)
}

function readAny(reader: MessageReader): string {
  let text = ''
  while (reader.next()) {
    if (reader.field === 1) text = reader.text()
    else if (reader.field === 2) text = String(reader.number() !== 0)
    else if (reader.field === 3) text = String(reader.int64())
    else if (reader.field === 4) text = String(reader.double())
    else reader.skip()
  }
  return text
}
