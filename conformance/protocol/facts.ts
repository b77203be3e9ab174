// What a message is, as lines of facts that can be compared whoever wrote it down: one line for each field by path.
import {
  type Api,
  type DefaultValue,
  isPrimitive,
  type Message,
  type Struct,
} from '../../packages/protocol/generator/model.ts'
import { overlap, sameRange, showRange, type VersionRange } from '../../packages/protocol/generator/ranges.ts'
import { type KafkaField, type KafkaMessage, kafkaRange } from './kafka-schema.ts'

/** Path of a field → what is known of it. The empty path is the message itself. */
export type Facts = ReadonlyMap<string, string>

interface FieldFacts {
  readonly type: string
  readonly versions: VersionRange
  readonly parent: VersionRange
  readonly nullable: VersionRange | undefined
  readonly defaultValue: string
  readonly tag: number | undefined
  readonly ignorable: boolean
  readonly classic: boolean
}

function fieldLine(field: FieldFacts): string {
  const { type, versions, parent, nullable, defaultValue, tag, ignorable, classic } = field
  const parts = [type, showRange(versions)]
  if (nullable !== undefined) parts.push(`null ${showRange(nullable)}`)
  if (defaultValue !== '') parts.push(`= ${defaultValue}`)
  if (tag !== undefined) parts.push(`tag ${tag}`)
  if (ignorable && !sameRange(versions, parent)) parts.push('ignorable')
  if (classic) parts.push('classic')
  return parts.join(' ')
}

/** A default that is the type's own zero says nothing. */
function showDefault(value: DefaultValue): string {
  if (value === undefined || typeof value === 'symbol') return ''
  const text = String(value)
  const number = /^(-?\d+|0x[0-9a-fA-F]+)$/.test(text) ? Number(text) : undefined
  if (text === 'false' || number === 0) return ''
  return number === undefined ? text : String(number)
}

function messageLine(versions: VersionRange, flexibleFrom: number): string {
  return `${showRange(versions)} flexible from ${flexibleFrom}`
}

export function factsOfOurs(message: Message, api: Api | undefined): Facts {
  const facts = new Map<string, string>()
  facts.set('', `${messageLine(message.versions, message.flexibleFrom)}${unstable(api?.unstable)}`)
  walkOurs(message, message, message.versions, '', facts)
  return facts
}

function unstable(flag: boolean | undefined): string {
  return flag === true ? ' latest unstable' : ''
}

function walkOurs(
  message: Message,
  struct: Struct,
  parent: VersionRange,
  path: string,
  facts: Map<string, string>,
): void {
  for (const field of struct.fields) {
    const versions = overlap(field.versions, parent)
    if (versions === undefined) continue
    const at = `${path}/${field.name}`
    facts.set(
      at,
      fieldLine({
        type: `${field.type.array ? '[]' : ''}${field.type.element}`,
        versions,
        parent,
        nullable: field.nullable === null ? undefined : overlap(field.nullable, versions),
        defaultValue: showDefault(field.defaultValue),
        tag: field.tag,
        ignorable: field.ignorable,
        classic: field.classic,
      }),
    )
    if (!isPrimitive(field.type.element)) {
      walkOurs(message, message.structs.get(field.type.element)!, versions, at, facts)
    }
  }
}

export function factsOfKafka(message: KafkaMessage): Facts {
  const facts = new Map<string, string>()
  const versions = kafkaRange(message.validVersions)!
  const flexible = kafkaRange(message.flexibleVersions)
  const line = messageLine(versions, flexible === undefined ? Infinity : flexible.min)
  facts.set('', `${line}${message.type === 'request' ? unstable(message.latestVersionUnstable) : ''}`)
  walkKafka(message, message.fields ?? [], versions, '', facts)
  return facts
}

function walkKafka(
  message: KafkaMessage,
  fields: readonly KafkaField[],
  parent: VersionRange,
  path: string,
  facts: Map<string, string>,
): void {
  for (const field of fields) {
    const range = kafkaRange(field.versions ?? field.taggedVersions ?? '')
    const versions = range === undefined ? undefined : overlap(range, parent)
    if (versions === undefined) continue
    const at = `${path}/${field.name[0]!.toLowerCase()}${field.name.slice(1)}`
    const nullable = kafkaRange(field.nullableVersions ?? 'none')
    facts.set(
      at,
      fieldLine({
        type: field.type,
        versions,
        parent,
        nullable: nullable === undefined ? undefined : overlap(nullable, versions),
        // A JSON null is no default at all: an empty array, or a struct of defaults. The string "null" is null.
        defaultValue: showDefault(field.default ?? undefined),
        tag: field.tag,
        ignorable: String(field.ignorable) === 'true',
        classic: field.flexibleVersions === 'none',
      }),
    )
    const struct = field.type.replace('[]', '')
    const inner = field.fields ?? message.commonStructs?.find(each => each.name === struct)?.fields
    if (!isPrimitive(struct) && inner !== undefined) walkKafka(message, inner, versions, at, facts)
  }
}

/** Where two lists of facts differ, one readable line each. */
export function differences(ours: Facts, theirs: Facts): string[] {
  const lines: string[] = []
  for (const path of new Set([...ours.keys(), ...theirs.keys()])) {
    const [mine, other] = [ours.get(path), theirs.get(path)]
    if (mine !== other)
      lines.push(`${path || '(message)'}: ours ${mine ?? 'absent'}; Kafka's ${other ?? 'absent'}`)
  }
  return lines
}
