// Changes of settings: what AlterConfigs and IncrementalAlterConfigs ask for, checked and turned into metadata records.
import { ErrorCode } from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import type { BrokerCore } from '../core.ts'
import { brokerProperty, listenerProperty } from '../config/broker-table.ts'
import {
  ConfigError,
  type ConfigDefinition,
  type ConfigUpdate,
  parseConfig,
  splitList,
} from '../config/definition.ts'
import { checkGroupConfigs, groupConfigLevels } from '../config/group-config.ts'
import { groupTable } from '../config/group-table.ts'
import { topicSynonyms, topicTable } from '../config/topic-table.ts'
import { clientMetricsSubject } from './client-metrics-subject.ts'
import { type ConfigSubject, notAList } from './config-subject.ts'
import { checkTopicConfig } from './create-topic.ts'
import type { MetadataImage } from './image.ts'
import { type MetadataRecord, resourceTypes } from './record.ts'
import { topicNameFault } from './topic-name.ts'

/** `AlterConfigOp.OpType`. */
const configOperations = { SET: 0, DELETE: 1, APPEND: 2, SUBTRACT: 3 } as const

export interface ConfigChange {
  readonly name: string
  readonly operation: number
  readonly value: string | null
}

export interface ConfigResource {
  readonly resourceType: number
  readonly resourceName: string
}

/** Refuses a resource that a request names more than once: which of its changes should count? Throws `ApiError`. */
export function refuseRepeated(resources: readonly ConfigResource[]): (resource: ConfigResource) => void {
  const times = new Map<string, number>()
  const keyOf = ({ resourceType, resourceName }: ConfigResource) => `${resourceType} ${resourceName}`
  for (const each of resources) times.set(keyOf(each), (times.get(keyOf(each)) ?? 0) + 1)
  return resource => {
    if (times.get(keyOf(resource)) === 1) return
    throw new ApiError(ErrorCode.INVALID_REQUEST, 'Each resource must appear at most once.')
  }
}

/** The records for a list of changes of one resource, none of which applies unless all do. Throws `ApiError`. */
export function alterConfigRecords(
  image: MetadataImage,
  broker: BrokerCore,
  resource: ConfigResource,
  changes: readonly ConfigChange[],
): MetadataRecord[] {
  const subject = subjectOf(image, broker, resource)
  const current = image.configs(resource.resourceType, resource.resourceName)
  const names = changes.map(change => change.name)
  if (new Set(names).size !== names.length) {
    throw new ApiError(
      ErrorCode.INVALID_REQUEST,
      'Error due to duplicate config keys: a setting can be changed once a request.',
    )
  }
  const records: MetadataRecord[] = []
  const changed = new Map<string, string>()
  const all = new Map(current)
  for (const change of changes) {
    const { name } = change
    const value = resultOf(subject, change, current)
    if (value === null) all.delete(name)
    else {
      changed.set(name, value)
      all.set(name, value)
    }
    if (value === (current.get(name) ?? null)) continue
    records.push({ type: 'config', ...resource, name, value })
  }
  subject.check(changed, all)
  return records
}

/** The records that leave a resource with exactly `settings` (AlterConfigs, the old way). Throws `ApiError`. */
export function replaceConfigRecords(
  image: MetadataImage,
  broker: BrokerCore,
  resource: ConfigResource,
  settings: readonly { readonly name: string; readonly value: string | null }[],
): MetadataRecord[] {
  const kept = new Set(settings.map(({ name }) => name))
  const current = image.configs(resource.resourceType, resource.resourceName)
  const removed = [...current.keys()]
    .filter(name => !kept.has(name))
    .map(name => ({ name, operation: configOperations.DELETE, value: null }))
  return alterConfigRecords(image, broker, resource, [
    ...settings.map(({ name, value }) => ({ name, operation: configOperations.SET, value })),
    ...removed,
  ])
}

function resultOf(
  subject: ConfigSubject,
  { name, operation, value }: ConfigChange,
  current: ReadonlyMap<string, string>,
): string | null {
  if (operation === configOperations.DELETE) return null
  if (
    operation !== configOperations.SET &&
    operation !== configOperations.APPEND &&
    operation !== configOperations.SUBTRACT
  ) {
    throw new ApiError(ErrorCode.INVALID_REQUEST, `Unknown operation ${operation} for configuration ${name}.`)
  }
  if (value === null) {
    throw new ApiError(ErrorCode.INVALID_REQUEST, `Null value not supported for : ${name}`)
  }
  if (operation === configOperations.SET) return value
  if (subject.definition(name)?.type !== 'LIST') {
    throw subject.notAList(name, operation === configOperations.APPEND ? 'append' : 'subtract')
  }
  const items = splitList(current.get(name) ?? subject.inherited(name) ?? '')
  const given = splitList(value)
  const result =
    operation === configOperations.APPEND
      ? [...items, ...given.filter(item => !items.includes(item))]
      : items.filter(item => !given.includes(item))
  return result.join(',')
}

