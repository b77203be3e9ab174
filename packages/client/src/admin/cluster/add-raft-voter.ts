// Admin: make a controller a voter of the metadata quorum (KIP-853).
import { AddRaftVoterApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { entry, listOf, optional, optionsWith, text } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { type AdminCallOptions, callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'
import { checkEndpoint, type RaftVoter, type RaftVoterEndpoint, raftVoterFields } from './raft-voter.ts'

/** A controller that is to vote. */
export interface NewRaftVoter extends RaftVoter {
  /** Where the other voters reach it: one for each of `controller.listener.names`. */
  readonly endpoints: readonly RaftVoterEndpoint[]
}

/** Options of `addRaftVoter` and `removeRaftVoter`. */
export interface RaftVoterOptions extends AdminCallOptions {
  /** Refuse when the cluster has another id (`INCONSISTENT_CLUSTER_ID`). Default: whatever it has. */
  readonly clusterId?: string
}

const checkVoter = entry({ ...raftVoterFields, endpoints: listOf(checkEndpoint) })
export const checkVoterOptions = optionsWith({ clusterId: optional(text) })

/**
 * Adds a voter, which has to run and to have all of the metadata log. Throws BrokerError: `DUPLICATE_VOTER`, `REQUEST_TIMED_OUT` (it is too far behind),
 * `UNSUPPORTED_VERSION` (the voters of this cluster are fixed).
 */
export async function addRaftVoter(
  cluster: Cluster,
  voter: NewRaftVoter,
  options: RaftVoterOptions = {},
): Promise<void> {
  checkVoter('addRaftVoter: voter', voter)
  checkVoterOptions('addRaftVoter: options', options)
  const { voterId, voterDirectoryId, endpoints } = voter
  const what = `adding voter ${voterId}`
  const { errorCode, errorMessage } = await cluster.call(
    AddRaftVoterApi,
    {
      clusterId: options.clusterId ?? null,
      timeoutMs: cluster.options.requestTimeoutMs,
      voterId,
      voterDirectoryId,
      listeners: endpoints.map(({ name, host, port }) => ({ name, host, port })),
    },
    { ...callOptions(options), what, check: response => checkBroker([response.errorCode], what) },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
}
