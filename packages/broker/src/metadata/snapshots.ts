// Snapshots of metadata: files beside the metadata log, named and written as Apache Kafka does.
//
//   <end offset, 20 digits>-<leader epoch, 10 digits>.checkpoint
//
//   | control batch: SnapshotHeaderRecord | batches of metadata records … | control batch: SnapshotFooterRecord |
//
// A file without its footer was not finished. It is written under another name and renamed when it is durable, so none is seen.
import type { Disk } from '@millrace/log'
import { batches, RecordBatchWriter, Writer } from '@millrace/protocol/base'
import { encodeSnapshotFooterRecord, encodeSnapshotHeaderRecord } from '@millrace/protocol/messages/records'
import type { Clock } from '@millrace/runtime'
import { buildMetadataBatch, readMetadataBatches } from './batch.ts'
import type { MetadataImage } from './image.ts'
import type { MetadataRecord } from './record.ts'
import type { RecordOwner } from './record-codec.ts'

export interface MetadataSnapshot {
  readonly endOffset: number
  readonly leaderEpoch: number
  readonly records: readonly MetadataRecord[]
}

/** Types of control records (`ControlRecordType`). */
const snapshotHeaderType = 3
const snapshotFooterType = 4
const recordsPerBatch = 1_000
const namePattern = /^(\d{20})-(\d{10})\.checkpoint$/

export class MetadataSnapshots {
  readonly #disk: Disk
  readonly #directory: string
  readonly #owner: RecordOwner
  readonly #clock: Clock

  /** `directory` is that of the metadata log. */
  constructor(disk: Disk, directory: string, owner: RecordOwner, clock: Clock) {
    this.#disk = disk
    this.#directory = directory
    this.#owner = owner
    this.#clock = clock
  }

  /** The records of the newest snapshot, or undefined when there is none. Throws for one that is damaged. */
  async readLatest(): Promise<MetadataSnapshot | undefined> {
    const newest = this.#names().at(-1)
    if (!newest) return undefined
    const path = `${this.#directory}/${newest.name}`
    const bytes = this.#disk.readFile(path)
    if (!bytes) throw new Error(`${path} cannot be read`)
    const last = [...batches(bytes)].at(-1)
    if (!last?.isControl || last.end !== bytes.length || last.start === 0) {
      throw new Error(`${path} is damaged: it has no footer`)
    }
    return { ...newest, records: [...readMetadataBatches(bytes)] }
  }

  /** Writes the image as of `endOffset` (exclusive); durable when it resolves. */
  async write(image: MetadataImage, endOffset: number, leaderEpoch: number): Promise<void> {
    const name = `${String(endOffset).padStart(20, '0')}-${String(leaderEpoch).padStart(10, '0')}.checkpoint`
    const path = `${this.#directory}/${name}`
    const file = this.#disk.open(`${path}.part`, 'create')
    try {
      file.truncate(0)
      file.writev(this.#chunks(image, leaderEpoch), 0)
      await file.datasync()
    } finally {
      file.close()
    }
    this.#disk.rename(`${path}.part`, path)
    await this.#disk.syncDirectory(this.#directory)
  }

  /** Removes snapshots older than the one at `endOffset`. */
  async removeBefore(endOffset: number): Promise<void> {
    for (const snapshot of this.#names()) {
      if (snapshot.endOffset < endOffset) this.#disk.unlink(`${this.#directory}/${snapshot.name}`)
    }
    await this.#disk.syncDirectory(this.#directory)
  }

  #names(): { name: string; endOffset: number; leaderEpoch: number }[] {
    return this.#disk
      .readDirectory(this.#directory)
      .flatMap(({ name }) => {
        const match = namePattern.exec(name)
        return match ? [{ name, endOffset: Number(match[1]), leaderEpoch: Number(match[2]) }] : []
      })
      .sort((a, b) => a.endOffset - b.endOffset)
  }

  #chunks(image: MetadataImage, leaderEpoch: number): Buffer[] {
    const nowMs = this.#clock.now()
    let offset = 0
    const chunks: Buffer[] = []
    const control = (type: number, value: Buffer) => {
      const key = Buffer.from([0, 0, 0, type])
      const writer = new RecordBatchWriter()
      writer.reset({ baseOffset: offset++ })
      writer.append(nowMs, key, value)
      chunks.push(writer.finish({ control: true, partitionLeaderEpoch: leaderEpoch }))
    }
    const body = new Writer()
    encodeSnapshotHeaderRecord(body, { version: 0, lastContainedLogTimestamp: nowMs }, 0)
    control(snapshotHeaderType, body.finishBuffer())
    let records: MetadataRecord[] = []
    const flush = () => {
      if (records.length === 0) return
      chunks.push(buildMetadataBatch(records, this.#owner, nowMs, { baseOffset: offset, leaderEpoch }))
      offset += records.length
      records = []
    }
    for (const record of image.records()) {
      records.push(record)
      if (records.length === recordsPerBatch) flush()
    }
    flush()
    encodeSnapshotFooterRecord(body, { version: 0 }, 0)
    control(snapshotFooterType, body.finishBuffer())
    return chunks
  }
}
