// The value of a record that was read as bytes, by the serde of its topic.
import { type AnyTopic, type ConsumerRecord, DeserializationError } from '@millrace/client'
import { isThenable } from './thenable.ts'

/** A promise where the serde has to wait. Throws DeserializationError, or rejects with it. */
export function readValue(topic: AnyTopic, record: ConsumerRecord): unknown {
  const { serde, context, required } = topic.parts.value
  const bytes = record.valueBytes
  if (serde === undefined || (bytes === null && !required)) return bytes
  try {
    if (bytes === null)
      throw new TypeError('it is null; nullable(…) in the topic’s definition would allow that')
    const read: unknown = serde.deserialize(bytes, context, record.headers)
    return isThenable(read)
      ? Promise.resolve(read).catch((error: unknown) => {
          throw refused(record, error)
        })
      : read
  } catch (error) {
    throw refused(record, error)
  }
}

function refused({ topic, partition, offset }: ConsumerRecord, cause: unknown): DeserializationError {
  return new DeserializationError({ topic, partition, offset, part: 'value' }, cause)
}
