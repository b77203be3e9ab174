// What this client is allowed to do with a thing, as brokers tell it: a bit for each operation (KIP-430).
import { AclOperation, type AclOperationName } from './acl.ts'

/** What brokers write where nobody asked, and where they are too old to know: the least number of 32 bits. */
const notAsked = -(2 ** 31)

const operations = Object.entries(AclOperation) as [AclOperationName, number][]

/** Undefined where it was not asked for, or the broker does not tell. Operations that this client has no name for are left out. */
export function authorizedOperations(bits: number): readonly AclOperationName[] | undefined {
  if (bits === notAsked) return undefined
  return operations.filter(([, code]) => (bits & (1 << code)) !== 0).map(([name]) => name)
}
