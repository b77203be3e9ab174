// What an admin client does with groups and their offsets.
import { DescribeGroupsApi, OffsetFetchApi } from '@millrace/protocol'
import type { Admin as MillraceAdmin } from '../admin/admin.ts'
import { BrokerError } from '../errors/index.ts'
import { asText } from './as-text.ts'
import { checkSeek } from './consumer-arguments.ts'
import { type AdminHost, ask, throwFirst } from './admin-host.ts'
import { fetchTopicOffsets, partitionNumbers } from './admin-topics.ts'
import {
  KafkaJSDeleteGroupsError,
  type KafkaJSDeleteGroupsErrorGroups,
  KafkaJSNonRetriableError,
} from './errors.ts'
import { describedGroup } from './group-description.ts'
import { protocolError } from './protocol-errors.ts'
import type { SeekEntry } from './types/cluster.ts'
import type { Admin } from './types/admin.ts'
import type { GroupDescription } from './types/consumer.ts'

/** The last version whose answer KafkaJS knows: later ones say otherwise that there is no such group. */
const describeGroupsVersionMax = 4
/** The versions with one group in a request, and topics by name. */
const offsetFetchVersions = { minVersion: 2, maxVersion: 7 }
const latest = '-1'
const earliest = '-2'
/** The states in which a group has no members. */
const idle: readonly string[] = ['Empty', 'Dead']

export const listGroups =
  (host: AdminHost): Admin['listGroups'] =>
  () =>
    ask(host, async admin => ({
      groups: (await admin.listGroups()).map(({ groupId, protocolType }) => ({ groupId, protocolType })),
    }))

export const describeGroups =
  (host: AdminHost): Admin['describeGroups'] =>
  groupIds =>
    ask(host, async admin => ({
      groups: await Promise.all(groupIds.map(groupId => describeGroup(admin, groupId))),
    }))

/** A group as its coordinator describes it; one that does not exist is `Dead`. */
export async function describeGroup(
  { cluster }: Pick<MillraceAdmin, 'cluster'>,
  groupId: string,
): Promise<GroupDescription> {
  const what = `describing group "${groupId}"`
  const { groups } = await cluster.call(
    DescribeGroupsApi,
    { groups: [groupId] },
    {
      what,
      to: { coordinator: { type: 'group', key: groupId } },
      maxVersion: describeGroupsVersionMax,
      check: response => {
        for (const { errorCode } of response.groups)
          if (errorCode !== 0) throw new BrokerError(errorCode, what)
      },
    },
  )
  return describedGroup(groups[0]!)
}

export const deleteGroups =
  (host: AdminHost): Admin['deleteGroups'] =>
  async groupIds => {
    if (!groupIds || !Array.isArray(groupIds))
      throw new KafkaJSNonRetriableError(`Invalid groupIds array ${asText(groupIds)}`)
    const stranger = groupIds.find(groupId => typeof groupId !== 'string')
    if (stranger !== undefined)
      throw new KafkaJSNonRetriableError(`Invalid groupId name: ${JSON.stringify(stranger)}`)
    return ask(host, async admin => {
      const deleted = await admin.deleteGroups(groupIds)
      const failed = deleted.flatMap(({ groupId, error }): KafkaJSDeleteGroupsErrorGroups[] => {
        if (!error) return []
        if (!(error instanceof BrokerError)) throw error
        const { errorCode, message } = error
        return [{ groupId, errorCode, error: protocolError(errorCode, message, error) }]
      })
      if (failed.length > 0) throw new KafkaJSDeleteGroupsError('Error in DeleteGroups', failed)
      return deleted.map(({ groupId }) => ({ groupId, errorCode: 0 }))
    })
  }

export const fetchOffsets =
  (host: AdminHost): Admin['fetchOffsets'] =>
  async ({ groupId, topics = [], resolveOffsets = false }) => {
    if (!groupId) throw new KafkaJSNonRetriableError(`Invalid groupId ${groupId}`)
    if (!Array.isArray(topics)) throw new KafkaJSNonRetriableError('Expected topics array to be set')
    return ask(host, async admin => {
      const committed = await committedOffsets(admin, groupId, topics)
      if (!resolveOffsets) return committed
      return Promise.all(
        committed.map(async ({ topic, partitions }) => {
          const ends = new Map((await fetchTopicOffsets(host)(topic)).map(each => [each.partition, each]))
          const resolved = partitions.map(each => {
            const end = ends.get(each.partition)
            if (!end || (each.offset !== earliest && each.offset !== latest)) return each
            return { ...each, offset: each.offset === earliest ? end.low : end.high }
          })
          await setOffsets(host)({ groupId, topic, partitions: resolved })
          return { topic, partitions: resolved }
        }),
      )
    })
  }

type Committed = Awaited<ReturnType<Admin['fetchOffsets']>>

/** What a group has committed, special offsets included: of all partitions of the topics, or of all that it has. */
async function committedOffsets(
  admin: MillraceAdmin,
  groupId: string,
  topics: readonly string[],
): Promise<Committed> {
  const what = `reading the offsets of group "${groupId}"`
  const wanted = await Promise.all(
    topics.map(async name => ({ name, partitionIndexes: await partitionNumbers(admin, name) })),
  )
  const response = await admin.cluster.call(
    OffsetFetchApi,
    { groupId, topics: topics.length === 0 ? null : wanted },
    {
      what,
      to: { coordinator: { type: 'group', key: groupId } },
      ...offsetFetchVersions,
      check: ({ errorCode, topics: found }) => {
        const codes = found.flatMap(({ partitions }) => partitions.map(each => each.errorCode))
        const failed = [errorCode, ...codes].find(code => code !== 0)
        if (failed !== undefined) throw new BrokerError(failed, what)
      },
    },
  )
  return response.topics.map(({ name, partitions }) => ({
    topic: name,
    partitions: partitions.map(({ partitionIndex, committedOffset, metadata }) => ({
      partition: partitionIndex,
      offset: String(committedOffset),
      metadata: metadata || null,
    })),
  }))
}

export const setOffsets =
  (host: AdminHost): Admin['setOffsets'] =>
  async ({ groupId, topic, partitions }) => {
    if (!groupId) throw new KafkaJSNonRetriableError(`Invalid groupId ${groupId}`)
    if (!topic) throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`)
    if (!partitions || partitions.length === 0) throw new KafkaJSNonRetriableError('Invalid partitions')
    const wanted = partitions.map(({ partition, offset }) => {
      const at = checkSeek({ topic, partition, offset })
      return { topic, partition: Number(partition), offset: Number(at) }
    })
    await ask(host, async admin => {
      const { state } = await describeGroup(admin, groupId)
      if (!idle.includes(state))
        throw new KafkaJSNonRetriableError(
          `The consumer group must have no running instances, current state: ${state}`,
        )
      throwFirst(await admin.alterGroupOffsets(groupId, wanted))
    })
  }

export const resetOffsets =
  (host: AdminHost): Admin['resetOffsets'] =>
  async ({ groupId, topic, earliest: toStart }) => {
    if (!groupId) throw new KafkaJSNonRetriableError(`Invalid groupId ${groupId}`)
    if (!topic) throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`)
    const offset = toStart ? earliest : latest
    const partitions: SeekEntry[] = await ask(host, async admin =>
      (await partitionNumbers(admin, topic)).map(partition => ({ partition, offset })),
    )
    await setOffsets(host)({ groupId, topic, partitions })
  }
