// Who a data directory belongs to: `meta.properties`, checked against what the broker thinks it is.
import { type Random, randomUuid } from '@millrace/runtime'
import {
  decodeMetaProperties,
  encodeMetaProperties,
  type MetaProperties,
  metaPropertiesName,
} from './checkpoint-file.ts'
import type { Disk } from './disk.ts'
import { DirectoryFormatError } from './errors.ts'

const defaultNodeId = 1

export interface OpenDirectoryOptions {
  readonly disk: Disk
  readonly directory: string
  readonly random: Random
  readonly fsync: 'group' | 'never'
  readonly clusterId?: string
  readonly nodeId?: number
}

/** Reads the identity of a directory, or gives it one. Throws DirectoryFormatError when it is another's. */
export async function openDirectory(options: OpenDirectoryOptions): Promise<MetaProperties> {
  const { disk, directory, random, fsync } = options
  const path = `${directory}/${metaPropertiesName}`
  const bytes = disk.readFile(path)
  // A crash in the very first start may leave the name without the content.
  const found = bytes && bytes.length > 0 ? decodeMetaProperties(path, bytes) : {}
  const properties: MetaProperties = {
    clusterId: found.clusterId ?? options.clusterId ?? randomUuid(random),
    nodeId: found.nodeId ?? options.nodeId ?? defaultNodeId,
    directoryId: found.directoryId ?? randomUuid(random),
  }
  if (options.clusterId !== undefined && options.clusterId !== properties.clusterId) {
    throw new DirectoryFormatError(
      `${path} says cluster id ${properties.clusterId}, the configuration ${options.clusterId}: it is another cluster's directory`,
    )
  }
  if (options.nodeId !== undefined && options.nodeId !== properties.nodeId) {
    throw new DirectoryFormatError(
      `${path} says node id ${properties.nodeId}, the configuration ${options.nodeId}: it is another node's directory`,
    )
  }
  const complete =
    found.clusterId !== undefined && found.nodeId !== undefined && found.directoryId !== undefined
  if (!complete) await store(disk, path, directory, properties, fsync === 'group')
  return properties
}

async function store(
  disk: Disk,
  path: string,
  directory: string,
  properties: MetaProperties,
  syncs: boolean,
): Promise<void> {
  const temporary = `${path}.tmp`
  disk.writeFile(temporary, encodeMetaProperties(properties))
  if (syncs) {
    const file = disk.open(temporary, 'write')
    try {
      await file.datasync()
    } finally {
      file.close()
    }
  }
  disk.rename(temporary, path)
  if (syncs) await disk.syncDirectory(directory)
}
