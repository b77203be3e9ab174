// Reads a topic where it is told to: all of a partition, or single records by their offsets. Only what is committed.
import {
  ClosedError,
  type ClusterOptions,
  type ConsumerRecord,
  dialLeader,
  type PartitionConnection,
  PositionError,
} from '@millrace/client'

/** What one read brings, where one record is wanted and where many are. */
const oneMaxBytes = 65_536
const manyMaxBytes = 1_048_576
/** Offsets that are likely to come in one read. */
const nearOffsets = 500

export class OffsetReader {
  readonly #cluster: ClusterOptions
  readonly #topic: string
  readonly #connections = new Map<number, Promise<PartitionConnection>>()
  /** One read of a partition after the other: a connection has one position. */
  readonly #turns = new Map<number, Promise<unknown>>()
  #isClosed = false

  constructor(cluster: ClusterOptions, topic: string) {
    this.#cluster = cluster
    this.#topic = topic
  }

  /**
   * The records at these offsets, which are in rising order; those that the log does not have any more are left out. Their keys and values share memory with what else was read. Rejects with what
   * brokers say, and the signal's reason.
   */
  read(
    partition: number,
    offsets: readonly number[],
    signal: AbortSignal,
  ): Promise<Map<number, ConsumerRecord>> {
    return this.#inTurn(partition, () => this.#read(partition, offsets, signal))
  }

  /** Calls `use` for each record of a partition, from its start to an offset. Rejects as {@link read} does, and with what `use` throws. */
  scan(
    partition: number,
    end: number,
    use: (record: ConsumerRecord) => void,
    signal: AbortSignal,
  ): Promise<void> {
    return this.#inTurn(partition, () => this.#scan(partition, end, use, signal))
  }

  #inTurn<T>(partition: number, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(partition) ?? Promise.resolve()).then(work)
    this.#turns.set(
      partition,
      turn.catch(() => {}),
    )
    return turn
  }

  async #scan(
    partition: number,
    end: number,
    use: (record: ConsumerRecord) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const connection = await this.#connection(partition, signal)
    for (let at = await connection.seek('earliest', { signal }); at < end; ) {
      const batch = await connection.readBatch({ maxBytes: manyMaxBytes, signal })
      if (!batch) continue
      batch.forEach(use)
      at = batch.endOffset
    }
  }

  async #read(
    partition: number,
    offsets: readonly number[],
    signal: AbortSignal,
  ): Promise<Map<number, ConsumerRecord>> {
    const found = new Map<number, ConsumerRecord>()
    const wanted = new Set(offsets)
    const connection = await this.#connection(partition, signal)
    for (let next = 0; next < offsets.length; ) {
      const offset = offsets[next]!
      const isDense = (offsets[next + 1] ?? Number.POSITIVE_INFINITY) - offset < nearOffsets
      const endOffset = await this.#readFrom(connection, offset, isDense, signal, record => {
        if (wanted.has(record.offset)) found.set(record.offset, record)
      })
      while (next < offsets.length && offsets[next]! < endOffset) next++
    }
    return found
  }

  /** Returns the offset behind what was read. */
  async #readFrom(
    connection: PartitionConnection,
    offset: number,
    isDense: boolean,
    signal: AbortSignal,
    use: (record: ConsumerRecord) => void,
  ): Promise<number> {
    try {
      await connection.seek(offset)
      const batch = await connection.readBatch({
        maxBytes: isDense ? manyMaxBytes : oneMaxBytes,
        maxWaitMs: 0,
        signal,
      })
      // Nothing there, though there was: it is compacted away up to the end.
      if (!batch) return offset + 1
      batch.forEach(use)
      return batch.endOffset
    } catch (error) {
      if (error instanceof PositionError) return offset + 1
      throw error
    }
  }

  #connection(partition: number, signal: AbortSignal): Promise<PartitionConnection> {
    if (this.#isClosed) return Promise.reject(new ClosedError('the reader'))
    let connection = this.#connections.get(partition)
    if (!connection) {
      const options = {
        ...this.#cluster,
        onLeaderChange: 'redial' as const,
        isolationLevel: 'read_committed' as const,
      }
      connection = dialLeader(options, this.#topic, partition, { signal })
      this.#connections.set(partition, connection)
      connection.catch(() => this.#connections.delete(partition))
    }
    return connection
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const connection of this.#connections.values())
      await connection.then(
        open => open.close(),
        () => {},
      )
  }
}
