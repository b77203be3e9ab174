// An admin client as KafkaJS has it, over ours.
import { Admin as MillraceAdmin } from '../admin/admin.ts'
import { createAcls, deleteAcls, describeAcls } from './admin-acls.ts'
import { alterConfigs, describeConfigs } from './admin-configs.ts'
import {
  deleteGroups,
  describeGroups,
  fetchOffsets,
  listGroups,
  resetOffsets,
  setOffsets,
} from './admin-groups.ts'
import { type AdminHost, ask } from './admin-host.ts'
import {
  alterPartitionReassignments,
  createPartitions,
  createTopics,
  deleteTopicRecords,
  deleteTopics,
  fetchTopicMetadata,
  fetchTopicOffsets,
  fetchTopicOffsetsByTimestamp,
  listPartitionReassignments,
  listTopics,
} from './admin-topics.ts'
import { adminEvents, Emitter, type Listener } from './events.ts'
import { Link } from './link.ts'
import type { Settings } from './settings.ts'
import type { Admin, AdminConfig } from './types/admin.ts'
import type { Logger } from './types/config.ts'

export class AdminDoor implements Admin {
  readonly events = adminEvents
  readonly #logger: Logger
  readonly #emitter: Emitter
  readonly #link: Link<MillraceAdmin>
  readonly #host: AdminHost

  constructor(settings: Settings, config: AdminConfig) {
    const retry = settings.retry(config.retry)
    this.#logger = settings.logger.namespace('Admin')
    this.#emitter = new Emitter('admin', adminEvents, settings.clock, this.#logger)
    this.#link = new Link({
      settings,
      emitter: this.#emitter,
      retry,
      metadataMaxAge: undefined,
      allowAutoTopicCreation: false,
      make: options => new MillraceAdmin(options),
    })
    this.#host = { settings, retry, logger: this.#logger, open: () => this.#link.reach() }
    this.listTopics = listTopics(this.#host)
    this.createTopics = createTopics(this.#host)
    this.deleteTopics = deleteTopics(this.#host)
    this.createPartitions = createPartitions(this.#host)
    this.fetchTopicMetadata = fetchTopicMetadata(this.#host)
    this.fetchTopicOffsets = fetchTopicOffsets(this.#host)
    this.fetchTopicOffsetsByTimestamp = fetchTopicOffsetsByTimestamp(this.#host)
    this.deleteTopicRecords = deleteTopicRecords(this.#host)
    this.alterPartitionReassignments = alterPartitionReassignments(this.#host)
    this.listPartitionReassignments = listPartitionReassignments(this.#host)
    this.fetchOffsets = fetchOffsets(this.#host)
    this.setOffsets = setOffsets(this.#host)
    this.resetOffsets = resetOffsets(this.#host)
    this.listGroups = listGroups(this.#host)
    this.describeGroups = describeGroups(this.#host)
    this.deleteGroups = deleteGroups(this.#host)
    this.describeConfigs = describeConfigs(this.#host)
    this.alterConfigs = alterConfigs(this.#host)
    this.describeAcls = describeAcls(this.#host)
    this.createAcls = createAcls(this.#host)
    this.deleteAcls = deleteAcls(this.#host)
  }

  readonly listTopics: Admin['listTopics']
  readonly createTopics: Admin['createTopics']
  readonly deleteTopics: Admin['deleteTopics']
  readonly createPartitions: Admin['createPartitions']
  readonly fetchTopicMetadata: Admin['fetchTopicMetadata']
  readonly fetchTopicOffsets: Admin['fetchTopicOffsets']
  readonly fetchTopicOffsetsByTimestamp: Admin['fetchTopicOffsetsByTimestamp']
  readonly deleteTopicRecords: Admin['deleteTopicRecords']
  readonly alterPartitionReassignments: Admin['alterPartitionReassignments']
  readonly listPartitionReassignments: Admin['listPartitionReassignments']
  readonly fetchOffsets: Admin['fetchOffsets']
  readonly setOffsets: Admin['setOffsets']
  readonly resetOffsets: Admin['resetOffsets']
  readonly listGroups: Admin['listGroups']
  readonly describeGroups: Admin['describeGroups']
  readonly deleteGroups: Admin['deleteGroups']
  readonly describeConfigs: Admin['describeConfigs']
  readonly alterConfigs: Admin['alterConfigs']
  readonly describeAcls: Admin['describeAcls']
  readonly createAcls: Admin['createAcls']
  readonly deleteAcls: Admin['deleteAcls']

  on: Admin['on'] = (name: string, listener: Listener) => this.#emitter.on(name, listener)

  logger = (): Logger => this.#logger

  connect = async (): Promise<void> => {
    await this.#link.reach()
    this.#emitter.emit(adminEvents.CONNECT)
  }

  disconnect = async (): Promise<void> => {
    await this.#link.close()
    this.#emitter.emit(adminEvents.DISCONNECT)
  }

  describeCluster: Admin['describeCluster'] = () =>
    ask(this.#host, async admin => {
      const { brokers, controllerId, clusterId } = await admin.describeCluster()
      return {
        brokers: brokers.map(({ id, host, port }) => ({ nodeId: id, host, port })),
        controller: controllerId === -1 ? null : controllerId,
        clusterId: clusterId as string,
      }
    })
}
