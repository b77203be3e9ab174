// What kind of thing a value is, whichever realm made it: under jest, and in `node:vm`, programs and Node have classes of their own each.
import { types } from 'node:util'

export const isBytes = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array || types.isUint8Array(value)

export const isRegExp: (value: unknown) => value is RegExp = types.isRegExp

export const isDate: (value: unknown) => value is Date = types.isDate

export const isMap: (value: unknown) => value is Map<unknown, unknown> = types.isMap
