// Values of Kafka's properties that are in another unit or form than the options here.

const timerMaxMs = 2 ** 31 - 1

/** Kibibytes as bytes. */
export function kibibytes(value: unknown): unknown {
  const number = Number(value)
  return Number.isFinite(number) && String(value).trim() !== '' ? number * 1024 : value
}

/** librdkafka writes 0 for "without end". */
export function zeroIsForever(value: unknown): unknown {
  return String(value).trim() === '0' ? timerMaxMs : value
}

/** A default that has a number, as if it was left out. */
export function unlessDefault(number: number): (value: unknown) => unknown {
  return value => (String(value).trim() === String(number) ? undefined : value)
}

/** The simple name of a class of Java, by which the properties are known; other values as they are. */
export function simpleClassName(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().replace(/^(?:class )?.*[.$]/, '') : value
}
