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
import { topicSynonyms, topicTable } from '../config/topic-table.ts'
import { checkTopicConfig } from './create-topic.ts'
import type { MetadataImage } from './image.ts'
import { type MetadataRecord, resourceTypes } from './record.ts'

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

/** A kind of resource whose settings can change: how each is looked up and checked. */
interface Subject {
  definition(name: string): ConfigDefinition | undefined
  /** Throws `ApiError` for settings that cannot be: those that are set anew, as they would be, and all as they would be. */
  check(changed: ReadonlyMap<string, string>, all: ReadonlyMap<string, string>): void
  /** Refuses to append to, or subtract from, what is no list. */
  notAList(name: string, operation: 'append' | 'subtract'): ApiError
  /** What the setting is when the resource itself says nothing: lists are appended to that. */
  inherited(name: string): string | null
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
  subject: Subject,
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

function subjectOf(image: MetadataImage, broker: BrokerCore, resource: ConfigResource): Subject {
  const { resourceType, resourceName } = resource
  if (resourceType === resourceTypes.TOPIC) {
    if (!image.topic(resourceName)) {
      throw new ApiError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `The topic '${resourceName}' does not exist.`)
    }
    return topicSubject(broker)
  }
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
  throw new ApiError(ErrorCode.INVALID_REQUEST, `Resource type ${resourceType} has no configuration here.`)
}

function topicSubject(broker: BrokerCore): Subject {
  const table: Readonly<Record<string, ConfigDefinition>> = topicTable
  return {
    definition: name => table[name],
    check(changed) {
      for (const [name, value] of changed) checkTopicConfig(name, value)
    },
    notAList(name, operation) {
      if (!table[name]) checkTopicConfig(name, '')
      return new ApiError(
        ErrorCode.INVALID_CONFIG,
        `Can't ${operation.toUpperCase()} to key ${name} because its type is not LIST.`,
      )
    },
    inherited: name => {
      const synonym = topicSynonyms[name as keyof typeof topicTable]
      const inherited = synonym === undefined ? undefined : broker.config.levels(synonym)[0]?.text
      return inherited ?? table[name]?.defaultText ?? null
    },
  }
}

/**
 * Settings of one broker, or of all. Whatever Apache Kafka knows can be set if it can be set there while a broker runs; so can any other
 * name: what reads it is not known.
 */
function brokerSubject(broker: BrokerCore, oneBroker: boolean): Subject {
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
  try {
    check()
  } catch (error) {
    if (error instanceof ConfigError) throw new ApiError(ErrorCode.INVALID_REQUEST, error.message)
    throw error
  }
}
