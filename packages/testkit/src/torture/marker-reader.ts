// Reads what is committed in a topic by the markers in its log alone: neither the broker's index of aborted transactions nor the client's filter has a part in it.
import { setTimeout } from 'node:timers/promises'
import {
  ControlRecordType,
  ErrorCode,
  errorByCode,
  FetchApi,
  readBatchHeader,
  readControlRecord,
  RecordBatchCursor,
} from '@millrace/protocol'
import { Cluster } from '@millrace/client'

/** The last version that names topics. */
const fetchVersion = 12
const fetchBytes = 4 << 20
/** Several times the transaction time-out of the workers. */
const markerPatienceMs = 20_000

/** A record of a committed transaction, or of none. */
export interface CommittedRecord {
  readonly offset: number
  readonly value: string
}

/** Walks over batches, and keeps what is written in a transaction until its marker says what becomes of it. */
class Walk {
  readonly committed: CommittedRecord[] = []
  readonly #open = new Map<number, CommittedRecord[]>()
  readonly #cursor = new RecordBatchCursor()
  position = 0

  get openTransactions(): number {
    return this.#open.size
  }

  add(bytes: Buffer): void {
    for (let at = 0; at + 12 <= bytes.length; ) {
      const end = at + 12 + bytes.readInt32BE(at + 8)
      // The last batch of an answer may be cut off.
      if (end > bytes.length) return
      const header = readBatchHeader(bytes, at)
      at = header.end
      if (header.nextOffset <= this.position) continue
      const cursor = this.#cursor.open(header)
      if (header.isControl) this.#end(header.producerId, cursor)
      else this.#keep(header.isTransactional ? header.producerId : undefined, cursor)
      this.position = header.nextOffset
    }
  }

  #keep(producerId: number | undefined, cursor: RecordBatchCursor): void {
    const kept = producerId === undefined ? this.committed : (this.#open.get(producerId) ?? [])
    while (cursor.next()) kept.push({ offset: cursor.offset, value: cursor.valueString() ?? '' })
    if (producerId !== undefined) this.#open.set(producerId, kept)
  }

  #end(producerId: number, cursor: RecordBatchCursor): void {
    if (!cursor.next()) return
    if (readControlRecord(cursor).type === ControlRecordType.COMMIT)
      this.committed.push(...(this.#open.get(producerId) ?? []))
    this.#open.delete(producerId)
  }
}

/**
 * Everything that is committed in a partition, in the order of the log. Markers are written behind the answer to a commit, and what a process that
 * was killed has left open ends by its time-out. Throws when a transaction has no marker for longer than that.
 */
export async function readByMarkers(
  brokers: readonly string[],
  topic: string,
  partition: number,
): Promise<CommittedRecord[]> {
  await using cluster = new Cluster({ brokers })
  await cluster.topic(topic)
  const walk = new Walk()
  const patientUntilMs = Date.now() + markerPatienceMs
  for (;;) {
    const answer = await cluster.request(
      FetchApi,
      {
        maxWaitMs: 0,
        minBytes: 1,
        maxBytes: fetchBytes,
        sessionId: 0,
        sessionEpoch: -1,
        topics: [
          {
            topic,
            partitions: [{ partition, fetchOffset: walk.position, partitionMaxBytes: fetchBytes }],
          },
        ],
      },
      { to: { leaderOf: { topic, partition } }, purpose: 'fetch', maxVersion: fetchVersion },
    )
    const found = answer.responses[0]?.partitions[0]
    const errorCode = found?.errorCode ?? answer.errorCode
    if (!found || errorCode !== ErrorCode.NONE)
      throw new Error(`reading ${topic}-${partition}: ${errorByCode(errorCode).name}`)
    walk.add(Buffer.concat([...(found.records ?? [])]))
    if (walk.position < found.highWatermark) continue
    if (walk.openTransactions > 0) {
      if (Date.now() > patientUntilMs)
        throw new Error(`${topic}-${partition}: ${walk.openTransactions} transactions have no marker`)
      await setTimeout(100)
      continue
    }
    return walk.committed.sort((a, b) => a.offset - b.offset)
  }
}