function subjectOf(image: MetadataImage, broker: BrokerCore, resource: ConfigResource): ConfigSubject {
  const { resourceType, resourceName } = resource
  if (resourceType === resourceTypes.TOPIC) return topicSubject(image, broker, resourceName)
  if (resourceType === resourceTypes.BROKER) {
    if (resourceName !== '' && !/^-?\d+$/.test(resourceName)) {
      throw new ApiError(ErrorCode.INVALID_REQUEST, `Node id must be an integer, but it is: ${resourceName}`)
    }
    if (resourceName !== '' && resourceName !== String(broker.nodeId)) {
      throw new ApiError(
        ErrorCode.INVALID_REQUEST,
        `Unexpected broker id, expected ${broker.nodeId}, but received ${resourceName}`,
      )
    }
    return brokerSubject(broker, resourceName !== '')
  }
  if (resourceType === resourceTypes.CLIENT_METRICS) return clientMetricsSubject(resourceName)
  if (resourceType === resourceTypes.GROUP) return groupSubject(broker, resourceName)
  throw new ApiError(ErrorCode.INVALID_REQUEST, `Resource type ${resourceType} has no configuration here.`)
}

function topicSubject(image: MetadataImage, broker: BrokerCore, resourceName: string): ConfigSubject {
  const table: Readonly<Record<string, ConfigDefinition>> = topicTable
  return {
    definition: name => table[name],
    check(changed) {
      if (resourceName === '')
        throw new ApiError(ErrorCode.INVALID_REQUEST, 'Default topic resources are not allowed.')
      const fault = topicNameFault(resourceName)
      if (fault) throw new ApiError(ErrorCode.INVALID_TOPIC_EXCEPTION, fault)
      for (const [name, value] of changed) checkTopicConfig(name, value)
      if (!image.topic(resourceName))
        throw new ApiError(
          ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
          `The topic '${resourceName}' does not exist.`,
        )
    },
    notAList(name, operation) {
      if (!table[name]) checkTopicConfig(name, '')
      return notAList(name, operation)
    },
    inherited: name => {
      const synonym = topicSynonyms[name as keyof typeof topicTable]
      const inherited = synonym === undefined ? undefined : broker.config.levels(synonym)[0]?.text
      return inherited ?? table[name]?.defaultText ?? null
    },
  }
}

/** A group need not exist. */
function groupSubject(broker: BrokerCore, resourceName: string): ConfigSubject {
  return {
    definition: name => (groupTable as Readonly<Record<string, ConfigDefinition>>)[name],
    inherited: name => groupConfigLevels(name, new Map(), broker.config)[0]?.text ?? null,
    check(_changed, all) {
      if (resourceName === '')
        throw new ApiError(ErrorCode.INVALID_REQUEST, 'Default group resources are not allowed.')
      asApiError(ErrorCode.INVALID_CONFIG, () => checkGroupConfigs(all, broker.config))
    },
    notAList,
  }
}

/**
 * Settings of one broker, or of all. Whatever Apache Kafka knows can be set if it can be set there while a broker runs; so can any other
 * name: what reads it is not known.
 */
function brokerSubject(broker: BrokerCore, oneBroker: boolean): ConfigSubject {
  return {
    definition: brokerProperty,
    inherited: name => brokerProperty(name)?.defaultText ?? null,
    check(_changed, all) {
      checkBrokerConfigs(all, oneBroker)
      const { config } = broker
      asInvalid(() =>
        broker.checkConfig(oneBroker ? config.withDynamic(all) : config.withDynamic(undefined, all)),
      )
    },
    notAList(name, operation) {
      return new ApiError(
        ErrorCode.INVALID_CONFIG,
        brokerProperty(name)
          ? `Config value ${operation} is not allowed for config key: ${name}`
          : `Unknown config name: ${name}`,
      )
    },
  }
}

/** As `DynamicBrokerConfig.validateConfigs`, in its order. */
function checkBrokerConfigs(all: ReadonlyMap<string, string>, oneBroker: boolean): void {
  refuseAny(all, updateMode => updateMode === 'READ_ONLY', 'Cannot update these configs dynamically')
  refuseAny(
    all,
    updateMode => updateMode === 'PER_LISTENER',
    'These security configs can be dynamically updated only per-listener using the listener prefix',
  )
  for (const [name, value] of all) {
    const definition = brokerProperty(name) ?? brokerProperty(listenerProperty(name) ?? '')
    if (definition) checkValue(definition, name, value)
  }
  if (oneBroker) return
  refuseAny(
    all,
    (updateMode, name) => updateMode === 'PER_BROKER' || listenerProperty(name) !== undefined,
    'Cannot update these configs at default cluster level, broker id must be specified',
  )
}

function refuseAny(
  all: ReadonlyMap<string, string>,
  refused: (updateMode: ConfigUpdate | undefined, name: string) => boolean,
  why: string,
): void {
  const names = [...all.keys()].filter(name => refused(brokerProperty(name)?.update, name))
  if (names.length > 0) throw new ApiError(ErrorCode.INVALID_REQUEST, `${why}: [${names.sort().join(', ')}]`)
}

function checkValue(definition: ConfigDefinition, name: string, value: string): void {
  asInvalid(() => parseConfig(definition, name, value))
}

function asInvalid(check: () => unknown): void {
  asApiError(ErrorCode.INVALID_REQUEST, check)
}

function asApiError(errorCode: number, check: () => unknown): void {
  try {
    check()
  } catch (error) {
    if (error instanceof ConfigError) throw new ApiError(errorCode, error.message)
    throw error
  }
}
