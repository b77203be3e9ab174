// How KafkaJS applications say which cluster they mean, and how much they want to hear of it: `new Kafka(…)`.
import type { logLevel } from '../enumerations.ts'
import type { ConnectionOptions, Socket } from './node-options.ts'
import type { Untyped } from './untyped.ts'

/** Gives the addresses to start from, at each `connect`. */
export type BrokersFunction = () => string[] | Promise<string[]>

/** What `new Kafka` takes. Times are in ms. */
export interface KafkaConfig {
  /** Addresses to start from, `host:port` each. */
  brokers: string[] | BrokersFunction
  /** TLS: `true`, or options of `node:tls`. Default: plain TCP. */
  ssl?: ConnectionOptions | boolean
  /** Who we are. Default: nobody. */
  sasl?: SASLOptions | Mechanism
  /** Name of this client in broker logs, quotas and metrics. Default `kafkajs`. */
  clientId?: string
  /** Time to open a connection. Default 1,000. */
  connectionTimeout?: number
  /** Time to log in. Without effect: each step of a login has `requestTimeout`. */
  authenticationTimeout?: number
  /** How long before a session ends the client logs in again. Without effect: it is done when nine tenths of the session are over. */
  reauthenticationThreshold?: number
  /** Time for the answer to one request. Default 30,000. */
  requestTimeout?: number
  /** Whether requests time out at all. Default true. */
  enforceRequestTimeout?: boolean
  /** How what fails goes again. */
  retry?: RetryOptions
  /** Opens the sockets. Default: `node:net` and `node:tls`. */
  socketFactory?: ISocketFactory
  /** How much is logged; `KAFKAJS_LOG_LEVEL` of the environment comes first. Default `INFO`. */
  logLevel?: logLevel
  /** Where log entries go. Default: JSON to the console. */
  logCreator?: logCreator
}

/** How what fails goes again. Times are in ms. */
export interface RetryOptions {
  /** Longest wait before a retry. Default 30,000. */
  maxRetryTime?: number
  /** First wait before a retry. Default 300. */
  initialRetryTime?: number
  /** Part of the wait that is random. Default 0.2. */
  factor?: number
  /** By what each wait is longer than the one before. Default 2. */
  multiplier?: number
  /** How often. Default 5. */
  retries?: number
  /** Of a consumer: whether it starts again after a crash that trying again may mend. Default: it does. */
  restartOnFailure?: (e: Error) => Promise<boolean>
}

/** Opens a socket to a broker and calls `onConnect` once it is there. */
export type ISocketFactory = (args: ISocketFactoryArgs) => Socket

/** What an {@link ISocketFactory} is given. */
export interface ISocketFactoryArgs {
  /** Name or address of the broker. */
  host: string
  /** TCP port. */
  port: number
  /** As in {@link KafkaConfig}; null for plain TCP. */
  ssl: ConnectionOptions
  /** To be called when the connection is there. */
  onConnect: () => void
}

/** A token that an application got for OAUTHBEARER. */
export interface OauthbearerProviderResponse {
  /** The token. */
  value: string
}

interface SASLMechanismOptionsMap {
  plain: { username: string; password: string }
  'scram-sha-256': { username: string; password: string }
  'scram-sha-512': { username: string; password: string }
  aws: {
    authorizationIdentity: string
    accessKeyId: string
    secretAccessKey: string
    sessionToken?: string
  }
  oauthbearer: { oauthBearerProvider: () => Promise<OauthbearerProviderResponse> }
}

/** Mechanisms that are built in. */
export type SASLMechanism = keyof SASLMechanismOptionsMap
type SASLMechanismOptions<T> = T extends SASLMechanism ? { mechanism: T } & SASLMechanismOptionsMap[T] : never
/** A mechanism that is built in, with what it takes. */
export type SASLOptions = SASLMechanismOptions<SASLMechanism>

interface SaslAuthenticationRequest {
  encode: () => Buffer | Promise<Buffer>
}

interface SaslAuthenticationResponse<ParseResult> {
  decode: (rawResponse: Buffer) => Buffer | Promise<Buffer>
  parse: (data: Buffer) => ParseResult
}

/** Proves who the client is. */
export interface Authenticator {
  authenticate: () => Promise<void>
}

/** One step of a mechanism: what is sent, and what is made of the answer. */
export interface SaslAuthenticateArgs<ParseResult> {
  request: SaslAuthenticationRequest
  response?: SaslAuthenticationResponse<ParseResult>
}

/** What a mechanism of the application's own has to do with. */
export interface AuthenticationProviderArgs {
  host: string
  port: number
  logger: Logger
  saslAuthenticate: <ParseResult>(args: SaslAuthenticateArgs<ParseResult>) => Promise<ParseResult | void>
}

/** A mechanism of the application's own. */
export interface Mechanism {
  mechanism: string
  authenticationProvider: (args: AuthenticationProviderArgs) => Authenticator
}

/** One entry of the log. */
export interface LogEntry {
  /** The part that speaks: `Consumer`. */
  namespace: string
  /** Its level. */
  level: logLevel
  /** The level's name. */
  label: string
  /** What is said. */
  log: LoggerEntryContent
}

/** What an entry says. */
export interface LoggerEntryContent {
  /** ISO 8601. */
  readonly timestamp: string
  readonly message: string
  [key: string]: Untyped
}

/** Makes the function that takes log entries. */
export type logCreator = (logLevel: logLevel) => (entry: LogEntry) => void

/** Writes log entries. */
export interface Logger {
  info: (message: string, extra?: object) => void
  error: (message: string, extra?: object) => void
  warn: (message: string, extra?: object) => void
  debug: (message: string, extra?: object) => void
  /** A logger for a part, which may have a level of its own. */
  namespace: (namespace: string, logLevel?: logLevel) => Logger
  /** Sets the level of all parts that have none of their own. */
  setLogLevel: (logLevel: logLevel) => void
}
