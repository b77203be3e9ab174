// Metadata records as bytes: the value of a record of the metadata log, in Apache Kafka's own formats.
//
//   | frame version: uvarint = 1 | record type: uvarint | version: uvarint | fields (flexible) |
import { Reader, Writer } from '@millrace/protocol/base'
import {
  AccessControlEntryRecordFormat,
  decodeAccessControlEntryRecord,
  ClientQuotaRecordFormat,
  decodeClientQuotaRecord,
  decodeConfigRecord,
  decodeDelegationTokenRecord,
  decodeFeatureLevelRecord,
  decodePartitionRecord,
  decodeProducerIdsRecord,
  decodeRemoveAccessControlEntryRecord,
  decodeRemoveDelegationTokenRecord,
  decodeRemoveTopicRecord,
  decodeRemoveUserScramCredentialRecord,
  decodeTopicRecord,
  decodeUserScramCredentialRecord,
  ConfigRecordFormat,
  encodeAccessControlEntryRecord,
  encodeClientQuotaRecord,
  encodeConfigRecord,
  DelegationTokenRecordFormat,
  encodeDelegationTokenRecord,
  encodeFeatureLevelRecord,
  encodePartitionRecord,
  encodeProducerIdsRecord,
  encodeRemoveAccessControlEntryRecord,
  encodeRemoveDelegationTokenRecord,
  encodeRemoveTopicRecord,
  encodeRemoveUserScramCredentialRecord,
  encodeTopicRecord,
  encodeUserScramCredentialRecord,
  FeatureLevelRecordFormat,
  PartitionRecordFormat,
  ProducerIdsRecordFormat,
  RemoveAccessControlEntryRecordFormat,
  RemoveDelegationTokenRecordFormat,
  RemoveTopicRecordFormat,
  RemoveUserScramCredentialRecordFormat,
  TopicRecordFormat,
  UserScramCredentialRecordFormat,
} from '@millrace/protocol/messages/records'
import type { MetadataRecord } from './record.ts'

/** The node that all partitions are on: PartitionRecord names it. */
export interface RecordOwner {
  readonly nodeId: number
  /** `directory.id` of meta.properties. */
  readonly directoryId: string
}

const writer = new Writer(1024)

/** Encodes the value of a metadata record. The bytes are the caller's. */
export function encodeMetadataRecord(record: MetadataRecord, owner: RecordOwner): Buffer {
  switch (record.type) {
    case 'topic':
      encodeTopicRecord(writer, record)
      break
    case 'partition': {
      const nodes = [owner.nodeId]
      encodePartitionRecord(writer, {
        partitionId: record.partition,
        topicId: record.topicId,
        replicas: nodes,
        isr: nodes,
        removingReplicas: [],
        addingReplicas: [],
        leader: owner.nodeId,
        leaderEpoch: record.leaderEpoch,
        partitionEpoch: record.partitionEpoch,
        directories: [owner.directoryId],
      })
      break
    }
    case 'removeTopic':
      encodeRemoveTopicRecord(writer, record)
      break
    case 'config':
      encodeConfigRecord(writer, record)
      break
    case 'acl':
      encodeAccessControlEntryRecord(writer, record)
      break
    case 'removeAcl':
      encodeRemoveAccessControlEntryRecord(writer, record)
      break
    case 'scramUser':
      encodeUserScramCredentialRecord(writer, record)
      break
    case 'removeScramUser':
      encodeRemoveUserScramCredentialRecord(writer, record)
      break
    case 'delegationToken':
      encodeDelegationTokenRecord(writer, {
        owner: record.owner,
        requester: record.requester,
        renewers: [...record.renewers],
        issueTimestamp: record.issueTimestampMs,
        maxTimestamp: record.maxTimestampMs,
        expirationTimestamp: record.expiryTimestampMs,
        tokenId: record.tokenId,
      })
      break
    case 'removeDelegationToken':
      encodeRemoveDelegationTokenRecord(writer, record)
      break
    case 'producerIds':
      encodeProducerIdsRecord(writer, { brokerId: owner.nodeId, nextProducerId: record.nextProducerId })
      break
    case 'featureLevel':
      encodeFeatureLevelRecord(writer, { name: record.name, featureLevel: record.level })
      break
    case 'clientQuota': {
      const { entity, key, value } = record
      encodeClientQuotaRecord(writer, { entity, key, value: value ?? 0, remove: value === null })
    }
  }
  return writer.finishBuffer()
}

/** Decodes the value of a metadata record; throws for a type that this version does not know. */
export function decodeMetadataRecord(value: Buffer): MetadataRecord {
  const head = new Reader(value)
  head.uvarint()
  const type = head.uvarint()
  const reader = new Reader(value)
  switch (type) {
    case TopicRecordFormat.type: {
      const { name, topicId } = decodeTopicRecord(reader)
      return { type: 'topic', name, topicId }
    }
    case PartitionRecordFormat.type: {
      const { partitionId, topicId, leaderEpoch, partitionEpoch } = decodePartitionRecord(reader)
      return { type: 'partition', topicId, partition: partitionId, leaderEpoch, partitionEpoch }
    }
    case RemoveTopicRecordFormat.type:
      return { type: 'removeTopic', topicId: decodeRemoveTopicRecord(reader).topicId }
    case ConfigRecordFormat.type: {
      const { resourceType, resourceName, name, value: text } = decodeConfigRecord(reader)
      return { type: 'config', resourceType, resourceName, name, value: text }
    }
    case AccessControlEntryRecordFormat.type:
      return { type: 'acl', ...decodeAccessControlEntryRecord(reader) }
    case RemoveAccessControlEntryRecordFormat.type:
      return { type: 'removeAcl', id: decodeRemoveAccessControlEntryRecord(reader).id }
    case UserScramCredentialRecordFormat.type: {
      const { salt, storedKey, serverKey, ...rest } = decodeUserScramCredentialRecord(reader)
      // What is kept of a record must not keep what was read with it.
      const own = {
        salt: Buffer.from(salt),
        storedKey: Buffer.from(storedKey),
        serverKey: Buffer.from(serverKey),
      }
      return { type: 'scramUser', ...rest, ...own }
    }
    case RemoveUserScramCredentialRecordFormat.type:
      return { type: 'removeScramUser', ...decodeRemoveUserScramCredentialRecord(reader) }
    case DelegationTokenRecordFormat.type: {
      const { issueTimestamp, maxTimestamp, expirationTimestamp, ...names } =
        decodeDelegationTokenRecord(reader)
      return {
        type: 'delegationToken',
        ...names,
        issueTimestampMs: issueTimestamp,
        maxTimestampMs: maxTimestamp,
        expiryTimestampMs: expirationTimestamp,
      }
    }
    case RemoveDelegationTokenRecordFormat.type:
      return { type: 'removeDelegationToken', tokenId: decodeRemoveDelegationTokenRecord(reader).tokenId }
    case ProducerIdsRecordFormat.type:
      return { type: 'producerIds', nextProducerId: decodeProducerIdsRecord(reader).nextProducerId }
    case FeatureLevelRecordFormat.type: {
      const { name, featureLevel } = decodeFeatureLevelRecord(reader)
      return { type: 'featureLevel', name, level: featureLevel }
    }
    case ClientQuotaRecordFormat.type: {
      const { entity, key, value: limit, remove } = decodeClientQuotaRecord(reader)
      return { type: 'clientQuota', entity, key, value: remove ? null : limit }
    }
    default:
      throw new Error(
        `the metadata log has a record of type ${type}; a newer version of this broker wrote it`,
      )
  }
}
