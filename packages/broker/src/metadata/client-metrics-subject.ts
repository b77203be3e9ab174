// Changes of client-metrics resources, checked as Kafka's ClientMetricsConfigs does.
import { ErrorCode } from '@millrace/protocol/base'
import { ApiError } from '../api-error.ts'
import {
  clientMetricsTable,
  intervalMaxMs,
  intervalMinMs,
  readClientMetrics,
} from '../config/client-metrics-table.ts'
import { type ConfigDefinition, ConfigError } from '../config/definition.ts'
import { type ConfigSubject, notAList } from './config-subject.ts'

const table: Readonly<Record<string, ConfigDefinition>> = clientMetricsTable

export function clientMetricsSubject(resourceName: string): ConfigSubject {
  return {
    definition: name => table[name],
    check: (_changed, all) => {
      if (resourceName === '')
        throw new ApiError(ErrorCode.INVALID_REQUEST, "Subscription name can't be empty")
      checkClientMetrics(all)
    },
    notAList,
    inherited: name => table[name]?.defaultText ?? null,
  }
}

function checkClientMetrics(all: ReadonlyMap<string, string>): void {
  const stranger = [...all.keys()].find(name => !table[name])
  if (stranger !== undefined)
    throw new ApiError(ErrorCode.INVALID_REQUEST, `Unknown client metrics configuration: ${stranger}`)
  try {
    const { intervalMs } = readClientMetrics(all)
    if (intervalMs >= intervalMinMs && intervalMs <= intervalMaxMs) return
    throw new ApiError(
      ErrorCode.INVALID_REQUEST,
      `Invalid value ${intervalMs} for interval.ms, interval must be between ${intervalMinMs} and ${intervalMaxMs} (1 hour)`,
    )
  } catch (error) {
    if (error instanceof ConfigError) throw new ApiError(ErrorCode.INVALID_CONFIG, error.message)
    throw error
  }
}
