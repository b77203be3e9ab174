// What the value of a setting may be: each kind reads what YAML or a variable gives, and says what it would take instead.

/** Makes a value of what was written. Throws Error that says what to write. */
export type Read<T = unknown> = (value: unknown) => T

const show = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : JSON.stringify(value))

function refuse(value: unknown, wanted: string): never {
  throw new Error(`it is ${show(value)}; write ${wanted}`)
}

export const text: Read<string> = value => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value !== '' ? value : refuse(value, 'a text')
}

export const flag: Read<boolean> = value => {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value
  if (word === true || word === 'true') return true
  return word === false || word === 'false' ? false : refuse(value, 'true or false')
}

/** A whole number within limits. */
export function whole(min = 0, max = Number.MAX_SAFE_INTEGER): Read<number> {
  const upTo = max === Number.MAX_SAFE_INTEGER ? 'on' : `to ${max}`
  return value => {
    const number = numberOf(value)
    return Number.isInteger(number) && number >= min && number <= max
      ? number
      : refuse(value, `a whole number from ${min} ${upTo}`)
  }
}

/** A number of `unit` that is more than 0. */
export function amount(unit: string): Read<number> {
  return value => {
    const number = numberOf(value)
    return number > 0 && Number.isFinite(number) ? number : refuse(value, `${unit}, more than 0`)
  }
}

export function oneOf<const T extends string>(...words: readonly T[]): Read<T> {
  return value => words.find(word => word === value) ?? refuse(value, `one of ${words.join(', ')}`)
}

/** A list, or a text with commas. */
export function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return value => {
    const parts = typeof value === 'string' ? value.split(',').map(part => part.trim()) : value
    return Array.isArray(parts) ? parts.map(part => read(part)) : refuse(value, 'a list')
  }
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}
