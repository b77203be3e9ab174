// What both brokers are asked of the cluster as a whole: features, leaders, moves, voters, brokers.
import {
  AddRaftVoterApi,
  AlterPartitionReassignmentsApi,
  ElectLeadersApi,
  ListPartitionReassignmentsApi,
  RemoveRaftVoterApi,
  UnregisterBrokerApi,
  UpdateFeaturesApi,
  zeroUuid,
} from '@millrace/protocol'
import { type Question, question } from './questions.ts'

const voter = { clusterId: null, voterId: 99, voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ' }
const toAdd = { timeoutMs: 1000, listeners: [{ name: 'CONTROLLER', host: 'localhost', port: 1 }] }

export const clusterQuestions: readonly Question[] = [
  question(UpdateFeaturesApi, 'a level that is in force', () => ({
    featureUpdates: [{ feature: 'metadata.version', maxVersionLevel: 30 }],
  })),
  question(UpdateFeaturesApi, 'an unknown feature', () => ({
    featureUpdates: [{ feature: 'no.such', maxVersionLevel: 1 }],
  })),
  question(ElectLeadersApi, 'preferred', () => ({
    topicPartitions: [{ topic: 'read', partitions: [0, 9] }],
    timeoutMs: 5000,
  })),
  question(AlterPartitionReassignmentsApi, 'to where it is', () => ({
    topics: [
      {
        name: 'read',
        partitions: [
          { partitionIndex: 0, replicas: [1] },
          { partitionIndex: 9, replicas: [1] },
        ],
      },
    ],
  })),
  question(ElectLeadersApi, 'all that need it', () => ({ topicPartitions: null, timeoutMs: 5000 })),
  ...[null, [], [1, 1], [9], [1, 9], [-1]].map(replicas =>
    question(AlterPartitionReassignmentsApi, `to ${JSON.stringify(replicas)}`, () => ({
      topics: [{ name: 'read', partitions: [{ partitionIndex: 0, replicas }] }],
    })),
  ),
  question(ListPartitionReassignmentsApi, 'all', () => ({ topics: null })),
  question(ListPartitionReassignmentsApi, 'of partitions, one of them unknown', () => ({
    topics: [{ name: 'read', partitionIndexes: [0, 9] }],
  })),
  question(UnregisterBrokerApi, 'that there is not', () => ({ brokerId: 99 })),
  question(AddRaftVoterApi, 'where the voters are fixed', () => ({ ...voter, ...toAdd })),
  question(AddRaftVoterApi, 'of another cluster', () => ({ ...voter, ...toAdd, clusterId: 'other' })),
  question(AddRaftVoterApi, 'without a directory', () => ({
    ...voter,
    ...toAdd,
    voterDirectoryId: zeroUuid,
  })),
  question(AddRaftVoterApi, 'without an address', () => ({ ...voter, ...toAdd, listeners: [] })),
  question(RemoveRaftVoterApi, 'where the voters are fixed', () => voter),
  question(RemoveRaftVoterApi, 'of another cluster', () => ({ ...voter, clusterId: 'other' })),
  question(RemoveRaftVoterApi, 'with a negative id', () => ({ ...voter, voterId: -1 })),
]
