// Refuses records with fields that mean nothing here: a misspelt one would be dropped without a word.
import { nearestName } from '@millrace/runtime'
import { StateError } from '../errors/index.ts'

const fields: readonly string[] = ['topic', 'key', 'value', 'headers', 'partition', 'timestamp', 'tag']
/** Fields that a record has which was consumed: whoever writes `{ ...record, topic }` need not take them out. */
const carried: readonly string[] = ['offset', 'timestampType', 'leaderEpoch', 'topicId', 'size', 'attributes']
const known: ReadonlySet<string> = new Set([...fields, ...carried])

/** Throws StateError for a record with an unknown field. */
export function checkFields(record: object): void {
  for (const name in record) if (!known.has(name)) refuse(record as UntypedRecord, name)
}

/** The error for a record whose value is undefined: which may be there under another name. */
export function missingValue(record: object): StateError {
  checkFields(record)
  const { topic } = record as UntypedRecord
  return new StateError(
    `a record for topic "${String(topic)}" has no value; for a tombstone write value: null`,
  )
}

interface UntypedRecord {
  readonly topic?: unknown
}

function refuse(record: UntypedRecord, name: string): never {
  const of = `a record for topic "${String(record.topic)}" has a field "${name}"`
  if (name in foreign) throw new StateError(`${of}${foreign[name as keyof typeof foreign]}`)
  const near = nearestName(name, fields)
  throw new StateError(
    `${of}${near ? `; did you mean "${near}"?` : `; a record has ${fields.slice(0, -1).join(', ')} and ${fields.at(-1)}`}`,
  )
}

/** KafkaJS puts several records, and how they are sent, into one argument; librdkafka's listeners get an opaque. */
const foreign = {
  messages: '; write the records themselves: send(messages.map(message => ({ topic, ...message })))',
  acks: '; it is an option of the producer',
  compression: '; it is an option of the producer',
  opaque: '; it is called "tag"',
} as const
