// The state that the metadata log describes: topics, partitions, settings, ACLs, quotas, producer ids. Pure: records in, lookups out.
import type { ScramCredential } from '@millrace/protocol/security'
import { AclSet } from '../authorizer/acl-set.ts'
import { ClientQuotaTable } from './client-quotas.ts'
import type { DelegationToken, DelegationTokenTable } from './delegation-token.ts'
import { FinalizedFeatures } from './features.ts'
import type { MetadataRecord } from './record.ts'
import { resourceTypes } from './record.ts'
import type { ScramUserRecord, ScramUsers } from './scram-users.ts'
import { collisionKey, internalTopics } from './topic-name.ts'

export interface PartitionImage {
  readonly leaderEpoch: number
  readonly partitionEpoch: number
}

/** What clients have done with a topic since this start of the broker: plain numbers, counted where it happens, and read by metrics. */
export interface TopicTraffic {
  messagesIn: number
  bytesIn: number
  bytesOut: number
  /** Of batches that were too large. */
  bytesRejected: number
  /** One a partition and request, those that failed included. */
  produceRequests: number
  failedProduceRequests: number
  fetchRequests: number
  failedFetchRequests: number
}

function noTraffic(): TopicTraffic {
  return {
    messagesIn: 0,
    bytesIn: 0,
    bytesOut: 0,
    bytesRejected: 0,
    produceRequests: 0,
    failedProduceRequests: 0,
    fetchRequests: 0,
    failedFetchRequests: 0,
  }
}

/** A topic as of now. The object lives as long as the topic: keep it to notice that a topic was deleted and made anew. */
export class TopicImage {
  readonly name: string
  /** UUID in Kafka's string form. */
  readonly topicId: string
  readonly internal: boolean
  /** By partition index, without gaps. */
  readonly partitions: PartitionImage[] = []
  /** The topic's own settings, as text. */
  readonly configs: ReadonlyMap<string, string>
  readonly traffic = noTraffic()

  constructor(name: string, topicId: string, configs: ReadonlyMap<string, string>) {
    this.name = name
    this.topicId = topicId
    this.internal = internalTopics.has(name)
    this.configs = configs
  }
}

const noConfigs: ReadonlyMap<string, string> = new Map()

export class MetadataImage {
  readonly features = new FinalizedFeatures()
  readonly acls = new AclSet()
  readonly #scramUsers = new Map<string, Map<number, ScramCredential>>()
  readonly #delegationTokens = new Map<string, DelegationToken>()
  readonly clientQuotas = new ClientQuotaTable()
  /** Of every partition since this start of the broker, which leads them all (`MetadataStore`). */
  leaderEpoch = 0
  readonly #topics = new Map<string, TopicImage>()
  readonly #topicsById = new Map<string, TopicImage>()
  /** Settings by resource type and name. The maps of topics are the ones that `TopicImage.configs` shows. */
  readonly #configs = new Map<number, Map<string, Map<string, string>>>()
  /** Names by collision key, to refuse `a.b` beside `a_b`. */
  readonly #collisions = new Map<string, Set<string>>()
  /** Of topics that are gone: what is counted over all topics never goes back. */
  readonly pastTraffic = noTraffic()
  #nextProducerId = 0
  #partitionCount = 0

  get topicCount(): number {
    return this.#topics.size
  }

  get partitionCount(): number {
    return this.#partitionCount
  }

  /** The first producer id that no block has been taken of. */
  get nextProducerId(): number {
    return this.#nextProducerId
  }

  /** Tokens that have ended are there until they are removed. */
  get delegationTokens(): DelegationTokenTable {
    return this.#delegationTokens
  }

  get scramUsers(): ScramUsers {
    return this.#scramUsers
  }

  topic(name: string): TopicImage | undefined {
    return this.#topics.get(name)
  }

  topicById(topicId: string): TopicImage | undefined {
    return this.#topicsById.get(topicId)
  }

  topics(): IterableIterator<TopicImage> {
    return this.#topics.values()
  }

  /** The settings of a resource that were set explicitly, as text. */
  configs(resourceType: number, resourceName: string): ReadonlyMap<string, string> {
    return this.#configs.get(resourceType)?.get(resourceName) ?? noConfigs
  }

