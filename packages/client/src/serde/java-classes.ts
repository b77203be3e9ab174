// The serdes that stand for Java's classes, by the names that properties have for them: `key.serializer`, `value.deserializer`.
import { ConfigError } from '../errors/index.ts'
import { boolean, bytes, float32, float64, int16, int32, int64, string, uuid } from './plain-serdes.ts'
import type { AnySerde } from './serde.ts'

const serdes: ReadonlyMap<string, AnySerde> = new Map<string, AnySerde>([
  ['Boolean', boolean()],
  ['ByteArray', bytes()],
  ['ByteBuffer', bytes()],
  ['Bytes', bytes()],
  ['Double', float64()],
  ['Float', float32()],
  ['Integer', int32()],
  ['Long', int64()],
  ['Short', int16()],
  ['String', string()],
  ['UUID', uuid()],
])

/** The serde for a class of the package org.apache.kafka.common.serialization. Throws ConfigError for others. */
export function serdeOfClass(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const name = /(?:^|\.)([A-Za-z]+?)(?:Serializer|Deserializer|Serde)$/.exec(value.trim())?.[1]
  const serde = name === undefined ? undefined : serdes.get(name)
  if (serde) return serde
  throw new ConfigError(
    `there is no serde for "${value}": give keySerde and valueSerde, or topics; by class there are ${[...serdes.keys()].join(', ')}`,
  )
}
