// Who a data directory belongs to, and the mark that its last stop was clean: `meta.properties`, `.kafka_cleanshutdown`.
import { DirectoryFormatError } from '../api/errors.ts'

export const metaPropertiesName = 'meta.properties'
export const cleanShutdownName = '.kafka_cleanshutdown'

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
