// Who a data directory belongs to: `meta.properties`, checked against what the broker thinks it is.
import { type Random, randomUuid } from '@millrace/runtime'
import { DirectoryFormatError } from '../api/errors.ts'
import type { LogLogger } from '../api/logger.ts'
import { systemCode } from '../disk/disk-errors.ts'
import type { Disk } from '../disk/disk.ts'
import { syncFile } from '../disk/sync-file.ts'
import {
  cleanShutdownName,
  decodeMetaProperties,
  encodeCleanShutdown,
  encodeMetaProperties,
  type MetaProperties,
  metaPropertiesName,
} from '../format/meta-properties.ts'

const defaultNodeId = 1

export interface OpenDirectoryOptions {
  readonly disk: Disk
  readonly directory: string
  readonly random: Random
  readonly fsync: 'group' | 'never'
  readonly clusterId?: string
  readonly nodeId?: number
  readonly logger?: LogLogger
}

const isBlank = (bytes: Buffer): boolean => bytes.every(byte => byte === 0)

/** Makes a data directory and what is missing above it, durably. */
export async function makeDirectoryDurable(disk: Disk, directory: string, syncs: boolean): Promise<void> {
  const parents: string[] = []
  for (let path = directory; !disk.stat(path); path = parents.at(-1)!) parents.push(parentOf(path))
  if (parents.length === 0) return
  disk.makeDirectory(directory)
  if (syncs) for (const parent of parents) await disk.syncDirectory(parent)
}

function parentOf(path: string): string {
  const at = path.replace(/\/+$/, '').lastIndexOf('/')
  if (at < 0) return '.'
  return at === 0 ? '/' : path.slice(0, at)
}

/** Reads the identity of a directory, or gives it one. Throws DirectoryFormatError when it is another's. */
export async function openDirectory(options: OpenDirectoryOptions): Promise<MetaProperties> {
  const { disk, directory, random, fsync } = options
  const path = `${directory}/${metaPropertiesName}`
  const bytes = disk.readFile(path)
  // A crash in the very first start, or with `never` a loss of power before the first clean stop, may leave the name without the content.
  const found = bytes && !isBlank(bytes) ? decodeMetaProperties(path, bytes) : {}
  if (bytes && isBlank(bytes))
    options.logger?.warn(`${path} has no content left: the directory gets a new identity`)
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
  if (!complete) {
    // The directory may have been made just now, here or in a start that was cut off: without its name nothing in it is durable.
    if (fsync === 'group') await syncAncestors(disk, directory)
    await store(disk, path, directory, properties, fsync === 'group')
  }
  return properties
}

/** Leaves the mark of a clean stop, durably. Everything that it vouches for must be durable, but for whose directory it is: `synced` tells. */
export async function markClean(disk: Disk, directory: string, synced: boolean): Promise<void> {
  if (!synced) await syncIdentity(disk, directory)
  disk.writeFile(`${directory}/${cleanShutdownName}`, encodeCleanShutdown())
  await disk.syncDirectory(directory)
}

/** Makes durable who a directory belongs to, and that it is there: what `fsync: 'never'` leaves undone until a clean stop. */
async function syncIdentity(disk: Disk, directory: string): Promise<void> {
  await syncFile(disk, `${directory}/${metaPropertiesName}`)
  await syncAncestors(disk, directory)
}

async function syncAncestors(disk: Disk, directory: string): Promise<void> {
  for (let path = directory; path !== '' && path !== '.'; ) {
    const slash = path.lastIndexOf('/')
    path = slash < 0 ? '.' : path.slice(0, slash)
    try {
      await disk.syncDirectory(path === '' ? '/' : path)
    } catch (error) {
      // A directory that we may pass through but not read is not one that we made.
      const code = systemCode(error)
      if (code !== 'EACCES' && code !== 'EPERM') throw error
    }
  }
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
  if (syncs) await syncFile(disk, temporary)
  disk.rename(temporary, path)
  if (syncs) await disk.syncDirectory(directory)
}
