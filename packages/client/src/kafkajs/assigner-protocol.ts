// What members of a consumer group write of themselves and to each other: the bytes of Kafka's ConsumerProtocol, version 0, as KafkaJS's assigners handle them.
import { Reader, Writer } from '@millrace/protocol'
import type { Assignment, ISerializer, MemberAssignment, MemberMetadata } from './types/cluster.ts'

const nothing = Buffer.alloc(0)

/** KafkaJS takes what has no data, too. */
type WithoutData<T> = Omit<T, 'userData'> & { readonly userData?: Buffer }

const memberMetadata: ISerializer<MemberMetadata> = {
  encode({ version, topics, userData }: WithoutData<MemberMetadata>) {
    const writer = new Writer()
    writer.int16(version)
    writer.int32(topics.length)
    for (const topic of topics) writer.string(topic)
    writer.bytes(userData ?? nothing)
    return writer.finishBuffer()
  },
  decode(buffer) {
    const reader = new Reader(buffer)
    const version = reader.int16()
    const topics = Array.from({ length: reader.int32() }, () => reader.string())
    return { version, topics, userData: reader.nullableBytes() ?? nothing }
  },
}

const memberAssignment: ISerializer<MemberAssignment> = {
  encode({ version, assignment, userData }: WithoutData<MemberAssignment>) {
    const writer = new Writer()
    const topics = Object.keys(assignment)
    writer.int16(version)
    writer.int32(topics.length)
    for (const topic of topics) {
      const partitions = assignment[topic]!
      writer.string(topic)
      writer.int32(partitions.length)
      for (const partition of partitions) writer.int32(partition)
    }
    writer.bytes(userData ?? nothing)
    return writer.finishBuffer()
  },
  decode(buffer) {
    if (buffer.length < 2) return null
    const reader = new Reader(buffer)
    const version = reader.int16()
    const assignment: Assignment = {}
    for (let left = reader.int32(); left > 0; left--)
      assignment[reader.string()] = Array.from({ length: reader.int32() }, () => reader.int32())
    return { version, assignment, userData: reader.nullableBytes() ?? nothing }
  },
}

/** Reads and writes the bytes that assigners deal with. */
export const AssignerProtocol: {
  MemberMetadata: ISerializer<MemberMetadata>
  MemberAssignment: ISerializer<MemberAssignment>
} = { MemberMetadata: memberMetadata, MemberAssignment: memberAssignment }
