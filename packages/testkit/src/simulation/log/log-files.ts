// What a closed data directory may contain, and that each partition in it is sound.
import type { SimDisk } from '../../sim/index.ts'
import { checkPartitionDirectory } from '../partition-directory.ts'
import { Violation } from '../violation.ts'

/** Files of a data directory after a clean stop: Kafka's, the lock, and the reserve. */
const topFiles = new Set([
  'meta.properties',
  '.lock',
  '.kafka_cleanshutdown',
  'recovery-point-offset-checkpoint',
  'log-start-offset-checkpoint',
  'replication-offset-checkpoint',
  'cleaner-offset-checkpoint',
  'bootstrap.checkpoint',
  'millrace-reserve-0',
  'millrace-reserve-1',
  'millrace-reserve-2',
  'millrace-reserve-3',
])

/** Checks everything below `directory` after a clean stop and returns how many batches there are. */
export function checkClosedDirectory(disk: SimDisk, directory: string): number {
  const partitions = new Map<string, Map<string, Buffer>>()
  const top = new Set<string>()
  for (const [path, file] of disk.volume.files()) {
    if (!path.startsWith(`/${directory}/`)) continue
    const [first, ...rest] = path.slice(directory.length + 2).split('/')
    if (rest.length === 0) {
      top.add(first!)
      continue
    }
    const files = partitions.get(first!) ?? new Map<string, Buffer>()
    files.set(rest.join('/'), file.cached.copy())
    partitions.set(first!, files)
  }
  const foreign = [...top].filter(name => !topFiles.has(name))
  if (foreign.length > 0 || !top.has('.kafka_cleanshutdown')) {
    throw new Violation('the log directory is sound', `after a clean stop there is ${[...top].join(', ')}`)
  }
  let batches = 0
  for (const [name, files] of partitions) {
    if (/-\d+$/.test(name)) batches += checkPartitionDirectory(name, files).batches
  }
  return batches
}
