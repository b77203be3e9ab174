// Changes of settings: what AlterConfigs and IncrementalAlterConfigs ask for, checked and turned into metadata records.
import { ErrorCode } from '@millrace/protocol'
import { ApiError } from '../api-error.ts'
import type { BrokerCore } from '../core.ts'
import { checkTopicConfig } from '../metadata/create-topic.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { type MetadataRecord, resourceTypes } from '../metadata/record.ts'
import { brokerTable } from './broker-table.ts'
import { ConfigError, type ConfigDefinition, parseConfig, splitList } from './definition.ts'
import { topicSynonyms, topicTable } from './topic-table.ts'

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
  /** Throws `ApiError` for a value that cannot be. */
  check(name: string, value: string): void
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
  for (const change of changes) {
    const { name } = change
    const value = resultOf(subject, change, current)
    if (value !== null) subject.check(name, value)
    if (value === (current.get(name) ?? null)) continue
    records.push({ type: 'config', ...resource, name, value })
  }
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
  if (subject.definition(name) && subject.definition(name)?.type !== 'LIST') {
    throw new ApiError(
      ErrorCode.INVALID_CONFIG,
      `Can't ${operation === configOperations.APPEND ? 'APPEND' : 'SUBTRACT'} to key ${name} because its type is not LIST.`,
    )
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
    if (resourceName !== '' && resourceName !== String(broker.nodeId)) {
      throw new ApiError(
        ErrorCode.INVALID_REQUEST,
        `Unexpected broker id, expected ${broker.nodeId}, but received ${resourceName}`,
      )
    }
    return brokerSubject
  }
  throw new ApiError(ErrorCode.INVALID_REQUEST, `Resource type ${resourceType} has no configuration here.`)
}

function topicSubject(broker: BrokerCore): Subject {
  const table: Readonly<Record<string, ConfigDefinition>> = topicTable
  return {
    definition: name => table[name],
    check: checkTopicConfig,
    inherited: name => {
      const synonym = topicSynonyms[name as keyof typeof topicTable]
      const inherited = synonym === undefined ? undefined : broker.config.levels(synonym)[0]?.text
      return inherited ?? table[name]?.defaultText ?? null
    },
  }
}

const brokerSubject: Subject = {
  definition: name => (brokerTable as Readonly<Record<string, ConfigDefinition>>)[name],
  inherited: name => brokerSubject.definition(name)?.defaultText ?? null,
  check(name, value) {
    const definition = brokerSubject.definition(name)
    if (!definition?.dynamic) {
      throw new ApiError(ErrorCode.INVALID_REQUEST, `Cannot update these configs dynamically: Set(${name})`)
    }
    try {
      parseConfig(definition, name, value)
    } catch (error) {
      if (error instanceof ConfigError) throw new ApiError(ErrorCode.INVALID_CONFIG, error.message)
      throw error
    }
  },
}
