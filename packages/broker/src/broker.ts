// The broker as others see it: `await Broker.start({ port: 0 })` is ready when it resolves, `await broker.close()` leaves nothing behind.
import type { BrokerOptions } from './options.ts'
import { RunningBroker } from './running-broker.ts'
import type { Endpoint } from './server/listeners.ts'

/** A broker in this process. What it does for clients it says by the Kafka protocol, on the addresses below. */
export class Broker implements AsyncDisposable {
  readonly #running: RunningBroker

  private constructor(running: RunningBroker) {
    this.#running = running
  }

  /**
   * Starts a broker. When it resolves, connections are served and the topics asked for exist. A start that fails leaves nothing behind.
   * Throws `ConfigError` for a property that is unknown or has a bad value, `ListenError` when an address cannot be bound,
   * `DirectoryLockedError` when another broker uses the directory, `DirectoryFormatError` when something else or a newer version wrote it,
   * `DataDirectoryError` when it cannot be made, read or written, `ApiError` when a topic of `topics` cannot be made.
   */
  static async start(options: BrokerOptions = {}): Promise<Broker> {
    return new Broker(await RunningBroker.start(options))
  }

  /** `host:port` of the first listener, an IPv6 host in brackets: what clients take as `bootstrap.servers`. Throws once the broker is closed. */
  get address(): string {
    const { host, port } = this.#running.firstEndpoint
    return `${host.includes(':') ? `[${host}]` : host}:${port}`
  }

  /** Host of the first listener, as clients are told. Throws once the broker is closed. */
  get host(): string {
    return this.#running.firstEndpoint.host
  }

  /** Port of the first listener, as clients are told: the real one where 0 was asked for. Throws once the broker is closed. */
  get port(): number {
    return this.#running.firstEndpoint.port
  }

  /** What clients are told of each listener, in the order of the property `listeners`. */
  get endpoints(): readonly Endpoint[] {
    return this.#running.endpoints
  }

  /** `node.id`: 1 unless configured. */
  get nodeId(): number {
    return this.#running.nodeId
  }

  /** The id that the data directory was given when it was made, 22 characters of base64: the same after every start. */
  get clusterId(): string {
    return this.#running.clusterId
  }

  /** Path of the data directory; of the temporary one where none was given. */
  get dataDir(): string {
    return this.#running.dataDir
  }

  /** Where metrics are served, `http://host:port`; undefined for nowhere. */
  get httpUrl(): string | undefined {
    return this.#running.httpUrl
  }

  /**
   * Serves `/metrics` for Prometheus, `/healthz` and `/readyz` on `address`, `HOST:PORT`, until the broker closes, as the property `http.listener`
   * does from the start on. Resolves with the URL, which has the real port where 0 was asked for. Throws `ConfigError` for what is no address,
   * `ListenError` for one that cannot be bound.
   */
  serveHttp(address: string): Promise<string> {
    return this.#running.serveHttp(address)
  }

  /** How many connections are open now. */
  get connectionCount(): number {
    return this.#running.connectionCount
  }

  /**
   * Stops accepting, answers what is under way, ends waits, and closes the log cleanly; connections that take no replies are cut after two
   * seconds. Never rejects, and may be called again. A temporary directory is removed.
   */
  close(): Promise<void> {
    return this.#running.close()
  }

  /** `await using broker = await Broker.start()` closes it at the end of the block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
