// What an admin client does with topics and their partitions.
import type { Admin as MillraceAdmin } from '../admin/admin.ts'
import type { NewTopic } from '../admin/topics/create-topics.ts'
import type { DescribedTopic } from '../admin/topics/describe-topics.ts'
import { BrokerError } from '../errors/index.ts'
import { asText } from './as-text.ts'
import {
  type AdminHost,
  ask,
  askOften,
  checkTopic,
  checkTopicList,
  givenUp,
  throwFirst,
} from './admin-host.ts'
import { checkSeek } from './consumer-arguments.ts'
import {
  KafkaJSAggregateError,
  KafkaJSAlterPartitionReassignmentsError,
  KafkaJSBrokerNotFound,
  KafkaJSCreateTopicError,
  KafkaJSDeleteTopicRecordsError,
  type KafkaJSError,
  KafkaJSNonRetriableError,
} from './errors.ts'
import { protocolErrorFields, toKafkaJSError } from './protocol-errors.ts'
import { exhausted, RetryTimes } from './retry.ts'
import type { PartitionMetadata, SeekEntry } from './types/cluster.ts'
import type { Admin, ITopicConfig } from './types/admin.ts'

const topicAlreadyExists = 36

export const createTopics =
  (host: AdminHost): Admin['createTopics'] =>
  async ({ topics, validateOnly = false, timeout, waitForLeaders = true }) => {
    checkTopicList('topics', topics)
    for (const each of topics) checkConfigEntries(each)
    return ask(host, async admin => {
      const created = await admin.createTopics(topics.map(newTopic), {
        validateOnly,
        ...(timeout !== undefined && { timeoutMs: timeout }),
      })
      const failed = created.filter(({ error }) => error)
      const codeOf = (error: unknown) => (error instanceof BrokerError ? error.errorCode : undefined)
      if (failed.length > 0) {
        if (failed.every(({ error }) => codeOf(error) === topicAlreadyExists)) return false
        const foreign = failed.find(({ error }) => codeOf(error) === undefined)
        if (foreign) throw foreign.error
        throw new KafkaJSAggregateError(
          'Topic creation errors',
          failed.map(({ name, error }) => {
            const { errorCode, message } = error as BrokerError
            return new KafkaJSCreateTopicError(protocolErrorFields(errorCode, message), name)
          }),
        )
      }
      if (waitForLeaders && !validateOnly) await awaitLeaders(admin, topics, timeout)
      return true
    })
  }

function newTopic(given: ITopicConfig): NewTopic {
  const { topic, numPartitions = -1, replicationFactor = -1, replicaAssignment = [], configEntries } = given
  const configs = configEntries && Object.fromEntries(configEntries.map(({ name, value }) => [name, value]))
  if (replicaAssignment.length === 0)
    return {
      name: topic,
      ...(numPartitions !== -1 && { partitions: numPartitions }),
      ...(replicationFactor !== -1 && { replicationFactor }),
      ...(configs && { configs }),
    }
  const assignments = [...replicaAssignment].sort((a, b) => a.partition - b.partition)
  return {
    name: topic,
    assignments: assignments.map(({ replicas }) => replicas),
    ...(configs && { configs }),
  }
}

function checkConfigEntries({ topic, configEntries }: ITopicConfig): void {
  if (configEntries == null) return
  const start = `Invalid configEntries for topic "${topic}"`
  if (!Array.isArray(configEntries)) throw new KafkaJSNonRetriableError(`${start}, must be an array`)
  for (const [index, entry] of configEntries.entries()) {
    if (typeof entry !== 'object' || entry === null)
      throw new KafkaJSNonRetriableError(`${start}. Entry ${index} must be an object`)
    for (const name of ['name', 'value'] as const)
      if (typeof entry[name] !== 'string')
        throw new KafkaJSNonRetriableError(`${start}. Entry ${index} must have a valid "${name}" property`)
  }
}

/** Until the partitions of new topics can be written to. */
async function awaitLeaders(
  admin: MillraceAdmin,
  topics: readonly ITopicConfig[],
  timeout: number | undefined,
): Promise<void> {
  const options = timeout === undefined ? {} : { timeoutMs: timeout }
  for (const { topic } of topics) await admin.cluster.topic(topic, options)
}

export const createPartitions =
  (host: AdminHost): Admin['createPartitions'] =>
  async ({ topicPartitions, validateOnly = false, timeout }) => {
    if (Array.isArray(topicPartitions) && topicPartitions.length === 0)
      throw new KafkaJSNonRetriableError('Empty topic partitions array')
    checkTopicList('topic partitions', topicPartitions)
    return ask(host, async admin => {
      const options = { validateOnly, ...(timeout !== undefined && { timeoutMs: timeout }) }
      const wanted = topicPartitions.map(({ topic, count, assignments }) => ({
        topic,
        count,
        ...(assignments && assignments.length > 0 && { assignments }),
      }))
      throwFirst(await admin.createPartitions(wanted, options))
      return true
    })
  }

