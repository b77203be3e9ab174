// Topics whose records are written as bytes: of those that are encoded already.
import { type AnyTopic, topic } from '@millrace/client'

const make = (name: string) => topic(name)

/** A topic without serdes. */
export type BytesTopic = ReturnType<typeof make>

const known = new WeakMap<AnyTopic, BytesTopic>()

/** The same topic for what is encoded already, or has no value whatever the serde says of that. */
export function bytesTopic(of: AnyTopic): BytesTopic {
  let bytes = known.get(of)
  if (!bytes) {
    bytes = make(of.name)
    known.set(of, bytes)
  }
  return bytes
}
