// WriteTxnMarkers (key 27, versions 1–2): writes the markers that end transactions, as an administrator asks for (`kafka-transactions abort`); the
// coordinator of this broker writes its own without a request.
import {
  ErrorCode,
  WriteTxnMarkersApi,
  type WriteTxnMarkersRequest,
  type WriteTxnMarkersResponseInit,
} from '@millrace/protocol'
import { clusterResource } from '../authorizer/acl.ts'
import { transactionMarkers } from '../transactions/markers.ts'
import type { TransactionPartition } from '../transactions/admission.ts'
import { defineHandler, type RequestContext } from './handler.ts'
import { type HandlerTraits, needs } from './traits.ts'

type Marker = WriteTxnMarkersRequest['markers'][number]
type MarkerReply = WriteTxnMarkersResponseInit['markers'][number]

const traits: HandlerTraits = {
  authorization: needs('ALTER CLUSTER', 'CLUSTER_ACTION CLUSTER'),
  quota: 'REQUEST',
}

export default defineHandler(WriteTxnMarkersApi, traits, async (request, context) => {
  const may =
    context.authorize('ALTER', 'CLUSTER', clusterResource, 'filter') ||
    context.authorize('CLUSTER_ACTION', 'CLUSTER')
  if (!may) return refuse(request)
  const written = request.markers.map(marker => writeMarker(marker, context))
  const outcomes = new Map<number, Map<string, Map<number, number>>>()
  for (const [index, errors] of (await Promise.all(written)).entries()) {
    const { producerId } = request.markers[index]!
    const topics = outcomes.get(producerId) ?? new Map<string, Map<number, number>>()
    outcomes.set(producerId, topics)
    for (const { topic, partition, errorCode } of errors) {
      const partitions = topics.get(topic) ?? new Map<number, number>()
      topics.set(topic, partitions.set(partition, errorCode))
    }
  }
  return { markers: [...outcomes].map(([producerId, topics]) => replyFor(producerId, topics)) }
})

function refuse({ markers }: WriteTxnMarkersRequest): WriteTxnMarkersResponseInit {
  const errorCode = ErrorCode.CLUSTER_AUTHORIZATION_FAILED
  return {
    markers: markers.map(({ producerId, topics }) => ({
      producerId,
      topics: topics.map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map(partitionIndex => ({ partitionIndex, errorCode })),
      })),
    })),
  }
}

interface Outcome extends TransactionPartition {
  readonly errorCode: number
}

async function writeMarker(marker: Marker, { broker }: RequestContext): Promise<Outcome[]> {
  const { producerId, producerEpoch, coordinatorEpoch, transactionVersion } = marker
  const partitions = marker.topics.flatMap(({ name, partitionIndexes }) =>
    partitionIndexes.map(partition => ({ topic: name, partition })),
  )
  const end = {
    producerId,
    producerEpoch,
    coordinatorEpoch,
    committed: marker.transactionResult,
    transactionVersion,
  }
  const errors = await broker.service(transactionMarkers).write(end, partitions)
  return partitions.map((partition, index) => ({
    ...partition,
    errorCode: errors[index] ?? ErrorCode.UNKNOWN_SERVER_ERROR,
  }))
}

/** Of all markers of one producer, as Kafka has it. */
function replyFor(producerId: number, topics: ReadonlyMap<string, ReadonlyMap<number, number>>): MarkerReply {
  return {
    producerId,
    topics: Array.from(topics, ([name, partitions]) => ({
      name,
      partitions: Array.from(partitions, ([partitionIndex, errorCode]) => ({ partitionIndex, errorCode })),
    })),
  }
}
