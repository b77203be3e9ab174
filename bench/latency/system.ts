// What a system under the latency bench is asked for: one record in, acknowledged; records out, each committed when wanted.

/** How a system is reached by one run. */
export interface Target {
  /** `host:port`. */
  readonly address: string
  /** Topic, stream key or subject; the system has made it. */
  readonly topic: string
  /** Folder whose node_modules holds the peers' clients. */
  readonly peers: string
}

export interface LatencySystem {
  /** Resolves when the record is acknowledged. Must not keep `value` beyond that. */
  send(value: Buffer): Promise<unknown>
  /**
   * Calls `arrived` for every record from now on, until `close`. With `commit` each record's commit is confirmed before the next
   * record is taken. Rejects when reading or a commit fails, and may when `close` comes between.
   */
  read(arrived: (value: Uint8Array) => void, commit: boolean): Promise<void>
  close(): Promise<void>
}

export type OpenSystem = (target: Target) => Promise<LatencySystem>
