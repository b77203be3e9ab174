// A kind of resource whose settings can change, as AlterConfigs and IncrementalAlterConfigs look at it.
import { ErrorCode } from '@millrace/protocol/base'
import { ApiError } from '../api-error.ts'
import type { ConfigDefinition } from '../config/definition.ts'

/** How each setting is looked up and checked. */
export interface ConfigSubject {
  definition(name: string): ConfigDefinition | undefined
  /**
   * Throws `ApiError` for a resource that cannot have settings, and for settings that cannot be: those that are set anew, as they would be, and
   * all as they would be. What a change asks for is looked at before, as by Apache Kafka.
   */
  check(changed: ReadonlyMap<string, string>, all: ReadonlyMap<string, string>): void
  /** Refuses to append to, or subtract from, what is no list. */
  notAList(name: string, operation: 'append' | 'subtract'): ApiError
  /** What the setting is when the resource itself says nothing: lists are appended to that. */
  inherited(name: string): string | null
}

/** Refuses to append to, or subtract from, a setting that is no list. */
export function notAList(name: string, operation: 'append' | 'subtract'): ApiError {
  return new ApiError(
    ErrorCode.INVALID_CONFIG,
    `Can't ${operation.toUpperCase()} to key ${name} because its type is not LIST.`,
  )
}
