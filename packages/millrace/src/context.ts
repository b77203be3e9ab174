// What every action of the command line gets: a terminal, the time, and a signal that Ctrl-C aborts.
import type { Terminal } from './output/terminal.ts'

export interface Context {
  readonly terminal: Terminal
  /** Wall clock in ms; actions take it from here so that relative times are testable. */
  readonly now: () => number
  /** Aborts on SIGINT, SIGTERM and SIGHUP, and when standard output is closed. A second signal ends the process at once. */
  readonly signal: AbortSignal
  /** Standard input, opened when it is asked for. */
  readonly input: () => AsyncIterable<Buffer> & { readonly isTTY?: boolean }
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Options that every command which talks to a cluster takes. */
export interface ClusterOptions {
  /** `host:port,host:port`. Default: see `readTarget`. */
  readonly brokers?: string
  /** Name of a saved context. */
  readonly context?: string
  readonly set: readonly string[]
  /** Encrypts; so does naming `ca` or `cert`. */
  readonly tls?: boolean
  /** Files with certificates of the authorities that are trusted, one's own, and its private key, as PEM. */
  readonly ca?: string
  readonly cert?: string
  readonly certKey?: string
  readonly saslMechanism?: string
  readonly username?: string
  readonly passwordFile?: string
  readonly tokenFile?: string
  /** A properties file with client settings, as Kafka's tools take it. */
  readonly commandConfig?: string
  readonly json?: boolean
  /** How long to wait for an answer, in ms. */
  readonly timeout?: number
}
