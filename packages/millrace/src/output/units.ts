// Numbers for people: rates, sizes, durations.

/** 1234567 → "1,234,567". Without Intl, whose data take 10 ms to load. */
export const formatCount = (value: number): string =>
  Math.round(value)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/g, ',')

/** Bytes per second as MB/s with one decimal; a MB is 10^6 bytes. */
export const formatMegabytes = (bytesPerSecond: number): string => (bytesPerSecond / 1e6).toFixed(1)

/** A duration in ms at a sensible precision: "0.42", "12.3", "1,250". */
export function formatMilliseconds(value: number): string {
  if (value < 10) return value.toFixed(2)
  return value < 100 ? value.toFixed(1) : formatCount(value)
}

/** Bytes with a binary unit: "512 B", "1.5 MiB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}

/** `1 record`, `1,234 records`. */
export const countOf = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
