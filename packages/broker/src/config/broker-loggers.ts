// Loggers as Kafka's tools see them (the resource BROKER_LOGGER): names, levels, and what may be changed (KIP-412). Levels are gone with the broker.
/** Areas of log events: the word in front of the dot of `connection.refused`. */
export const logAreas = [
  'authentication',
  'authorizer',
  'broker',
  'client_metrics',
  'config',
  'connection',
  'coordinator',
  'delegation_token',
  'feature',
  'fetch',
  'group',
  'handler',
  'http',
  'jwks',
  'list_offsets',
  'metadata',
  'offsets',
  'partition',
  'request',
  'retention',
  'sasl',
  'storage',
  'tls',
  'transaction',
] as const

export type LogArea = (typeof logAreas)[number]

/** Kafka's name of the logger that all others have their level from. */
export const rootLogger = 'root'

/** Names that people know from Apache Kafka. */
const knownAs: Readonly<Record<string, LogArea>> = {
  'kafka.request.logger': 'request',
  'kafka.authorizer.logger': 'authorizer',
}

/** `LogLevelConfig.VALID_LOG_LEVELS` of Kafka, and what they are here. */
export const loggerLevels = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
  FATAL: 'error',
} as const

export type LoggerLevel = keyof typeof loggerLevels

export const loggerNames: readonly string[] = [rootLogger, ...logAreas, ...Object.keys(knownAs)]

/** The area of a logger; undefined for `root` (ask `loggerNames` whether there is such a logger). */
export function areaOfLogger(name: string): LogArea | undefined {
  return knownAs[name] ?? logAreas.find(area => area === name)
}

/** Kafka's name of a level. */
export function loggerLevelOf(level: string | undefined): LoggerLevel {
  return (Object.keys(loggerLevels) as LoggerLevel[]).find(name => name.toLowerCase() === level) ?? 'INFO'
}
