// Users with SCRAM credentials (KIP-554, KIP-900), as the image has them. Types only: a start loads nothing for them.
import type { ScramCredential } from '@millrace/protocol/security'

/** By name, then by mechanism (`ScramMechanism.type` of Kafka). A user without credentials is none. */
export type ScramUsers = ReadonlyMap<string, ReadonlyMap<number, ScramCredential>>

/** A UserScramCredentialRecord. */
export interface ScramUserRecord extends ScramCredential {
  readonly name: string
  readonly mechanism: number
}