export const deleteTopics =
  (host: AdminHost): Admin['deleteTopics'] =>
  async ({ topics, timeout }) => {
    if (!topics || !Array.isArray(topics))
      throw new KafkaJSNonRetriableError(`Invalid topics array ${asText(topics)}`)
    if (topics.some(topic => typeof topic !== 'string'))
      throw new KafkaJSNonRetriableError('Invalid topics array, the names must be a valid string')
    await ask(host, async admin => {
      const deleted = await admin.deleteTopics(topics, timeout === undefined ? {} : { timeoutMs: timeout })
      const failed = deleted.find(({ error }) => error)
      // KafkaJS waits for topics that are not there.
      if (failed) throw givenUp(host, toKafkaJSError(failed.error))
    })
  }

export const listTopics =
  (host: AdminHost): Admin['listTopics'] =>
  () =>
    ask(host, async admin => (await admin.listTopics()).map(({ name }) => name))

export const fetchTopicMetadata =
  (host: AdminHost): Admin['fetchTopicMetadata'] =>
  async ({ topics = [] } = { topics: [] }) => {
    for (const topic of topics) checkTopic(topic)
    return ask(host, async admin => {
      const described = await admin.describeTopics(topics.length === 0 ? undefined : topics)
      throwFirst(described)
      return { topics: described.map(each => ({ name: each.name, partitions: partitionsOf(each) })) }
    })
  }

function partitionsOf({ partitions }: DescribedTopic): PartitionMetadata[] {
  return partitions.map(({ partition, leader, replicas, inSyncReplicas, offlineReplicas }) => ({
    partitionErrorCode: 0,
    partitionId: partition,
    leader,
    replicas: [...replicas],
    isr: [...inSyncReplicas],
    offlineReplicas: [...offlineReplicas],
  }))
}

/** Numbers of the partitions of a topic. */
export async function partitionNumbers(admin: MillraceAdmin, topic: string): Promise<number[]> {
  const { partitions } = await admin.cluster.topic(topic)
  return partitions.map(({ partition }) => partition)
}

/** One place in each partition of a topic: a time, or one of the ends. */
async function offsetsAt(admin: MillraceAdmin, topic: string, timestamp: number): Promise<SeekEntry[]> {
  const partitions = await partitionNumbers(admin, topic)
  const found = await admin.listOffsets(partitions.map(partition => ({ topic, partition, timestamp })))
  throwFirst(found)
  return found.map(({ partition, offset }) => ({ partition, offset: String(offset) }))
}

const latest = -1
const earliest = -2

export const fetchTopicOffsets =
  (host: AdminHost): Admin['fetchTopicOffsets'] =>
  async topic => {
    checkTopic(topic)
    return askOften(host, async admin => {
      const [high, low] = await Promise.all([
        offsetsAt(admin, topic, latest),
        offsetsAt(admin, topic, earliest),
      ])
      return high.map(({ partition, offset }, index) => ({
        partition,
        offset,
        high: offset,
        low: low[index]!.offset,
      }))
    })
  }

export const fetchTopicOffsetsByTimestamp =
  (host: AdminHost): Admin['fetchTopicOffsetsByTimestamp'] =>
  async (topic, timestamp) => {
    checkTopic(topic)
    return askOften(host, async admin => {
      const high = await offsetsAt(admin, topic, latest)
      const found = await offsetsAt(admin, topic, timestamp ?? latest)
      return found.map((entry, index) => (Number(entry.offset) >= 0 ? entry : high[index]!))
    })
  }

export const deleteTopicRecords =
  (host: AdminHost): Admin['deleteTopicRecords'] =>
  async ({ topic, partitions }) => {
    if (!topic || typeof topic !== 'string') throw new KafkaJSNonRetriableError(`Invalid topic "${topic}"`)
    if (!partitions || partitions.length === 0) throw new KafkaJSNonRetriableError('Invalid partitions')
    const wanted = partitions.map(({ partition, offset }) => {
      const beforeOffset = Number(checkSeek({ topic, partition, offset }))
      return { topic, partition, beforeOffset }
    })
    await askOften(host, async admin => {
      await checkLeaders(admin, topic, partitions)
      const deleted = await admin.deleteRecords(wanted)
      const failed = deleted.flatMap(({ partition, error }, index) =>
        error
          ? [{ partition, offset: partitions[index]!.offset, error: toKafkaJSError(error) as KafkaJSError }]
          : [],
      )
      if (failed.length === 0) return
      const error = new KafkaJSDeleteTopicRecordsError({ topic, partitions: failed })
      throw exhausted(error, new RetryTimes(host.retry, host.settings.random))
    })
  }

