// Writes OpenTelemetry's MetricsData for tests, by the field numbers of its messages, and knows nothing of the reader.

type Attributes = Readonly<Record<string, string | number | bigint | boolean>>

export interface WrittenMetric {
  readonly name: string
  readonly kind: 'gauge' | 'delta' | 'cumulative'
  readonly value: number
  readonly attributes?: Attributes
  /** The value as a whole number, which another field has. */
  readonly whole?: boolean
}

export function writeOtlp(metrics: readonly WrittenMetric[], resource: Attributes = {}): Buffer {
  const scope = Buffer.concat([
    // The scope itself, which nobody looks at.
    nested(1, nested(1, Buffer.from('scope'))),
    ...metrics.map(metric => nested(2, metricOf(metric))),
  ])
  return nested(1, Buffer.concat([nested(1, attributes(1, resource)), nested(2, scope)]))
}

function metricOf({ name, kind, value, attributes: given = {}, whole = false }: WrittenMetric): Buffer {
  const number = Buffer.alloc(8)
  if (whole) number.writeBigInt64LE(BigInt(value))
  else number.writeDoubleLE(value)
  const time = Buffer.alloc(8, 7)
  const point = Buffer.concat([tag(3, 1), time, tag(whole ? 6 : 4, 1), number, attributes(7, given)])
  const data =
    kind === 'gauge'
      ? nested(5, nested(1, point))
      : nested(
          7,
          Buffer.concat([
            nested(1, point),
            tag(2, 0),
            varint(kind === 'delta' ? 1 : 2),
            tag(3, 0),
            varint(1),
          ]),
        )
  return Buffer.concat([nested(1, Buffer.from(name)), nested(2, Buffer.from('description')), data])
}

function attributes(field: number, given: Attributes): Buffer {
  return Buffer.concat(
    Object.entries(given).map(([key, value]) => {
      const any =
        typeof value === 'string'
          ? nested(1, Buffer.from(value))
          : Buffer.concat([tag(typeof value === 'boolean' ? 2 : 3, 0), varint(value)])
      return nested(field, Buffer.concat([nested(1, Buffer.from(key)), nested(2, any)]))
    }),
  )
}

/** A message within another, as a field of it. */
export function nested(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([tag(field, 2), varint(bytes.length), bytes])
}

function tag(field: number, type: number): Buffer {
  return varint((field << 3) | type)
}

function varint(value: number | bigint | boolean): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}
