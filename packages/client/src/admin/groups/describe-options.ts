// What every operation takes that describes groups.
import { flag, listOf, optionsWith, text } from '../../config/arguments.ts'
import type { AdminCallOptions } from '../call-options.ts'

/** Options of `describeGroups`, `describeShareGroups` and `describeStreamsGroups`. */
export interface DescribeGroupsOptions extends AdminCallOptions {
  /** Also tell what this client may do with each group (broker 2.3 on). Default false. */
  readonly includeAuthorizedOperations?: boolean
}

const checkGroupIds = listOf(text)
const checkOptions = optionsWith({ includeAuthorizedOperations: flag })

/** Throws StateError for arguments of `method` that cannot be used. */
export function checkDescribe(method: string, groupIds: unknown, options: unknown): void {
  checkGroupIds(`${method}: groupIds`, groupIds)
  checkOptions(`${method}: options`, options)
}
