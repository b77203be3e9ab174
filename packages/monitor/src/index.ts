// Watches Kafka from outside: how far groups are behind and how they do, and what services have logged into topics.
export type { GroupStatus, PartitionStatus, VerdictChange } from './lag/group-status.ts'
export { LagMonitor } from './lag/lag-monitor.ts'
export type { LagMonitorOptions } from './lag/options.ts'
export {
  type Commit,
  type GroupVerdictName,
  judgeGroup,
  judgePartition,
  type PartitionVerdict,
  type PartitionWindow,
  type VerdictRules,
} from './lag/verdict.ts'
export type { LogFilter } from './logs/log-filter.ts'
export type { LogLine } from './logs/log-line.ts'
export { searchLogs, type SearchLogsOptions } from './logs/search-logs.ts'
