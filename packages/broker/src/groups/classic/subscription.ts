// The topics that consumers of a group subscribe to, as far as the coordinator looks into their metadata.
import { DecodeError, Reader } from '@millrace/protocol'

/** The protocol type of consumer groups; Connect, schema registries and others have their own. */
export const consumerProtocolType = 'consumer'

/**
 * The topics of one ConsumerProtocolSubscription. All versions begin alike, so the version does not matter:
 *
 * ```
 * version int16 │ topic count int32 │ topics (length int16, UTF-8)… │ user data, newer fields …
 * ```
 *
 * Throws `DecodeError` when it is something else.
 */
export function subscribedTopics(metadata: Uint8Array): string[] {
  const reader = new Reader(Buffer.from(metadata.buffer, metadata.byteOffset, metadata.byteLength))
  reader.int16()
  const topics: string[] = []
  const count = reader.arrayLength(2)
  for (let index = 0; index < count; index++) topics.push(reader.string())
  return topics
}

/** What is asked of a group to know what its members subscribe to. */
export interface SubscribedGroup {
  readonly usesConsumerProtocol: boolean
  readonly protocolName: string | null
  readonly members: ReadonlyMap<string, { metadata(protocol: string): Uint8Array }>
}

/** Topics of all members; empty without members; null when the group is of another type or cannot be understood. */
export function subscribedTopicsOf(group: SubscribedGroup): ReadonlySet<string> | null {
  if (!group.usesConsumerProtocol) return null
  const { protocolName } = group
  const topics = new Set<string>()
  if (group.members.size === 0) return topics
  if (protocolName === null) return null
  try {
    for (const member of group.members.values()) {
      for (const topic of subscribedTopics(member.metadata(protocolName))) topics.add(topic)
    }
  } catch (error) {
    if (error instanceof DecodeError) return null
    throw error
  }
  return topics
}
