// The small text files of the layout: checkpoints, partition.metadata, meta.properties, the mark of a clean stop.
import { DirectoryFormatError } from '../api/errors.ts'
import type { EpochEntry } from '../epochs/epoch-cache.ts'

/*
 * Checkpoints are lines of text: a version (0), the number of entries, and the entries.
 *   <dir>/recovery-point-offset-checkpoint, log-start-offset-checkpoint, replication-offset-checkpoint
 *       "<topic> <partition> <offset>"
 *   <dir>/<topic>-<partition>/leader-epoch-checkpoint
 *       "<epoch> <start offset>"
 */
export const recoveryPointName = 'recovery-point-offset-checkpoint'
export const logStartName = 'log-start-offset-checkpoint'
export const highWatermarkName = 'replication-offset-checkpoint'
export const cleanShutdownName = '.kafka_cleanshutdown'
export const metaPropertiesName = 'meta.properties'

/**
 * The file is not what was written: a loss of power took some of it or all, since it was renamed without a sync, or Apache Kafka has not got to
 * its first checkpoint. What it says can be found out from the logs, at the price of reading them.
 */
export class DamagedCheckpointError extends Error {
  override readonly name = 'DamagedCheckpointError'
}

/** Throws DirectoryFormatError for a version of the future, DamagedCheckpointError for what no version writes. */
function checkpointLines(path: string, bytes: Buffer): string[] {
  if (bytes.length === 0) throw new DamagedCheckpointError(`${path} is empty`)
  const [version, count, ...lines] = bytes.toString('utf8').split('\n')
  if (!/^\d+$/.test(version!)) throw new DamagedCheckpointError(`${path} does not begin with a version`)
  if (version !== '0')
    throw new DirectoryFormatError(`${path} has version "${version}"; this version of the log reads 0`)
  if (lines.at(-1) === '') lines.pop()
  if (Number(count) !== lines.length)
    throw new DamagedCheckpointError(`${path} announces ${count} entries and has ${lines.length}`)
  return lines
}

export function encodeCheckpoint(lines: readonly string[]): Buffer {
  return Buffer.from(`0\n${lines.length}\n${lines.map(line => `${line}\n`).join('')}`)
}

/** Offsets by partition directory name (`topic-partition`). */
export function decodeOffsets(path: string, bytes: Buffer): Map<string, number> {
  const offsets = new Map<string, number>()
  for (const line of checkpointLines(path, bytes)) {
    const match = /^(\S+) (\d+) (\d+)$/.exec(line)
    if (!match) throw new DamagedCheckpointError(`${path} has the line "${line}"`)
    offsets.set(`${match[1]}-${match[2]}`, Number(match[3]))
  }
  return offsets
}

export function encodeOffsets(offsets: Iterable<readonly [directory: string, offset: number]>): Buffer {
  const lines: string[] = []
  for (const [directory, offset] of offsets) {
    const dash = directory.lastIndexOf('-')
    lines.push(`${directory.slice(0, dash)} ${directory.slice(dash + 1)} ${offset}`)
  }
  return encodeCheckpoint(lines)
}

export function decodeEpochs(path: string, bytes: Buffer): EpochEntry[] {
  return checkpointLines(path, bytes).map(line => {
    const match = /^(\d+) (\d+)$/.exec(line)
    if (!match) throw new DamagedCheckpointError(`${path} has the line "${line}"`)
    return { epoch: Number(match[1]), startOffset: Number(match[2]) }
  })
}

export function encodeEpochs(entries: readonly EpochEntry[]): Buffer {
  return encodeCheckpoint(entries.map(entry => `${entry.epoch} ${entry.startOffset}`))
}

/** `partition.metadata` */
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

/** What `meta.properties` says of the directory. */
export interface MetaProperties {
  readonly clusterId: string
  readonly nodeId: number
  readonly directoryId: string
}

export function encodeMetaProperties(properties: MetaProperties): Buffer {
  const { clusterId, nodeId, directoryId } = properties
  return Buffer.from(
    `#\nnode.id=${nodeId}\ndirectory.id=${directoryId}\nversion=1\ncluster.id=${clusterId}\n`,
  )
}

export function decodeMetaProperties(path: string, bytes: Buffer): Partial<MetaProperties> {
  const values = new Map<string, string>()
  for (const line of bytes.toString('latin1').split(/\r?\n/)) {
    if (line.startsWith('#') || line.startsWith('!')) continue
    const at = line.search(/[=:]/)
    if (at > 0)
      values.set(
        line.slice(0, at).trim(),
        line
          .slice(at + 1)
          .trim()
          .replaceAll('\\', ''),
      )
  }
  const version = values.get('version')
  if (version !== '0' && version !== '1')
    throw new DirectoryFormatError(
      `${path} has version ${version ?? '(none)'}; this version of the log reads 0 and 1`,
    )
  const nodeId = values.get('node.id') ?? values.get('broker.id')
  const clusterId = values.get('cluster.id')
  const directoryId = values.get('directory.id')
  return {
    ...(clusterId === undefined ? {} : { clusterId }),
    ...(nodeId === undefined ? {} : { nodeId: Number(nodeId) }),
    ...(directoryId === undefined ? {} : { directoryId }),
  }
}

/** `.kafka_cleanshutdown`, as Apache Kafka writes it. */
export function encodeCleanShutdown(): Buffer {
  return Buffer.from('{"version":0,"brokerEpoch":-1}')
}
