// Checkpoints: small text files with an offset or an epoch a line.
import { DirectoryFormatError } from '../api/errors.ts'

/*
 * Checkpoints are lines of text: a version (0), the number of entries, and the entries.
 *   <dir>/recovery-point-offset-checkpoint, log-start-offset-checkpoint, replication-offset-checkpoint,
 *   <dir>/cleaner-offset-checkpoint
 *       "<topic> <partition> <offset>"
 *   <dir>/<topic>-<partition>/leader-epoch-checkpoint
 *       "<epoch> <start offset>"
 */
export const recoveryPointName = 'recovery-point-offset-checkpoint'
export const logStartName = 'log-start-offset-checkpoint'
export const highWatermarkName = 'replication-offset-checkpoint'
export const cleanedName = 'cleaner-offset-checkpoint'
export const epochCheckpointName = 'leader-epoch-checkpoint'

/** An epoch, and the offset of its first batch. */
export interface EpochEntry {
  readonly epoch: number
  readonly startOffset: number
}

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
  // A line without its end may have lost digits: it would be another offset.
  if (lines.pop() !== '') throw new DamagedCheckpointError(`${path} ends in the middle of a line`)
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
