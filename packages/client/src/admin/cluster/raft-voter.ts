// A voter of the metadata quorum as programs name it (KIP-853).
import { entry, int32, text, uuid } from '../../config/arguments.ts'

/** Where a voter is reached: Kafka’s `RaftVoterEndpoint`. */
export interface RaftVoterEndpoint {
  /** The name of its listener, in capitals: `CONTROLLER`. */
  readonly name: string
  /** Its host. */
  readonly host: string
  /** Its port. */
  readonly port: number
}

/** A voter: the same node with another metadata directory is another one. */
export interface RaftVoter {
  /** `node.id` of the controller. */
  readonly voterId: number
  /** `directory.id` in the `meta.properties` of its metadata directory, 22 characters of URL-safe base64. */
  readonly voterDirectoryId: string
}

export const raftVoterFields = { voterId: int32, voterDirectoryId: uuid } as const

export const checkEndpoint = entry({ name: text, host: text, port: int32 })
