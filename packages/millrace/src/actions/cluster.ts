// `millrace cluster`: what it does.
import type { Admin, DescribedLogDir, ListedTopic } from '@millrace/client'
import { ApiVersionsApi } from '@millrace/protocol'
import type { ClusterOptions, Context } from '../context.ts'
import { flow } from '../output/fold.ts'
import { renderTable } from '../output/table.ts'
import { printJson, tableStyle, type Terminal } from '../output/terminal.ts'
import { countOf, formatBytes } from '../output/units.ts'
import { version } from '../version.ts'
import { withAdmin } from './connect.ts'

interface BrokerRow {
  readonly id: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly controller: boolean
  /** Replicas on its disks, and their bytes; null where the broker does not tell. */
  readonly replicas: number | null
  readonly sizeBytes: number | null
  /** Left on the volumes of its log directories; null where the broker does not tell. */
  readonly freeBytes: number | null
}

interface FeatureRow {
  readonly name: string
  /** The level that is in use; null while none is. */
  readonly level: number | null
  readonly min: number
  readonly max: number
}

interface ShownCluster {
  readonly clusterId: string | null
  readonly controller: number | null
  /** Those of users; Kafka's own are `internal`. */
  readonly topics: number
  readonly partitions: number
  readonly internal: { readonly topics: number; readonly partitions: number }
  readonly brokers: readonly BrokerRow[]
  readonly features: readonly FeatureRow[]
}

/** ApiVersions names features from here on; version 5 asks for a broker by its id, which is not what is wanted. */
const featuresFrom = 3
const featuresTo = 4

export async function describeCluster(options: ClusterOptions, context: Context): Promise<void> {
  const { terminal, signal } = context
  await withAdmin(options, context, async admin => {
    const [{ clusterId, controllerId, brokers }, topics, features] = await Promise.all([
      admin.describeCluster({ signal }),
      admin.listTopics({ signal }),
      featuresOf(admin, signal),
    ])
    const directories = await logDirs(admin, context)
    const shown: ShownCluster = {
      clusterId,
      controller: controllerId < 0 ? null : controllerId,
      ...countsOf(topics.filter(({ isInternal }) => !isInternal)),
      internal: countsOf(topics.filter(({ isInternal }) => isInternal)),
      brokers: brokers
        .map(({ id, host, port, rack }) => ({
          id,
          host,
          port,
          rack,
          controller: id === controllerId,
          ...sizesOf(directories.filter(({ brokerId }) => brokerId === id)),
        }))
        .sort((a, b) => a.id - b.id),
      features,
    }
    if (options.json) await printJson(terminal, shown)
    else await terminal.write(`${showCluster(shown, terminal)}\n`)
  })
}

const countsOf = (topics: readonly ListedTopic[]) => ({
  topics: topics.length,
  partitions: topics.reduce((sum, { partitions }) => sum + partitions, 0),
})

/** Sizes are a courtesy, as in the description of topics. */
async function logDirs(admin: Admin, { signal, terminal }: Context): Promise<readonly DescribedLogDir[]> {
  try {
    return (await admin.describeLogDirs({ signal })).filter(({ error }) => !error)
  } catch (error) {
    signal.throwIfAborted()
    terminal.note(`sizes are not known: ${(error as Error).message}`)
    return []
  }
}

function sizesOf(
  directories: readonly DescribedLogDir[],
): Pick<BrokerRow, 'replicas' | 'sizeBytes' | 'freeBytes'> {
  if (directories.length === 0) return { replicas: null, sizeBytes: null, freeBytes: null }
  const partitions = directories.flatMap(directory => directory.partitions)
  const known = directories.filter(({ usableBytes }) => usableBytes >= 0)
  return {
    replicas: partitions.length,
    sizeBytes: partitions.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    freeBytes: known.length === 0 ? null : known.reduce((sum, { usableBytes }) => sum + usableBytes, 0),
  }
}

/** What the brokers could do together, and what of it is in use. */
async function featuresOf(admin: Admin, signal: AbortSignal): Promise<FeatureRow[]> {
  const ranges = await admin.cluster.apiRanges('any', signal)
  const { max } = ranges.rangeOf(ApiVersionsApi.key) ?? { max: 0 }
  if (max < featuresFrom) return []
  const { supportedFeatures, finalizedFeatures } = await admin.cluster.request(
    ApiVersionsApi,
    { clientSoftwareName: 'millrace-cli', clientSoftwareVersion: version() },
    { minVersion: featuresFrom, maxVersion: featuresTo, signal },
  )
  const levels = new Map(finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]))
  return supportedFeatures
    .map(({ name, minVersion, maxVersion }) => ({
      name,
      level: levels.get(name) ?? null,
      min: minVersion,
      max: maxVersion,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function showCluster(cluster: ShownCluster, terminal: Terminal): string {
  const { clusterId, controller, topics, partitions, internal, brokers, features } = cluster
  const bytes = (value: number | null) => (value === null ? null : formatBytes(value))
  const heading = flow(
    [
      `cluster ${clusterId ?? '(no id)'}`,
      `controller ${controller ?? 'unknown'}`,
      countOf(topics, 'topic'),
      countOf(partitions, 'partition'),
      ...(internal.topics > 0
        ? [`internal: ${countOf(internal.topics, 'topic')}, ${countOf(internal.partitions, 'partition')}`]
        : []),
    ],
    terminal.width,
  )
  const brokerTable = renderTable(
    brokers,
    [
      { title: 'BROKER', value: row => row.id },
      { title: 'ADDRESS', value: row => `${row.host}:${row.port}` },
      { title: 'RACK', value: row => row.rack },
      { title: 'ROLE', value: row => (row.controller ? 'controller' : null) },
      { title: 'REPLICAS', value: row => row.replicas, numeric: true },
      { title: 'SIZE', value: row => bytes(row.sizeBytes), numeric: true },
      { title: 'FREE', value: row => bytes(row.freeBytes), numeric: true },
    ],
    tableStyle(terminal),
  )
  const featureTable = renderTable(
    features,
    [
      { title: 'FEATURE', value: row => row.name },
      { title: 'LEVEL', value: row => row.level, numeric: true },
      { title: 'SUPPORTED', value: row => `${row.min}-${row.max}` },
    ],
    tableStyle(terminal),
  )
  return [heading, ...brokerTable, ...(features.length > 0 ? ['', ...featureTable] : [])].join('\n')
}
