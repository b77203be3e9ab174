// The message definitions inside Apache Kafka's jars: JSON with comments, read into types.
import type { VersionRange } from '../../packages/protocol/generator/ranges.ts'
import { parseRange } from '../../packages/protocol/generator/ranges.ts'
import { filesOfJars } from './jar.ts'

export interface KafkaField {
  readonly name: string
  readonly type: string
  readonly versions?: string
  readonly nullableVersions?: string
  readonly taggedVersions?: string
  readonly flexibleVersions?: string
  readonly tag?: number
  readonly default?: string | number | boolean | null
  readonly ignorable?: unknown
  readonly fields?: readonly KafkaField[]
}

export interface KafkaMessage {
  readonly type: string
  readonly name: string
  readonly apiKey?: number
  readonly listeners?: readonly string[]
  readonly validVersions: string
  readonly flexibleVersions: string
  readonly latestVersionUnstable?: boolean
  readonly fields?: readonly KafkaField[]
  readonly commonStructs?: readonly { readonly name: string; readonly fields: readonly KafkaField[] }[]
}

/** Beyond any version that exists: what `3+` reaches to before it is narrowed. */
const newest = 32_767

/** `undefined` for "none". */
export function kafkaRange(text: string): VersionRange | undefined {
  return text === 'none' ? undefined : parseRange(text, newest)
}

/** Every message definition of the jars in a folder, by name. */
export function kafkaMessages(folder: string): Map<string, KafkaMessage> {
  const files = filesOfJars(folder, path => /^(common\/)?(message|metadata)\/\w+\.json$/.test(path))
  const messages = new Map<string, KafkaMessage>()
  for (const { jar, path, text } of files) {
    // Kafka Streams keeps its private formats in the same form.
    if (jar.startsWith('kafka-streams-')) continue
    // Comments stand on lines of their own, or behind a value.
    const json = text.replace(/^\s*\/\/.*$/gm, '').replace(/\s\/\/[^"\n]*$/gm, '')
    const message = JSON.parse(json) as KafkaMessage
    if (messages.has(message.name)) throw new Error(`${jar}!${path}: ${message.name} is there twice`)
    messages.set(message.name, message)
  }
  return messages
}
