// DescribeProducers (key 61, version 0): producers with state in a partition, for who looks for hanging transactions.
import { DescribeProducersApi, ErrorCode } from '@millrace/protocol'
import { defineHandler } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

const traits: HandlerTraits = { authorization: needs('READ TOPIC'), quota: 'REQUEST' }

export default defineHandler(DescribeProducersApi, traits, (request, { broker }) => ({
  topics: request.topics.map(({ name, partitionIndexes }) => ({
    name,
    partitions: partitionIndexes.map(partitionIndex => {
      const log = broker.partition(name, partitionIndex)
      return {
        partitionIndex,
        errorCode: log ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        errorMessage: null,
        activeProducers: log ? [...log.activeProducers()] : [],
      }
    }),
  })),
}))
