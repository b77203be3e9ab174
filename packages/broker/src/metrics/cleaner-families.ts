// Compaction in numbers, under the names that the rules of Strimzi's JMX exporter give to those of Apache Kafka's cleaner.
import type { BrokerCore } from '../core.ts'
import { type Family, single } from '@millrace/runtime'

export function* cleanerFamilies({ logs, clock }: BrokerCore): Generator<Family> {
  const figures = logs.cleanerFigures
  const ofCleaner = 'kafka_log_logcleaner_'
  const gauge = (name: string, help: string, value: number) => single(name, 'gauge', help, value)
  yield gauge(
    `${ofCleaner}max_clean_time_secs`,
    'What the last cleaning took.',
    figures.lastCleaningMs / 1000,
  )
  yield gauge(
    `${ofCleaner}cleaner_recopy_percent`,
    'Share of what the last cleaning read that it wrote again.',
    figures.lastRecopyPercent,
  )
  yield gauge(
    `${ofCleaner}max_buffer_utilization_percent`,
    'How full the map of keys was in the last cleaning.',
    figures.lastMapPercent,
  )
  yield gauge(
    `${ofCleaner}max_compaction_delay_secs`,
    'Longest time beyond max.compaction.lag.ms that a record waits.',
    figures.maxCompactionDelayMs / 1000,
  )
  yield gauge(`${ofCleaner}deadthreadcount`, 'Cleaners that have died.', 0)
  const ofManager = 'kafka_log_logcleanermanager_'
  yield gauge(
    `${ofManager}max_dirty_percent`,
    'Share of the dirtiest log that is not cleaned yet.',
    figures.maxDirtyPercent,
  )
  yield gauge(
    `${ofManager}time_since_last_run_ms`,
    'Since the cleaner last looked for work; 0 before it has.',
    figures.lastRunAtMs < 0 ? 0 : clock.now() - figures.lastRunAtMs,
  )
  yield gauge(
    `${ofManager}uncleanable_partitions_count`,
    'Partitions that cannot be cleaned.',
    figures.uncleanablePartitions,
  )
  yield gauge(`${ofManager}uncleanable_bytes`, 'Bytes in them that could be.', figures.uncleanableBytes)
  const counter = (name: string, help: string, value: number) => single(name, 'counter', help, value)
  yield counter('millrace_cleaner_cleanings_total', 'Cleanings of a log.', figures.cleanings)
  yield counter('millrace_cleaner_read_bytes_total', 'Bytes read to be cleaned.', figures.bytesRead)
  yield counter('millrace_cleaner_written_bytes_total', 'Bytes written of them.', figures.bytesWritten)
}
