// What stands at an offset of the log that `compaction-kill.test.ts` is about: the child writes it, the test knows it.

export const keyCount = 40

export const keyAt = (offset: number): string => `${offset % keyCount}`

/** Every seventh record takes its key away. */
export const valueAt = (offset: number): string | null =>
  offset % 7 === 0 ? null : `${offset}`.padEnd(offset % 60, '.')
