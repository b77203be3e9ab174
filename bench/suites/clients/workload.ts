// What clients are measured at: one row of records to write or to read.

export interface Workload {
  readonly mode: 'produce' | 'consume'
  readonly sizeBytes: number
  readonly codec: 'none' | 'lz4'
  readonly topics: number
  /** Each record is sent by a call of its own that is awaited, a hundred at a time. */
  readonly singles: boolean
  readonly readCommitted: boolean
  /** Records that are measured, after as many of a warm-up as `warmUpRecords` says. */
  readonly records: number
}

const plain = { codec: 'none', topics: 1, singles: false, readCommitted: false } as const

/** Records that take seconds: as many as make half a gigabyte, two million at most. */
function recordsOf(sizeBytes: number): number {
  return Math.min(2_000_000, Math.ceil(1_000_000_000 / sizeBytes / 10_000) * 10_000)
}

const row = (
  mode: Workload['mode'],
  sizeBytes: number,
  special: Partial<Omit<Workload, 'mode' | 'sizeBytes'>> = {},
): Workload => ({ ...plain, mode, sizeBytes, records: recordsOf(sizeBytes), ...special })

export const workloads: readonly Workload[] = [
  row('produce', 100),
  row('produce', 1024),
  row('produce', 10_240),
  row('produce', 1024, { codec: 'lz4' }),
  row('produce', 100, { topics: 100 }),
  row('produce', 100, { singles: true, records: 300_000 }),
  row('consume', 100),
  row('consume', 1024),
  row('consume', 10_240),
  row('consume', 1024, { codec: 'lz4' }),
  row('consume', 100, { topics: 100 }),
  row('consume', 100, { readCommitted: true }),
]

/** A few of them, as short as can be: all that programs can be asked for is in one of these. */
export const smokeWorkloads: readonly Workload[] = [
  row('produce', 1024, { codec: 'lz4' }),
  row('produce', 100, { topics: 100 }),
  row('produce', 100, { singles: true }),
  row('consume', 1024, { codec: 'lz4' }),
  row('consume', 100, { topics: 100 }),
  row('consume', 100, { readCommitted: true }),
].map(workload => ({ ...workload, records: 20_000 }))

/** A number of bytes as people say it. */
export const sizeName = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : `${bytes / 1024} KiB`)

export function workloadName({ mode, sizeBytes, codec, topics, singles, readCommitted }: Workload): string {
  const special = [
    codec === 'none' ? '' : codec,
    topics > 1 ? `${topics} topics` : '',
    singles ? 'awaited one by one' : '',
    readCommitted ? 'read_committed' : '',
  ].filter(text => text !== '')
  return [`${mode} ${sizeName(sizeBytes)}`, ...special].join(', ')
}
