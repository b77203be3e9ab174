// A broker under test: Apache Kafka (the oracle) or Millrace, each one process with a data folder of its own.
import { createServer } from 'node:net'

export type EngineName = 'apache' | 'millrace'
export const engineNames: readonly EngineName[] = ['apache', 'millrace']

export interface EngineOptions {
  /** Folder for configuration, data and logs; made by the caller. */
  readonly dir: string
  /** Broker properties on top of the engine's own, by Kafka's names. */
  readonly properties?: Readonly<Record<string, string>>
  /** Sync to disk before acknowledging. Apache Kafka does so only with `flush.messages=1`. Default: false for Apache Kafka. */
  readonly syncBeforeAck?: boolean
  /** JVM flags of Apache Kafka instead of the small heap that suffices for conformance. */
  readonly jvmFlags?: readonly string[]
  /** A folder of classes beside those of Apache Kafka. */
  readonly plugins?: string
}

export interface Engine {
  readonly name: EngineName
  /** `host:port`, the same after every start. */
  readonly bootstrap: string
  /** Folder in Kafka's log layout. */
  readonly dataDir: string
  readonly alive: boolean
  /** Process id of the running broker. Throws when it does not run. */
  readonly pid: number
  /** Resolves when the broker answers. */
  start(): Promise<void>
  /** Clean shutdown. */
  stop(): Promise<void>
  /** What a power cut of the process looks like: SIGKILL. */
  kill9(): Promise<void>
  /** The last lines that the broker printed. */
  logTail(): string
}

/** Ports of the loopback interface that nothing listens on now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports: number[] = []
  for (const server of servers) {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    ports.push(address.port)
  }
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}