  /** Names of the resources of a type that have settings. */
  configuredResources(resourceType: number): string[] {
    return [...(this.#configs.get(resourceType) ?? [])]
      .filter(([, settings]) => settings.size > 0)
      .map(([name]) => name)
  }

  /** An existing topic whose name becomes the same as `name` in a metric, other than `name` itself. */
  collidingTopic(name: string): string | undefined {
    const names = this.#collisions.get(collisionKey(name))
    if (names) for (const other of names) if (other !== name) return other
    return undefined
  }

  /** The latest epoch that a partition was given by a record. */
  latestLeaderEpoch(): number {
    let latest = 0
    for (const { partitions } of this.#topics.values())
      for (const { leaderEpoch } of partitions) latest = Math.max(latest, leaderEpoch)
    return latest
  }

  /** Applies one record. Throws when it contradicts the image: then the log is not what this code has written. */
  apply(record: MetadataRecord): void {
    switch (record.type) {
      case 'topic':
        this.#addTopic(record.name, record.topicId)
        return
      case 'partition': {
        const topic = this.#requireTopic(record.topicId)
        const { partition, leaderEpoch, partitionEpoch } = record
        if (partition > topic.partitions.length) {
          throw new Error(`metadata has partition ${topic.name}-${partition} but none before it`)
        }
        if (partition === topic.partitions.length) this.#partitionCount++
        topic.partitions[partition] = { leaderEpoch, partitionEpoch }
        return
      }
      case 'removeTopic':
        this.#removeTopic(this.#requireTopic(record.topicId))
        return
      case 'config': {
        const settings = this.#settings(record.resourceType, record.resourceName)
        if (record.value === null) settings.delete(record.name)
        else settings.set(record.name, record.value)
        return
      }
      case 'acl': {
        const { type: _, id, ...acl } = record
        this.acls.add(id, acl)
        return
      }
      case 'removeAcl':
        this.acls.remove(record.id)
        return
      case 'scramUser':
        this.#setScramUser(record)
        return
      case 'removeScramUser': {
        const credentials = this.#scramUsers.get(record.name)
        credentials?.delete(record.mechanism)
        if (credentials?.size === 0) this.#scramUsers.delete(record.name)
        return
      }
      case 'delegationToken': {
        const { type: _, ...token } = record
        this.#delegationTokens.set(token.tokenId, token)
        return
      }
      case 'removeDelegationToken':
        this.#delegationTokens.delete(record.tokenId)
        return
      case 'producerIds':
        this.#nextProducerId = Math.max(this.#nextProducerId, record.nextProducerId)
        return
      case 'featureLevel':
        this.features.set(record.name, record.level)
        return
      case 'clientQuota':
        this.clientQuotas.apply(record)
    }
  }

  /** The records from which an empty image becomes equal to this one. */
  *records(): Generator<MetadataRecord> {
    yield* this.features.records()
    for (const topic of this.#topics.values()) {
      yield { type: 'topic', name: topic.name, topicId: topic.topicId }
      for (const [partition, { partitionEpoch }] of topic.partitions.entries()) {
        const { leaderEpoch } = this
        yield { type: 'partition', topicId: topic.topicId, partition, leaderEpoch, partitionEpoch }
      }
    }
    for (const [resourceType, resources] of this.#configs) {
      for (const [resourceName, settings] of resources) {
        for (const [name, value] of settings)
          yield { type: 'config', resourceType, resourceName, name, value }
      }
    }
    for (const [id, acl] of this.acls.entries()) yield { type: 'acl', id, ...acl }
    yield* this.clientQuotas.records()
    for (const [name, credentials] of this.#scramUsers) {
      for (const [mechanism, credential] of credentials)
        yield { type: 'scramUser', name, mechanism, ...credential }
    }
    for (const token of this.#delegationTokens.values()) yield { type: 'delegationToken', ...token }
    if (this.#nextProducerId > 0) yield { type: 'producerIds', nextProducerId: this.#nextProducerId }
  }

  #setScramUser({ name, mechanism, salt, storedKey, serverKey, iterations }: ScramUserRecord): void {
    const credentials = this.#scramUsers.get(name) ?? new Map<number, ScramCredential>()
    credentials.set(mechanism, { salt, storedKey, serverKey, iterations })
    this.#scramUsers.set(name, credentials)
  }

  #addTopic(name: string, topicId: string): void {
    if (this.#topics.has(name)) throw new Error(`metadata has topic ${name} twice`)
    const topic = new TopicImage(name, topicId, this.#settings(resourceTypes.TOPIC, name))
    this.#topics.set(name, topic)
    this.#topicsById.set(topicId, topic)
    const key = collisionKey(name)
    const names = this.#collisions.get(key)
    if (names) names.add(name)
    else this.#collisions.set(key, new Set([name]))
  }

  #removeTopic(topic: TopicImage): void {
    for (const count of Object.keys(topic.traffic) as (keyof TopicTraffic)[]) {
      this.pastTraffic[count] += topic.traffic[count]
    }
    this.#topics.delete(topic.name)
    this.#topicsById.delete(topic.topicId)
    this.#configs.get(resourceTypes.TOPIC)?.delete(topic.name)
    this.#partitionCount -= topic.partitions.length
    const key = collisionKey(topic.name)
    const names = this.#collisions.get(key)
    names?.delete(topic.name)
    if (names?.size === 0) this.#collisions.delete(key)
  }

  #requireTopic(topicId: string): TopicImage {
    const topic = this.#topicsById.get(topicId)
    if (!topic) throw new Error(`metadata speaks of topic id ${topicId}, which it has not introduced`)
    return topic
  }

  #settings(resourceType: number, resourceName: string): Map<string, string> {
    let resources = this.#configs.get(resourceType)
    if (!resources) {
      resources = new Map()
      this.#configs.set(resourceType, resources)
    }
    let settings = resources.get(resourceName)
    if (!settings) {
      settings = new Map()
      resources.set(resourceName, settings)
    }
    return settings
  }
}
