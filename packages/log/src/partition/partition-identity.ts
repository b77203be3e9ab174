// Which topic a partition's directory is of, read and written.
import { messageOf } from '../api/errors.ts'
import { isPassing } from '../disk/disk-errors.ts'
import {
  decodePartitionMetadata,
  encodePartitionMetadata,
  partitionMetadataName,
} from '../format/partition-metadata.ts'
import type { Storage } from '../storage/storage.ts'

/** Reads `partition.metadata` of a directory by its name; undefined when it does not say. Throws DirectoryFormatError for a version of the future. */
export function readTopicId(storage: Storage, name: string): string | undefined {
  const path = `${storage.directory}/${name}/${partitionMetadataName}`
  const bytes = storage.disk.readFile(path)
  return bytes && decodePartitionMetadata(path, bytes)
}

/** Writes `partition.metadata`; on a full disk the next sync of the partition does. Throws other errors of the disk. */
export function writeTopicId(storage: Storage, directory: string, topicId: string): void {
  try {
    storage.disk.writeFile(`${directory}/${partitionMetadataName}`, encodePartitionMetadata(topicId))
  } catch (error) {
    if (!isPassing(error)) throw error
    storage.logger.warn(`${partitionMetadataName} of ${directory} is not written: ${messageOf(error)}`)
  }
}
