// Where configuration comes from: properties files and environment variables, turned into property names and text.
import { brokerProperty, listenerProperty, nearestProperty } from './broker-table.ts'
import { ConfigError } from './definition.ts'

/** Settings by Kafka’s names, as text. */
export type Properties = Readonly<Record<string, string>>

/**
 * Reads a properties file as Kafka's `server.properties` are written: `key=value` (or `key: value`), `#` and `!` comments,
 * a backslash at the end of a line joins the next one. Throws `ConfigError` with the line number for anything else.
 */
export function parseProperties(text: string): Properties {
  const properties: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let index = 0; index < lines.length; index++) {
    const number = index + 1
    let line = lines[index]!.trimStart()
    if (line === '' || line.startsWith('#') || line.startsWith('!')) continue
    while (/(^|[^\\])(\\\\)*\\$/.test(line) && index + 1 < lines.length) {
      line = line.slice(0, -1) + lines[++index]!.trimStart()
    }
    const separator = line.search(/(?<!\\)[=:]/)
    if (separator < 1) throw new ConfigError(line, `line ${number}: expected name=value, found "${line}"`)
    properties[unescape(line.slice(0, separator).trim())] = unescape(line.slice(separator + 1).trim())
  }
  return properties
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' }

/** As `java.util.Properties`: keys in PEM come with `\n` between their lines. */
function unescape(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, character = '') =>
    code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** Variables that configure no broker: of Apache Kafka's own image, which start the JVM, and of applications. */
const notProperties = new Set([
  'KAFKA_HEAP_OPTS',
  'KAFKA_OPTS',
  'KAFKA_JVM_PERFORMANCE_OPTS',
  'KAFKA_JMX_OPTS',
  'KAFKA_JMX_PORT',
  'KAFKA_JMX_HOSTNAME',
  'KAFKA_LOG4J_OPTS',
  'KAFKA_LOG4J_LOGGERS',
  'KAFKA_LOG4J_ROOT_LOGLEVEL',
  'KAFKA_TOOLS_LOG4J_LOGLEVEL',
  'KAFKA_GC_LOG_OPTS',
  'KAFKA_HOME',
  'KAFKA_VERSION',
  'KAFKA_CLUSTER_ID',
  'KAFKA_LIBS',
  'KAFKA_WORK_DIR',
  // By these applications find a broker: they stand in the same environment and say nothing of how one is to be.
  'KAFKA_URI',
  'KAFKA_URL',
  'KAFKA_HOST',
  'KAFKA_PORT',
  'KAFKA_BROKER',
  'KAFKA_BROKERS',
  'KAFKA_BOOTSTRAP_SERVER',
  'KAFKA_BOOTSTRAP_SERVERS',
  'KAFKA_CLIENT_ID',
  'KAFKA_GROUP_ID',
  'KAFKA_TOPIC',
  'KAFKA_TOPICS',
  'KAFKA_USERNAME',
  'KAFKA_PASSWORD',
])

/** A variable that looks like a property and is none. */
export interface UnknownVariable {
  /** Name of the variable. */
  readonly variable: string
  /** The property that it would be. */
  readonly property: string
  /** The property that is named most alike, if there is one. */
  readonly nearest: string | undefined
}

/** What an environment has for a broker. */
export interface EnvironmentProperties {
  /** The properties. */
  readonly properties: Properties
  /** To be warned about: others have variables of these prefixes, too (`KAFKA_SERVICE_HOST`, `KAFKA_UI_…`), and mean no broker with them. */
  readonly unknown: readonly UnknownVariable[]
}

/**
 * Properties out of environment variables, named as in Apache Kafka's image: `KAFKA_LOG_RETENTION_MS` is `log.retention.ms`;
 * `_` stands for `.`, `__` for `_`, `___` for `-`. `MILLRACE_…` means the same and wins. Variables that are no property of the broker are
 * told apart; values are not looked at.
 */
export function propertiesFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): EnvironmentProperties {
  const properties: Record<string, string> = {}
  const unknown: UnknownVariable[] = []
  for (const prefix of ['KAFKA_', 'MILLRACE_']) {
    for (const [variable, value] of Object.entries(environment)) {
      if (value === undefined || !variable.startsWith(prefix) || notProperties.has(variable)) continue
      const property = propertyName(variable.slice(prefix.length))
      if (isProperty(property)) properties[property] = value
      else unknown.push({ variable, property, nearest: nearestProperty(property) })
    }
  }
  return { properties, unknown }
}

/** Whether a name means the broker: one of its own, or one that decides who may connect, which is not passed over (`BrokerConfig`). */
function isProperty(name: string): boolean {
  if (brokerProperty(name)) return true
  const ofListener = listenerProperty(name)
  return ofListener !== undefined && brokerProperty(ofListener) !== undefined
}

function propertyName(variable: string): string {
  return variable
    .toLowerCase()
    .replaceAll('___', '-')
    .replaceAll('__', '\u0000')
    .replaceAll('_', '.')
    .replaceAll('\u0000', '_')
}
