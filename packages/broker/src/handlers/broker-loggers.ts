// The resource BROKER_LOGGER of DescribeConfigs and IncrementalAlterConfigs: levels of the log, by the rules of Kafka's ConfigAdminManager.
import { ErrorCode } from '@millrace/protocol/base'
import { ApiError } from '../api-error.ts'
import {
  areaOfLogger,
  type LoggerLevel,
  loggerLevelOf,
  loggerLevels,
  loggerNames,
  rootLogger,
} from '../config/broker-loggers.ts'
import type { DescribedConfig } from '../config/describe.ts'
import type { BrokerCore } from '../core.ts'
import type { ConfigChange } from '../metadata/alter-configs.ts'

/** `ConfigEntry.ConfigSource.DYNAMIC_BROKER_LOGGER_CONFIG`. */
const loggerSource = 6
/** `AlterConfigOp.OpType`. */
const operations = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const
const unknownType = 0

/** Throws `ApiError` for a resource that is not this broker. */
function checkName({ nodeId }: BrokerCore, resourceName: string): void {
  if (resourceName === '') throw invalid('Broker id must not be empty')
  if (!/^-?\d+$/.test(resourceName)) throw invalid(`Node id must be an integer, but it is: ${resourceName}`)
  if (resourceName !== String(nodeId)) {
    throw invalid(`Unexpected broker id, expected ${nodeId}, but received ${resourceName}`)
  }
}

/** All loggers, or those of `names`, each with its level. Throws `ApiError`. */
export function describeLoggers(
  broker: BrokerCore,
  resourceName: string,
  names: ReadonlySet<string> | undefined,
): DescribedConfig[] {
  checkName(broker, resourceName)
  return loggerNames
    .filter(name => !names || names.has(name))
    .map(name => ({
      name,
      value: loggerLevelOf(broker.logger.levelOf(areaOfLogger(name))),
      readOnly: false,
      isDefault: false,
      configSource: loggerSource,
      isSensitive: false,
      synonyms: [],
      configType: unknownType,
      documentation: '',
    }))
}

/** Changes levels, all or none; with `validateOnly` only checks. Throws `ApiError`. */
export function alterLoggers(
  broker: BrokerCore,
  resourceName: string,
  changes: readonly ConfigChange[],
  validateOnly: boolean,
): void {
  checkName(broker, resourceName)
  const { logger } = broker
  const checked = changes.map(change => checkedChange(change))
  if (validateOnly) return
  for (const { name, level } of checked) {
    logger.setLevel(areaOfLogger(name), level && loggerLevels[level])
    logger.log('info', 'config.log_level_changed', { logger: name, level: level ?? 'of root' })
  }
}

/** Without a level the logger goes back to that of `root`. */
function checkedChange({ name, operation, value }: ConfigChange): {
  readonly name: string
  readonly level: LoggerLevel | undefined
} {
  if (operation === operations.APPEND || operation === operations.SUBTRACT) {
    const shown = operation === operations.APPEND ? 'APPEND' : 'SUBTRACT'
    throw invalid(`${shown} operation is not allowed for the BROKER_LOGGER resource`)
  }
  if (!loggerNames.includes(name)) throw badConfig(`Logger ${name} does not exist!`)
  if (operation === operations.DELETE) {
    if (name === rootLogger)
      throw invalid(`Removing the log level of the ${rootLogger} logger is not allowed`)
    return { name, level: undefined }
  }
  if (operation !== operations.SET)
    throw invalid(`Unknown operation type ${operation} is not allowed for the BROKER_LOGGER resource`)
  if (value === null || !Object.hasOwn(loggerLevels, value)) {
    throw badConfig(
      `Cannot set the log level of ${name} to ${value} as it is not a supported log level. Valid log levels are ${Object.keys(loggerLevels).join(', ')}`,
    )
  }
  return { name, level: value as LoggerLevel }
}

function invalid(message: string): ApiError {
  return new ApiError(ErrorCode.INVALID_REQUEST, message)
}

function badConfig(message: string): ApiError {
  return new ApiError(ErrorCode.INVALID_CONFIG, message)
}
