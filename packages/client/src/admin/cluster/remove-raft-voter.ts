// Admin: take a controller out of the voters of the metadata quorum (KIP-853).
import { RemoveRaftVoterApi } from '@millrace/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { entry } from '../../config/arguments.ts'
import { BrokerError } from '../../errors/index.ts'
import { callOptions } from '../call-options.ts'
import { checkBroker } from '../wrong-broker.ts'
import { checkVoterOptions, type RaftVoterOptions } from './add-raft-voter.ts'
import { type RaftVoter, raftVoterFields } from './raft-voter.ts'

const checkVoter = entry(raftVoterFields)

/** Removes a voter. Throws BrokerError: `VOTER_NOT_FOUND`, `UNSUPPORTED_VERSION` (the voters of this cluster are fixed). */
export async function removeRaftVoter(
  cluster: Cluster,
  voter: RaftVoter,
  options: RaftVoterOptions = {},
): Promise<void> {
  checkVoter('removeRaftVoter: voter', voter)
  checkVoterOptions('removeRaftVoter: options', options)
  const { voterId, voterDirectoryId } = voter
  const what = `removing voter ${voterId}`
  const { errorCode, errorMessage } = await cluster.call(
    RemoveRaftVoterApi,
    { clusterId: options.clusterId ?? null, voterId, voterDirectoryId },
    { ...callOptions(options), what, check: response => checkBroker([response.errorCode], what) },
  )
  if (errorCode !== 0) throw new BrokerError(errorCode, what, errorMessage)
}
