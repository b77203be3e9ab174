// Random values for any message of any version, from the definitions that its codec was generated from.
import { zeroUuid } from '@millrace/protocol'
import { type Field, type Message, type Struct, structOf } from '../../packages/protocol/generator/model.ts'
import { includes } from '../../packages/protocol/generator/ranges.ts'
import type { SeededRandom } from './random.ts'

/** Names that requests speak of: some exist, some do not, some may not exist. The witness topic is not among them. */
export const names = [
  'fuzz-a',
  'fuzz-b',
  'group-1',
  'no-such-thing',
  '',
  '..',
  'a/b',
  'ä',
  '__consumer_offsets',
  'x'.repeat(300),
]

const integers: Readonly<Record<string, readonly number[]>> = {
  int8: [-128, -1, 0, 1, 2, 127],
  int16: [-32768, -1, 0, 1, 3, 9, 32767],
  uint16: [0, 1, 65535],
  int32: [-2147483648, -1, 0, 1, 2, 49, 100, 65536, 2147483647],
  uint32: [0, 1, 4294967295],
  int64: [-(2 ** 63), -9007199254740991, -6, -5, -2, -1, 0, 1, 1000, 2147483648, 9007199254740991, 2 ** 63],
}

/** A value with every field of `version` set at random. */
export function randomMessage(
  message: Message,
  version: number,
  random: SeededRandom,
): Record<string, unknown> {
  return randomStruct(message, message, version, random, 0)
}

function randomStruct(
  message: Message,
  struct: Struct,
  version: number,
  random: SeededRandom,
  depth: number,
): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const field of struct.fields) {
    if (includes(field.versions, version))
      value[field.name] = randomField(message, field, version, random, depth)
  }
  return value
}

function randomField(
  message: Message,
  field: Field,
  version: number,
  random: SeededRandom,
  depth: number,
): unknown {
  if (includes(field.nullable, version) && random.chance(0.2)) return null
  if (!field.type.array) return randomElement(message, field, version, random, depth)
  const length = random.pick([0, 1, 1, 2, depth > 1 ? 1 : 5])
  return Array.from({ length }, () => randomElement(message, field, version, random, depth))
}

function randomElement(
  message: Message,
  field: Field,
  version: number,
  random: SeededRandom,
  depth: number,
): unknown {
  const { element } = field.type
  const choices = integers[element]
  if (choices) return random.chance(0.8) ? random.pick(choices) : random.below(10)
  switch (element) {
    case 'bool':
      return random.chance(0.5)
    case 'float64':
      return random.float() * 1e6
    case 'uuid':
      return random.chance(0.5) ? zeroUuid : random.bytes(16).toString('base64url')
    case 'string':
      return random.pick(names)
    case 'bytes':
      return random.bytes(random.pick([0, 1, 4, 30]))
    case 'records':
      return [random.bytes(random.pick([0, 1, 60, 61, 100]))]
    default:
      return randomStruct(message, structOf(message, field), version, random, depth + 1)
  }
}
