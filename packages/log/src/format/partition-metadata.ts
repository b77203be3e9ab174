// Which topic a partition's directory is of: `partition.metadata`.
import { DirectoryFormatError } from '../api/errors.ts'

export const partitionMetadataName = 'partition.metadata'

/*
 *   version: 0
 *   topic_id: <22 characters, base64url of 16 bytes>
 */
export function encodePartitionMetadata(topicId: string): Buffer {
  return Buffer.from(`version: 0\ntopic_id: ${topicId}`)
}

/** The topic id, or undefined when the file is empty or cut off. Throws for a version of the future. */
export function decodePartitionMetadata(path: string, bytes: Buffer): string | undefined {
  const [first = '', second = ''] = bytes.toString('latin1').split('\n')
  const version = /^version: (\d+)$/.exec(first)?.[1]
  if (version === undefined) return undefined
  if (version !== '0')
    throw new DirectoryFormatError(`${path} has version ${version}; this version of the log reads 0`)
  return /^topic_id: ([\w-]{22})$/.exec(second.trim())?.[1]
}
