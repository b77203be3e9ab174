// Names of a partition's directory and of the files in it.

export const segmentSuffixes = {
  log: '.log',
  index: '.index',
  timeIndex: '.timeindex',
  transactionIndex: '.txnindex',
  snapshot: '.snapshot',
} as const

export type SegmentSuffix = (typeof segmentSuffixes)[keyof typeof segmentSuffixes]

export const deletedSuffix = '.deleted'
export const cleanedSuffix = '.cleaned'
export const swapSuffix = '.swap'
/** Of a small file that is about to replace another. */
export const temporarySuffix = '.tmp'
export const deletedDirectorySuffix = '-delete'
export const strayDirectorySuffix = '-stray'

/** `00000000000000000042.log` */
export function segmentFileName(baseOffset: number, suffix: SegmentSuffix): string {
  return `${String(baseOffset).padStart(20, '0')}${suffix}`
}

export function segmentPath(directory: string, baseOffset: number, suffix: SegmentSuffix): string {
  return `${directory}/${segmentFileName(baseOffset, suffix)}`
}

const filePattern = /^(\d{20})(\.log|\.index|\.timeindex|\.txnindex|\.snapshot)$/

/** The offset and kind that a file name states, or undefined for other files. */
export function parseSegmentFileName(name: string): { offset: number; suffix: SegmentSuffix } | undefined {
  const match = filePattern.exec(name)
  return match ? { offset: Number(match[1]), suffix: match[2] as SegmentSuffix } : undefined
}

export function partitionDirectoryName(topic: string, partition: number): string {
  return `${topic}-${partition}`
}

/** Topic and partition of a directory name; undefined for directories that are no live partition. */
export function parsePartitionDirectoryName(name: string): { topic: string; partition: number } | undefined {
  const match = /^(.+)-(\d{1,10})$/.exec(name)
  return match ? { topic: match[1]!, partition: Number(match[2]) } : undefined
}

/** Name of the directory of a partition that is taken out; `unique` keeps two of a name apart. Kafka's form. */
export function removedDirectoryName(name: string, unique: string, kind: '-delete' | '-stray'): string {
  const suffix = `.${unique}${kind}`
  return `${name.slice(0, 255 - suffix.length)}${suffix}`
}