/** Throws KafkaJSDeleteTopicRecordsError for partitions that there are not. */
async function checkLeaders(
  admin: MillraceAdmin,
  topic: string,
  partitions: readonly SeekEntry[],
): Promise<void> {
  const known = await partitionNumbers(admin, topic)
  const unknown = partitions.filter(({ partition }) => !known.includes(partition))
  if (unknown.length === 0) return
  const error = new KafkaJSBrokerNotFound('Could not find the leader for the partition', { retriable: false })
  throw new KafkaJSDeleteTopicRecordsError({
    topic,
    partitions: unknown.map(({ partition, offset }) => ({ partition, offset, error })),
  })
}

export const alterPartitionReassignments =
  (host: AdminHost): Admin['alterPartitionReassignments'] =>
  async ({ topics, timeout }) => {
    checkTopicList('topics', topics)
    for (const { topic, partitionAssignment } of topics) {
      if (!partitionAssignment || !Array.isArray(partitionAssignment))
        throw new KafkaJSNonRetriableError(
          `Invalid partitions array: ${asText(partitionAssignment)} for topic: ${topic}`,
        )
      for (const each of partitionAssignment) checkReplicas(topic, each.partition, each.replicas)
    }
    const wanted = topics.flatMap(({ topic, partitionAssignment }) =>
      partitionAssignment.map(({ partition, replicas }) => ({ topic, partition, replicas })),
    )
    await ask(host, async admin => {
      const altered = await admin.alterPartitionReassignments(
        wanted,
        timeout === undefined ? {} : { timeoutMs: timeout },
      )
      const failed = altered.filter(({ error }) => error)
      if (failed.length === 0) return
      throw new KafkaJSAggregateError(
        'Errors altering partition reassignments',
        failed.map(({ topic, partition, error }) =>
          error instanceof BrokerError
            ? new KafkaJSAlterPartitionReassignmentsError(
                protocolErrorFields(error.errorCode, error.message),
                topic,
                partition,
              )
            : toKafkaJSError(error),
        ),
      )
    })
  }

function checkReplicas(topic: string, partition: number, replicas: readonly number[]): void {
  if (typeof partition !== 'number' || partition < 0)
    throw new KafkaJSNonRetriableError(`Invalid partitions index: ${partition} for topic: ${topic}`)
  const start = `Invalid replica assignment: ${asText(replicas)} for topic: ${topic} on partition: ${partition}`
  if (!replicas || !Array.isArray(replicas)) throw new KafkaJSNonRetriableError(start)
  if (replicas.some(replica => typeof replica !== 'number' || replica < 0))
    throw new KafkaJSNonRetriableError(`${start}. Replicas must be a non negative number`)
}

export const listPartitionReassignments =
  (host: AdminHost): Admin['listPartitionReassignments'] =>
  async ({ topics, timeout }) => {
    if (topics) {
      checkTopicList('topics', topics)
      for (const { topic, partitions } of topics) checkPartitions(topic, partitions)
    }
    const wanted = topics?.flatMap(({ topic, partitions }) =>
      partitions.map(partition => ({ topic, partition })),
    )
    return ask(host, async admin => {
      const options = timeout === undefined ? {} : { timeoutMs: timeout }
      const moving = await admin.listPartitionReassignments(wanted, options)
      const byTopic = new Map<string, object[]>()
      for (const { topic, partition, replicas, addingReplicas, removingReplicas } of moving) {
        const partitions = byTopic.get(topic) ?? []
        byTopic.set(topic, partitions)
        // By the name of KafkaJS's types, and by that of its code.
        partitions.push({ partitionIndex: partition, partition, replicas, addingReplicas, removingReplicas })
      }
      // Likewise.
      const found = [...byTopic].map(([topic, partitions]) => ({ topic, name: topic, partitions }))
      return { topics: found as Awaited<ReturnType<Admin['listPartitionReassignments']>>['topics'] }
    })
  }

function checkPartitions(topic: string, partitions: readonly number[]): void {
  const start = `Invalid partition array: ${asText(partitions)} for topic: ${topic}`
  if (!partitions || !Array.isArray(partitions)) throw new KafkaJSNonRetriableError(start)
  if (partitions.some(partition => typeof partition !== 'number' || partition < 0))
    throw new KafkaJSNonRetriableError(
      `${start}. The partition indices have to be a valid number greater than 0.`,
    )
}
