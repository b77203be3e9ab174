// The record types of `__consumer_offsets`: which key belongs to which kind of group. Kafka's `CoordinatorRecordType`.
import type { GroupType } from './group.ts'

/** A kind of group that this broker does not run, though it may find one in its data directory. */
export type UnservedType = Exclude<GroupType, 'classic'>

export interface UnservedKey {
  readonly group: UnservedType
  /** The record is there as long as its member is in the group. */
  readonly isMember: boolean
}

export const offsetKeyTypeMax = 1
export const classicKeyType = 2

const memberTypes: ReadonlySet<number> = new Set([5, 10, 19])

/** 9 and 18 were written by early releases of share and streams groups. */
const typesOf: Readonly<Record<UnservedType, readonly number[]>> = {
  consumer: [3, 4, 5, 6, 7, 8, 16],
  share: [9, 10, 11, 12, 13, 14, 15],
  streams: [17, 18, 19, 20, 21, 22, 23],
}

const unservedKeys = new Map<number, UnservedKey>()
for (const group of ['consumer', 'share', 'streams'] as const) {
  for (const type of typesOf[group]) unservedKeys.set(type, { group, isMember: memberTypes.has(type) })
}

/** Whose key it is; undefined for types that are not known. */
export function unservedKey(type: number): UnservedKey | undefined {
  return unservedKeys.get(type)
}
