// What `Broker.start` takes, and the properties that come of it.
import type { Disk, StorageLimits } from '@millrace/log'
import { type Clock, nearestName, type Network, type Random } from '@millrace/runtime'
import { ConfigError } from './config/definition.ts'
import type { Logger } from './logger.ts'

/** A topic to have when the broker is ready. */
export interface TopicSeed {
  /** Name of the topic. */
  readonly name: string
  /** Default: `num.partitions`. */
  readonly partitions?: number
  /** Topic settings by Kafka's names, such as `cleanup.policy`. */
  readonly configs?: Readonly<Record<string, string | number | boolean>>
}

/** A user to have when the broker is ready, for listeners with SASL SCRAM. */
export interface UserSeed {
  /** Who logs in. */
  readonly name: string
  /** As it is typed; kept salted and hashed. */
  readonly password: string
  /** Default: both. */
  readonly mechanism?: 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
  /** Rounds of hashing that each guess at the password costs, 4,096 to 16,384 times. Default 4,096. */
  readonly iterations?: number
}

/** What `Broker.start` takes. Unknown names are refused. */
export interface BrokerOptions {
  /** Port of the one listener; 0 lets the system choose. Default 9092. For several listeners use the property `listeners`. */
  readonly port?: number
  /** Host of the one listener. Default `127.0.0.1`. */
  readonly host?: string
  /** Where everything is kept. Default: a temporary directory that `close` removes. */
  readonly dataDir?: string
  /** Properties by Kafka's names (`log.retention.ms`). They go before `port`, `host` and `dataDir`. Default: none. */
  readonly config?: Readonly<Record<string, string | number | boolean>>
  /** Topics to make unless they exist: a name alone has the defaults. Default: none. */
  readonly topics?: readonly (string | TopicSeed)[]
  /** Users to make unless they exist, with SCRAM credentials. Default: none. */
  readonly users?: readonly UserSeed[]
  /**
   * Loads the code of all requests as soon as there is nothing else to do. Default: each at its first use, which suits tests. A
   * process that runs for long wants it, or it breaks when its files are replaced by an upgrade.
   */
  readonly loadAhead?: boolean
  /** Default: nothing is logged. */
  readonly logger?: Logger
  /** Time and timers. Default: the system’s. */
  readonly clock?: Clock
  /** Randomness. Default: the system’s. */
  readonly random?: Random
  /** How connections are taken. Default: TCP of Node. */
  readonly network?: Network
  /** How files are read and written. Default: those of Node. */
  readonly disk?: Disk
  /** Bounds of the storage that differ from those by default: small ones let a test reach them with little data. */
  readonly storageLimits?: Partial<StorageLimits>
}

const optionNames: Readonly<Record<keyof BrokerOptions, true>> = {
  port: true,
  host: true,
  dataDir: true,
  config: true,
  topics: true,
  users: true,
  loadAhead: true,
  logger: true,
  clock: true,
  random: true,
  network: true,
  disk: true,
  storageLimits: true,
}

/** What people write for the directory, for whom no name is near. */
const foreignNames: Readonly<Record<string, keyof BrokerOptions>> = {
  dir: 'dataDir',
  directory: 'dataDir',
  dataDirectory: 'dataDir',
  path: 'dataDir',
  logDir: 'dataDir',
  logDirs: 'dataDir',
  properties: 'config',
  hostname: 'host',
}

/** Throws ConfigError for a name that is no option, with the one that is meant. */
function checkNames(options: object): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(optionNames, name)) continue
    const near = Object.hasOwn(foreignNames, name)
      ? foreignNames[name]
      : nearestName(name, Object.keys(optionNames))
    const advice = name.includes('.')
      ? `; properties go into "config": { config: { '${name}': … } }`
      : near
        ? `; did you mean "${near}"?`
        : `; there are ${Object.keys(optionNames).join(', ')}`
    throw new ConfigError(name, `Broker.start: there is no option "${name}"${advice}`)
  }
}

/**
 * Properties as text; what is given as property goes before what is given as option. Throws ConfigError for an option that does not exist.
 */
export function propertiesOf(options: BrokerOptions): Record<string, string> {
  checkNames(options)
  const properties: Record<string, string> = {}
  const { port = 9092, host = '127.0.0.1', dataDir, config = {} } = options
  properties['listeners'] = `PLAINTEXT://${host.includes(':') ? `[${host}]` : host}:${port}`
  if (dataDir !== undefined && config['log.dir'] === undefined) properties['log.dirs'] = dataDir
  for (const [name, value] of Object.entries(config)) properties[name] = String(value)
  return properties
}
